import { Temporal } from 'temporal-polyfill';
import { fixture } from '../fixture.ts';
import { fmkorea } from './site.ts';
import { commentTime, latestAgo } from './time-ago.ts';

const pages = fmkorea.pages('https://www.fmkorea.com');
const now = Temporal.Instant.from('2026-11-20T14:00:00+09:00');

it('asks for lists and posts by paths that robots.txt can tell apart', () => {
  expect(pages.boardList('best', 1)).toMatchObject({ method: 'GET', url: 'https://www.fmkorea.com/best', expects: 'html' });
  expect(pages.boardList('best2', 2)?.url).toBe('https://www.fmkorea.com/best2?page=2');
  expect(pages.post({ board: 'best', post_id: '12' }).url).toBe('https://www.fmkorea.com/best/12');
  expect(pages.search('코나', 1)).toBeNull();
  expect(pages.parseSearch('<html></html>', now)).toEqual([]);
});

it('asks for the pages of comments before the last, which the post shows', () => {
  const html = fixture('fmkorea', 'post');
  const others = pages.otherCommentPages({ board: 'best', post_id: '12' }, html, pages.parsePost(html, now));

  expect(others.map(({ request, expectedRows }) => [request.url, expectedRows])).toEqual([
    ['https://www.fmkorea.com/best/12?cpage=1', 100],
    ['https://www.fmkorea.com/best/12?cpage=2', 100],
  ]);
});

it.each([
  [206, [101, 100]],
  [6, [1, 1]],
  [1, [1]],
])('leaves of %i comments in equal shares what the post does not show', (commentCount, expected) => {
  const html = fixture('fmkorea', 'post');
  const post = { ...pages.parsePost(html, now), commentCount };

  expect(pages.otherCommentPages({ board: 'best', post_id: '12' }, html, post).map(({ expectedRows }) => expectedRows)).toEqual(expected);
});

it('knows a page that was cut off', () => {
  const html = fixture('fmkorea', 'post');
  const { isWhole } = pages.post({ board: 'best', post_id: '12' });

  expect([html, html.slice(0, html.length / 2), ''].map(isWhole)).toEqual([true, false, false]);
});

it('asks slowly, one request at a time', () => {
  expect(fmkorea.politeness).toEqual({ delayMs: 5000, concurrency: 1 });
});

it.each([
  ['방금', '2026-11-20T05:00:00Z'],
  ['40 초 전', '2026-11-20T04:59:21Z'],
  ['1 분 전', '2026-11-20T05:00:00Z'],
  ['9 분 전', '2026-11-20T04:52:00Z'],
  ['24 시간 전', '2026-11-19T06:00:00Z'],
  ['어제', undefined],
  ['20261120082559 분 전', undefined],
])('takes %s for no later than %s', (text, latest) => {
  expect(latestAgo(text, now)?.toString()).toBe(latest);
});

it('prefers the printed time', () => {
  expect(commentTime('2026.11.19 09:27', now)?.toString()).toBe('2026-11-19T00:27:00Z');
  expect(commentTime('26.11.19 09:27', now)?.toString()).toBe('2026-11-19T00:27:00Z');
});
