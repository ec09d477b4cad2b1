import { InvalidObjectError } from '../../../common/errors.ts';
import { pageSeal, type KeptPages } from './page-seal.ts';

const pages: KeptPages = {
  key: { site: 'clien', board: 'park', post_id: '1' },
  collected_at: '2026-11-20T05:00:00Z',
  pages: [
    { url: 'https://www.clien.net/service/board/park/1', text: '<b>달리는곰</b>' },
    { url: 'https://www.clien.net/service/board/park/1/comment', text: '뷁' },
  ],
};
const seal = pageSeal('a key of this test alone');

it('opens what it sealed, lists too', () => {
  expect(seal.open(seal.seal(pages), 'a')).toEqual(pages);
  expect(seal.open(seal.seal({ ...pages, key: null }), 'a').key).toBeNull();
});

it('shows nothing of a page, and never the same bytes twice', () => {
  const sealed = Buffer.from(seal.seal(pages));

  expect(sealed.includes('달리는곰')).toBe(false);
  expect(sealed.equals(seal.seal(pages))).toBe(false);
});

it('opens nothing with another key', () => {
  expect(() => pageSeal('another key').open(seal.seal(pages), 'raw/page/a')).toThrow(InvalidObjectError);
  expect(() => pageSeal('another key').open(seal.seal(pages), 'raw/page/a')).toThrow('raw/page/a cannot be opened');
});

it('sees every flipped bit, whether in nonce, tag or text', () => {
  const sealed = seal.seal(pages);
  const damaged = Array.from({ length: sealed.length }, (_, index) => sealed.map((byte, at) => (at === index ? byte ^ 1 : byte)));

  for (const bytes of damaged) expect(() => seal.open(bytes, 'a')).toThrow(InvalidObjectError);
});

it('sees what was cut off, down to nothing', () => {
  const sealed = seal.seal(pages);

  for (const length of [0, 5, 12, 20, 28, sealed.length - 1])
    expect(() => seal.open(sealed.subarray(0, length), 'a')).toThrow(InvalidObjectError);
});

it('refuses what is sealed well but holds no pages', () => {
  const empty = { ...pages, pages: [] };

  expect(() => seal.open(seal.seal(empty), 'a')).toThrow(InvalidObjectError);
});
