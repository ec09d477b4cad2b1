import { LayoutChangedError, PostGoneError } from '../../../../common/errors.ts';
import { fixture } from '../fixture.ts';
import { parseBoardList, parseComments, parsePost } from './parse.ts';

const post = fixture('clien', 'post');
const alert = fixture('clien', 'gone-alert');
const thrown = (parse: () => unknown): unknown => {
  try {
    return parse();
  } catch (error) {
    return error;
  }
};

it.each([
  ['a page that says so', alert, true],
  ['a page that says so outside of the site’s frame', '<html><body>삭제된 게시물 입니다.</body></html>', true],
  ['a page of the site without any part of a post', alert.replaceAll('삭제된 게시물', '알림'), false],
])('tells that a post is gone by %s', (_, html, certain) => {
  const error = thrown(() => parsePost(html));

  expect(error).toBeInstanceOf(PostGoneError);
  expect(error).toHaveProperty('certain', certain);
});

it.each([
  ['the text has another name', post.replace('post_article', 'other'), 'div.post_article'],
  ['the header has another name', post.replace('post_subject', 'other'), 'h3.post_subject'],
  ['header and text have', post.replace('post_article', 'other').replace('post_subject', 'other'), 'h3.post_subject'],
  ['the title is classed', post.replace('<span>급발진', '<span class="title">급발진'), 'h3.post_subject > span:not([class])'],
  ['the date has another name', post.replace('view_count date', 'other'), '.view_count.date'],
  ['the views do', post.replace('post_author', 'other'), '.post_author .view_count strong'],
  ['the views are beyond counting', post.replace('9,704', '9'.repeat(30)), '.post_author .view_count strong'],
  ['nobody is named', post.replaceAll('class="nickname"', 'class="name"'), '.nickname'],
  ['the rows of comments have another name', post.replaceAll('comment_row', 'row'), 'says 5'],
  ['a comment has no number', post.replace('data-comment-sn="103"', 'data-comment-sn="a103"'), 'data-comment-sn'],
  ['a comment names nobody', post.replace('data-author-id="u78"', ''), 'data-author-id'],
  ['a comment has no date', post.replace('2026-11-20 09:30:30', '방금'), '.comment_time .timestamp'],
  ['a like is beyond counting', post.replace('>4</strong>', `>${'4'.repeat(20)}</strong>`), 'setLikeCount_'],
  ['it is a page of somebody else', '<html><body><h1>Just a moment…</h1></body></html>', 'h3.post_subject'],
  ['it is empty', '', 'h3.post_subject'],
])('sees that a post’s layout has changed when %s', (_, html, field) => {
  const error = thrown(() => parsePost(html));

  expect(error).toBeInstanceOf(LayoutChangedError);
  expect(error).toHaveProperty('message', expect.stringContaining(field));
});

const list = fixture('clien', 'list');
it.each([
  ['the alert page', alert],
  ['nothing but notices and ads', list.replaceAll('data-role="list-row" data-board-sn="1912', 'data-board-sn="1912')],
  ['rows without a link', list.replaceAll('class="list_subject"', 'class="subject"')],
  ['rows without a date', list.replaceAll('class="timestamp"', 'class="time"')],
])('refuses a list with %s', (_, html) => {
  expect(thrown(() => parseBoardList(html))).toBeInstanceOf(LayoutChangedError);
});

it('passes over the odd row that cannot be read', () => {
  const rows = parseBoardList(list.replace('2026-11-20 13:59:08', '방금'));

  expect(rows.map(({ postId }) => postId)).toEqual(['19120005', '19120004']);
});

it('refuses a page without comments as one of comments', () => {
  expect(thrown(() => parseComments(alert))).toBeInstanceOf(LayoutChangedError);
});
