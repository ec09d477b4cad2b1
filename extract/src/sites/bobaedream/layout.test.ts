import { Temporal } from 'temporal-polyfill';
import { LayoutChangedError, PostGoneError } from '../../../../common/errors.ts';
import { fixture } from '../fixture.ts';
import { parseBoardList, parsePost, parseSearch } from './parse.ts';

const now = Temporal.Instant.from('2026-11-20T14:00:00+09:00');
const post = fixture('bobaedream', 'post');
const thrown = (parse: () => unknown): unknown => {
  try {
    return parse();
  } catch (error) {
    return error;
  }
};

it('measures the script page as sites.md does', () => {
  expect(Buffer.byteLength(fixture('bobaedream', 'gone-script'))).toBe(121);
});

const blinded = fixture('bobaedream', 'gone-blinded');
it.each([
  ['the script page', fixture('bobaedream', 'gone-script'), true],
  ['a page that says so and nothing else', fixture('bobaedream', 'gone-deleted'), true],
  ['a page that says so under the post’s header', blinded, false],
  ['a page that says so in place of the text', blinded.replace(/<dd class="countGroup">.*/, '').replace('blindCont', 'bodyCont'), false],
  ['a header without text and comments', blinded.replace(/<p>신고.*<\/p>/, ''), false],
  ['a page of the site without any part of a post', fixture('bobaedream', 'search-none'), false],
])('tells that a post is gone by %s', (_, html, certain) => {
  const error = thrown(() => parsePost(html));

  expect(error).toBeInstanceOf(PostGoneError);
  expect(error).toHaveProperty('certain', certain);
});

it.each([
  ['the text has another name', post.replace('bodyCont" itemprop', 'other" itemprop'), 'div.bodyCont'],
  ['the header has another name', post.replace('writerProfile', 'other'), '.writerProfile'],
  ['the counts have another name', post.replace('countGroup', 'other'), '.countGroup'],
  ['all three have', post.replace('writerProfile', 'a').replace('countGroup', 'b').replace('bodyCont" itemprop', 'c'), '.writerProfile'],
  ['no title is there', post.replace('dt title=', 'dt data-title='), 'dt[title]'],
  ['the author has another name', post.replace('nickName', 'other'), '.nickName'],
  ['the date is written otherwise', post.replace('2026.11.20&nbsp;(금) 10:53', '20 Nov'), 'the date in .countGroup'],
  ['the views are no number', post.replace('4,018', '많음'), 'views in'],
  ['the views are beyond counting', post.replace('4,018', '9'.repeat(30)), 'views in'],
  ['there is one number only', post.replace('txtType">27', 'other">27'), 'likes in'],
  ['the list of comments has another name', post.replace('id="cmt_reply"', 'id="other"'), 'says 6'],
  ['the rows of comments do', post.replaceAll(/<(\/?)li/g, '<$1div'), 'says 6'],
  ['a comment has no number', post.replace('small_cmt_704', 'small_cmt_x'), 'dd[id^=small_cmt_]'],
  ['a comment has no author', post.replaceAll('span class="author"', 'span class="who"'), 'dt span.author'],
  ['a comment has no date', post.replace('26.11.20 12:00', '방금'), 'dt span.date'],
  ['a vote is beyond counting', post.replace('추천 12', `추천 ${'1'.repeat(20)}`), '.updownbox .first a'],
  ['it is a page of somebody else', '<html><body><h1>Just a moment…</h1></body></html>', '.writerProfile'],
  ['it is empty', '', '.writerProfile'],
])('sees that a post’s layout has changed when %s', (_, html, field) => {
  const error = thrown(() => parsePost(html));

  expect(error).toBeInstanceOf(LayoutChangedError);
  expect(error).toHaveProperty('message', expect.stringContaining(field));
});

const list = fixture('bobaedream', 'list');
it.each([
  ['the script page', fixture('bobaedream', 'gone-script')],
  ['no row', list.replaceAll('itemscope', 'scope')],
  ['rows without a link', list.replaceAll('bsubject', 'subject')],
  ['rows without a date', list.replaceAll('class="date"', 'class="day"')],
  ['dates of another form', list.replaceAll(/\d\d:\d\d|\d\d\/\d\d/g, '어제')],
])('refuses a list with %s', (_, html) => {
  expect(thrown(() => parseBoardList(html, now))).toBeInstanceOf(LayoutChangedError);
});

it('passes over the odd row that cannot be read', () => {
  const rows = parseBoardList(list.replace('>13:05<', '>잠시 전<'), now);

  expect(rows.map(({ postId }) => postId)).toEqual(['1001', '998']);
});

it.each([
  ['a page of somebody else', '<html><body><h1>Just a moment…</h1></body></html>'],
  ['the script page', fixture('bobaedream', 'gone-script')],
  ['no row that says when', fixture('bobaedream', 'search').replaceAll('class="path"', 'class="way"')],
  ['dates of another form', fixture('bobaedream', 'search').replaceAll(/\d\d\. \d\d\. \d\d/g, '어제')],
])('refuses a search result with %s', (_, html) => {
  expect(thrown(() => parseSearch(html, now))).toBeInstanceOf(LayoutChangedError);
});
