import type { Temporal } from 'temporal-polyfill';
import { LayoutChangedError, PostGoneError } from '../../../../common/errors.ts';
import { countOrNone, parseCount } from '../counts.ts';
import { saysGone } from '../gone.ts';
import { oneLine, openPage, personName, plainText, required, type CheerioAPI, type Selection } from '../page.ts';
import { each, readRows } from '../rows.ts';
import { exactly, fullTime } from '../seoul-time.ts';
import type { CommentList, ListedPost, ParsedComment, PostPage } from '../site.ts';
import { comments, frame, list, post } from './selectors.ts';

const SITE = 'clien';

/** Parses a board's first list. @throws LayoutChangedError when it has no row of a post, or most lack a field. */
export function parseBoardList(html: string): ListedPost[] {
  const $ = openPage(html);
  const rows = each($, $(list.row));
  if (rows.length === 0) throw new LayoutChangedError(`${SITE}: the list has no row; the board does not exist or the page has changed`);
  return readRows(rows, (row) => {
    const title = row.find(list.title).first();
    const { board, post_id } = required(placeOf(row.find(list.link).first().attr('href') ?? ''), SITE, list.link);
    return {
      postId: post_id,
      board,
      title: required(oneLine(title.attr('title')) || oneLine(title), SITE, `${list.title} of ${post_id}`),
      commentCount: countOrNone(row.attr('data-comment-count') ?? row.find(list.comments).first().text(), SITE, list.comments),
      postedAt: exactly(required(fullTime(row.find(list.date).first().text()), SITE, `${list.date} of ${post_id}`)),
    };
  });
}

/** Parses a post's page with all its comments. @throws PostGoneError, LayoutChangedError naming the first required field that is missing. */
export function parsePost(html: string): PostPage {
  const $ = openPage(html);
  const [header, body] = [$(post.header).first(), $(post.body).first()];
  if (header.length === 0 || body.length === 0) throw whyUnread($);

  const total = $(comments.total);
  const commentCount = countOrNone((total.length > 0 ? total : header.find(post.printedComments)).first().text(), SITE, comments.total);
  const commentList = commentsIn($);
  if (commentCount > 0 && commentList.rows === 0)
    throw new LayoutChangedError(`${SITE}: ${comments.total} says ${commentCount} and there is no ${comments.row}`);
  return {
    title: required(oneLine(header.find(post.title).first()), SITE, post.title),
    author: required(authorOf($), SITE, post.author),
    createdAt: required(createdAt($), SITE, post.date),
    views: required(parseCount($(post.views).first().text()), SITE, post.views),
    likes: countOrNone($(post.likes).first().text(), SITE, post.likes),
    commentCount,
    ...commentList,
    body: plainText(body),
  };
}

/**
 * Why a page without title or text is no post. The site shows an alert for a post that was taken away (its markup is not in sites.md):
 * - no part of a post, and the page says so → gone, certain;
 * - no part of a post in the site's frame (a menu of boards) → gone, inferred;
 * - anything else (some part is still there, or the page is not the site's at all) → layout changed.
 */
function whyUnread($: CheerioAPI): PostGoneError | LayoutChangedError {
  const parts = [post.header, post.body, post.date, comments.total, comments.row];
  const missing = parts.filter((part) => $(part).length === 0);
  if (missing.length === parts.length) {
    if (saysGone(plainText($.root()))) return new PostGoneError(`${SITE}: the page says that the post is gone`);
    if ($(frame).length > 0) return new PostGoneError(`${SITE}: the page has no part of a post; deleted or blinded`, { certain: false });
  }
  return new LayoutChangedError(
    `${SITE}: ${missing.join(', ')} is missing and the post is not gone; compare extract/src/sites/${SITE}/selectors.ts with the page`,
  );
}

/** The comments of a page; deleted rows count in `rows` alone. @throws LayoutChangedError when it holds no row, or a row lacks a field. */
export function parseComments(html: string): CommentList {
  const list = commentsIn(openPage(html));
  if (list.rows === 0) throw new LayoutChangedError(`${SITE}: the page has no ${comments.row}`);
  return list;
}

function commentsIn($: CheerioAPI): CommentList {
  const rows = each($, $(comments.row));
  // Removed comments stay as blocked rows, and their replies stay visible.
  return { rows: rows.length, comments: rows.filter((row) => !row.hasClass('blocked')).map((row) => comment(row)) };
}

function comment(row: Selection): ParsedComment {
  const id = row.attr('data-comment-sn') ?? '';
  return {
    commentId: required(/^\d{1,32}$/.test(id) ? id : null, SITE, 'data-comment-sn'),
    isReply: row.hasClass('re'),
    author: required(oneLine(row.attr('data-author-id')), SITE, 'data-author-id of a comment'),
    // The first time; `/ 수정일: …` may follow it.
    createdAt: required(fullTime(row.find(comments.date).first().text()), SITE, comments.date),
    body: plainText(row.find(comments.text).first()),
    likes: countOrNone(row.find(comments.likes).first().text(), SITE, comments.likes),
    dislikes: null,
  };
}

/** The edited time may stand before the one that is asked for. */
function createdAt($: CheerioAPI): Temporal.Instant | null {
  const date = $(post.date).first();
  const edited = date.find(post.edited).text();
  const text = date.text();
  return fullTime(edited === '' ? text : text.replace(edited, ' '));
}

/** The writer's id where the page gives one, as comments do; else the nickname, which may be an image. */
function authorOf($: CheerioAPI): string {
  return oneLine($(post.authorId).first().attr('data-author-id')) || personName($(post.author).first());
}

/** The place that a post's address names, relative or absolute. */
export function placeOf(url: string): { board: string; post_id: string } | null {
  const [, board, post_id] = /\/service\/board\/(\w{1,64})\/(\d{1,32})(?:[?#]|$)/.exec(url) ?? [];
  return board && post_id ? { board, post_id } : null;
}
