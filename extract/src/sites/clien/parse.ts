import { LayoutChangedError, PostGoneError } from '../../../../common/errors.ts';
import { parseCount } from '../counts.ts';
import { oneLine, openPage, personName, plainText, required, type CheerioAPI, type Selection } from '../page.ts';
import { exactly, fullTime } from '../seoul-time.ts';
import type { CommentList, ListedPost, ParsedComment, PostPage } from '../site.ts';
import { comments, list, post } from './selectors.ts';

const SITE = 'clien';

/** Parses a board's list. @throws LayoutChangedError when it has no row, or a row lacks link or date. */
export function parseBoardList(html: string): ListedPost[] {
  const $ = openPage(html);
  if ($(list.any).length === 0)
    throw new LayoutChangedError(`${SITE}: the list has no row; the board does not exist or the page has changed`);
  return $(list.row)
    .toArray()
    .map((element) => {
      const row = $(element);
      const title = row.find(list.title).first();
      const postId = required(row.attr('data-board-sn'), SITE, 'data-board-sn');
      return {
        postId,
        board: required(boardOf(row.find(list.link).first().attr('href')), SITE, `the link of ${postId}`),
        title: title.attr('title') ?? oneLine(title),
        commentCount: parseCount(row.attr('data-comment-count')) ?? 0,
        postedAt: exactly(required(fullTime(row.find(list.date).first().text()), SITE, `${list.date} of ${postId}`)),
      };
    });
}

/**
 * Parses a post's page with all its comments.
 * @throws PostGoneError for a page with neither title nor text (deleted, blinded); LayoutChangedError when only one is missing.
 */
export function parsePost(html: string): PostPage {
  const $ = openPage(html);
  if ($(post.header).length === 0 && $(post.body).length === 0) throw new PostGoneError(`${SITE}: the post is deleted or blinded`);
  required($(post.body).get(0), SITE, post.body);
  const printed = $(comments.total).length > 0 ? $(comments.total) : $(post.printedComments);
  const date = $(post.date).first();
  date.find(post.edited).remove();
  return {
    title: required(oneLine($(post.title).first()), SITE, post.title),
    author: required(postAuthor($), SITE, post.author),
    createdAt: required(fullTime(date.text()), SITE, post.date),
    views: required(parseCount($(post.views).first().text()), SITE, post.views),
    likes: parseCount($(post.likes).first().text()) ?? 0,
    commentCount: parseCount(printed.first().text()) ?? 0,
    ...commentsIn($),
    body: plainText($(post.body).first()),
  };
}

/** The comments of a page; deleted rows count in `rows` alone. @throws LayoutChangedError when a row lacks a required field. */
export function parseComments(html: string): CommentList {
  return commentsIn(openPage(html));
}

function commentsIn($: CheerioAPI): CommentList {
  const rows = $(comments.row)
    .toArray()
    .map((element) => $(element));
  // Removed comments stay as blocked rows, and their replies stay visible.
  return { rows: rows.length, comments: rows.filter((row) => !row.hasClass('blocked')).map((row) => comment(row)) };
}

function comment(row: Selection): ParsedComment {
  return {
    commentId: required(row.attr('data-comment-sn'), SITE, 'data-comment-sn'),
    isReply: row.hasClass('re'),
    author: required(row.attr('data-author-id'), SITE, 'data-author-id of a comment'),
    // The first time; `/ 수정일: …` may follow it.
    createdAt: required(fullTime(row.find(comments.date).first().text()), SITE, comments.date),
    body: plainText(row.find(comments.text).first()),
    likes: parseCount(row.find(comments.likes).first().text()) ?? 0,
    dislikes: null,
  };
}

/** The writer's id where the page gives one, as comments do; else the nickname, which may be an image. */
function postAuthor($: CheerioAPI): string | undefined {
  const outside = (selector: string) =>
    $(selector)
      .filter((_, element) => $(element).closest(`${comments.row}, ${list.any}`).length === 0)
      .first();
  const id = outside('[data-author-id]').attr('data-author-id');
  if (id) return id;
  return personName(outside(post.author));
}

/** The place that a post's address names, relative or absolute. */
export function placeOf(url: string): { board: string; post_id: string } | null {
  const [, board, post_id] = /\/service\/board\/(\w{1,64})\/(\d{1,32})(?:[?#]|$)/.exec(url) ?? [];
  return board && post_id ? { board, post_id } : null;
}

function boardOf(href: string | undefined): string | undefined {
  return /\/service\/board\/(\w{1,64})\/\d+/.exec(href ?? '')?.[1];
}
