import { Temporal } from 'temporal-polyfill';
import { fixture } from '../fixture.ts';
import { galleryOf } from './galleries.ts';
import { parsePost } from './parse.ts';
import { dcinside } from './site.ts';
import { commentTime, rowTime } from './times.ts';

const pages = dcinside.pages('https://gall.dcinside.com');
const postHtml = fixture('dcinside', 'post');

it('asks for lists and posts of both kinds of galleries', () => {
  expect(pages.boardList('car_new1', 2)?.url).toBe('https://gall.dcinside.com/board/lists/?id=car_new1&page=2');
  expect(pages.boardList('m_tires', 1)?.url).toBe('https://gall.dcinside.com/mgallery/board/lists/?id=tires&page=1');
  expect(pages.post({ board: 'car_new1', post_id: '12' }).url).toBe('https://gall.dcinside.com/board/view/?id=car_new1&no=12');
  expect(pages.post({ board: 'm_tires', post_id: '12' }).url).toBe('https://gall.dcinside.com/mgallery/board/view/?id=tires&no=12');
  expect(pages.search('코나', 1)).toBeNull();
});

it('asks for every page of comments as the page itself does', () => {
  const key = { board: 'm_tires', post_id: '12' };
  const others = (commentCount: number) => pages.otherCommentPages(key, postHtml, { ...parsePost(postHtml), commentCount });

  expect([0, 1, 100, 101, 205].map((count) => others(count).length)).toEqual([0, 1, 1, 2, 3]);
  expect(others(205).map(({ expectedRows }) => expectedRows)).toEqual([100, 100, 5]);
  expect(others(205)[2]?.request).toMatchObject({
    method: 'POST',
    url: 'https://gall.dcinside.com/board/comment/',
    expects: 'json',
    form: {
      id: 'tires',
      no: '12',
      cmt_id: 'tires',
      cmt_no: '12',
      e_s_n_o: '3eabc219ebdd65f4',
      board_type: '',
      _GALLTYPE_: 'G',
      comment_page: '3',
      sort: 'D',
    },
    headers: { 'X-Requested-With': 'XMLHttpRequest', Referer: 'https://gall.dcinside.com/mgallery/board/view/?id=tires&no=12' },
  });
});

it('needs no token where there are no comments', () => {
  expect(pages.otherCommentPages({ board: 'a', post_id: '1' }, '', { ...parsePost(postHtml), commentCount: 0 })).toEqual([]);
});

it('knows a page that was cut off, and an empty one', () => {
  const { isWhole } = pages.post({ board: 'car_new1', post_id: '12' });

  expect([postHtml, '<script>location.replace("/derror/");</script>', postHtml.slice(0, 900), ''].map(isWhole)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it.each([
  ['https://gall.dcinside.com/board/view/?id=car_new1&no=12&page=1', { board: 'car_new1', post_id: '12' }],
  ['/mgallery/board/view?no=12&id=tires', { board: 'm_tires', post_id: '12' }],
  ['/mini/board/view/?id=tires&no=12', null],
  ['/board/lists/?id=car_new1', null],
  ['/board/view/?id=car_new1&no=abc', null],
  ['http://[', null],
])('takes %s for %o', (url, place) => {
  expect(pages.placeOf(url)).toEqual(place);
});

it('tells a minor gallery by its prefix', () => {
  expect([galleryOf('m_car_new1'), galleryOf('car_new1')]).toEqual([
    { id: 'car_new1', isMinor: true },
    { id: 'car_new1', isMinor: false },
  ]);
});

it.each([
  ['01.01 00:00:01', '2027-01-01T00:05:00+09:00', '2026-12-31T15:00:01Z'],
  ['12.31 23:59:59', '2027-01-01T00:05:00+09:00', '2026-12-31T14:59:59Z'],
  ['12.31 23:59:59', '2026-12-31T23:58:00+09:00', '2026-12-31T14:59:59Z'],
  ['02.29 10:00:00', '2025-01-10T00:00:00+09:00', '2024-02-29T01:00:00Z'],
  ['2025.07.06 10:00:00', '2026-11-20T00:00:00+09:00', '2025-07-06T01:00:00Z'],
  ['13.40 10:00:00', '2026-11-20T00:00:00+09:00', undefined],
  ['방금', '2026-11-20T00:00:00+09:00', undefined],
])('dates a comment of %s, seen at %s, to %s', (text, now, time) => {
  expect(commentTime(text, Temporal.Instant.from(now))?.toString()).toBe(time);
});

it('takes the day and month of a row in January for last year when they are still to come', () => {
  const now = Temporal.Instant.from('2027-01-02T14:00:00+09:00');

  expect(rowTime(undefined, '12.31', now)?.latest.toString()).toBe('2026-12-31T14:59:59Z');
  expect(rowTime(undefined, '', now)).toBeNull();
});
