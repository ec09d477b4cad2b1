import { authorHash } from './author-hash.ts';

const key = 'a key of this test alone';

it('gives one person one name of 32 hex digits, which only the key repeats', () => {
  const hash = authorHash(key);

  expect(hash('clien', '달리는곰')).toMatch(/^[0-9a-f]{32}$/);
  expect(hash('clien', '달리는곰')).toBe(authorHash(key)('clien', '달리는곰'));
  expect(hash('clien', '달리는곰')).not.toBe(authorHash('another key')('clien', '달리는곰'));
});

it('keeps apart who has the same name on two sites, and two people of one site', () => {
  const hash = authorHash(key);

  expect(new Set([hash('clien', '달리는곰'), hash('bobaedream', '달리는곰'), hash('clien', '걷는곰')]).size).toBe(3);
});

it('is HMAC-SHA256 cut to half, so that hashes of other programs can be compared', () => {
  // printf 'clien:달리는곰' | openssl dgst -sha256 -hmac key
  expect(authorHash('key')('clien', '달리는곰')).toBe('12f614fc768f75f6593e951cecfc47bd');
});
