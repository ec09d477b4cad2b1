import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenHashKey, localHashKey } from './author-hash-key.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'key-'));

it('makes a key once, for its owner alone', () => {
  const data = newFolder();
  const key = localHashKey(data, {});

  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(localHashKey(data, {})).toBe(key);
  expect(localHashKey(newFolder(), {})).not.toBe(key);
  expect(statSync(join(data, 'author-hash.key')).mode & 0o777).toBe(0o600);
});

it('takes the key of the environment instead', () => {
  expect(localHashKey(newFolder(), { HOTPOST_AUTHOR_HASH_KEY: 'the key of a deployment\n' })).toBe('the key of a deployment');
  expect(givenHashKey({})).toBeNull();
});

it('refuses a key that hides nothing, without repeating it', () => {
  expect(() => givenHashKey({ HOTPOST_AUTHOR_HASH_KEY: 'short' })).toThrow(
    'HOTPOST_AUTHOR_HASH_KEY has 5 characters; a key has at least 16.',
  );
});
