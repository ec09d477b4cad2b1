import type { Temporal } from 'temporal-polyfill';
import { LayoutChangedError, PostGoneError } from '../../../../common/errors.ts';
import { parseCount } from '../counts.ts';
import { oneLine, openPage, plainText, required, type CheerioAPI, type Selection } from '../page.ts';
import { fullTime, listedTime, shortYearTime } from '../seoul-time.ts';
import type { CommentList, ListedPost, ParsedComment, PostPage } from '../site.ts';
import { comments, list, post, search } from './selectors.ts';

const SITE = 'bobaedream';

/** The answer for a post or board that does not exist: HTTP 200 with about 121 bytes of script. */
export function isScriptPage(text: string): boolean {
  return text.length < 1000 && /^\s*<script[^]*<\/script>\s*$/i.test(text);
}

/** Parses a board's list. @throws LayoutChangedError when it has no row, or a row lacks link or date. */
export function parseBoardList(html: string, now: Temporal.Instant): ListedPost[] {
  const $ = openPage(html);
  if ($(list.table).length === 0)
    throw new LayoutChangedError(`${SITE}: the list has no row; the board does not exist or the page has changed`);
  return $(list.row)
    .toArray()
    .map((element) => {
      const row = $(element);
      const link = row.find(list.link).first();
      const commentCount = parseCount(row.find(list.comments).first().text()) ?? 0;
      return listedPost(link.attr('href'), oneLine(link), commentCount, row.find(list.date).first().text(), now);
    });
}

/** Parses a search result; a page without hits has no list. Rows without a board and a date are news and ads. */
export function parseSearch(html: string, now: Temporal.Instant): ListedPost[] {
  const $ = openPage(html);
  return $(search.row)
    .toArray()
    .map((element) => $(element))
    .filter((row) => row.find(search.path).length >= 3 && postIdentity(row.find(search.link).first().attr('href')) !== null)
    .map((row) => {
      const link = row.find(search.link).first();
      return listedPost(link.attr('href'), oneLine(link), null, row.find(search.path).last().text(), now);
    });
}

/**
 * Parses a post's page with the last page of its comments.
 * @throws PostGoneError for the script page and for blinded or deleted posts, which lack header, counts or body.
 */
export function parsePost(html: string): PostPage {
  if (isScriptPage(html)) throw new PostGoneError(`${SITE}: the post does not exist`);
  const $ = openPage(html);
  for (const part of [post.header, post.counts, post.body]) {
    if ($(part).length === 0) throw new PostGoneError(`${SITE}: the post is blinded or deleted: its page has no ${part}`);
  }
  const counts = $(post.count)
    .toArray()
    .map((element) => parseCount($(element).text()));
  const printed = $(comments.total).length > 0 ? $(comments.total) : $(post.printedComments);
  const commentCount = parseCount(printed.first().text()) ?? 0;
  if (commentCount > 0) required($(comments.list).get(0), SITE, comments.list);
  return {
    title: required($(post.title).first().attr('title')?.trim(), SITE, post.title),
    body: plainText($(post.body).first()),
    author: required(oneLine($(post.author).first()), SITE, post.author),
    createdAt: required(createdAt($), SITE, `the date in ${post.counts}`),
    views: required(counts[0], SITE, `views in ${post.count}`),
    likes: required(counts[1], SITE, `likes in ${post.count}`),
    commentCount,
    ...commentsIn($, $(comments.row)),
  };
}

/** Parses an answer of comment_list.php. Assumed (sites.md is silent): the same `li` rows as in the page, with or without their `ul`. */
export function parseComments(html: string): CommentList {
  const $ = openPage(`<div id="fragment">${html}</div>`);
  const rows = $(comments.row);
  return commentsIn($, rows.length > 0 ? rows : $('#fragment > li, #fragment > ul > li'));
}

/** What the page's script passes to comment_list.php. @throws LayoutChangedError when the script does not name the table. */
export function commentSource(html: string): { tb: string; wid: string } {
  const scripts = [...html.matchAll(/<script\b[^>]*>([^]*?)<\/script>/gi)].map((match) => match[1] ?? '').join('\n');
  const value = (name: string) => new RegExp(`\\b${name}['"]?\\s*[=:]\\s*['"]?([\\w-]+)`).exec(scripts)?.[1];
  return { tb: required(value('tb'), SITE, 'tb in the script'), wid: value('wid') ?? '' };
}

function listedPost(href: string | undefined, title: string, commentCount: number | null, date: string, now: Temporal.Instant): ListedPost {
  const identity = required(postIdentity(href), SITE, list.link);
  return {
    ...identity,
    title,
    commentCount,
    postedAt: required(listedTime(date, now), SITE, `the date of ${identity.board}/${identity.postId}`),
  };
}

/** The place that a post's address names, relative or absolute. */
export function placeOf(url: string): { board: string; post_id: string } | null {
  const identity = postIdentity(url);
  return identity && { board: identity.board, post_id: identity.postId };
}

/** Board and number; the number alone is unique only inside a board. */
function postIdentity(href: string | undefined): Pick<ListedPost, 'board' | 'postId'> | null {
  const query = /\/view(?:\.php)?\?(.*)$/.exec(href ?? '')?.[1];
  const parameters = new URLSearchParams(query ?? '');
  const [board, postId] = [parameters.get('code'), parameters.get('No')];
  return board && /^\w{1,64}$/.test(board) && postId && /^\d{1,32}$/.test(postId) ? { board, postId } : null;
}

/** The text after the last bar: the politic board puts `반대 |` before it. */
function createdAt($: CheerioAPI): Temporal.Instant | null {
  return fullTime($(post.counts).first().text().split('|').at(-1) ?? '');
}

function commentsIn($: CheerioAPI, rows: Selection): CommentList {
  const parsed = rows
    .toArray()
    .map((element) => $(element))
    .filter((row) => row.find('dd').length > 0);
  return {
    rows: parsed.length,
    comments: parsed.filter((row) => !row.text().includes(comments.deletedMark)).map((row) => comment(row)),
  };
}

function comment(row: Selection): ParsedComment {
  const text = row.find(comments.text).first();
  return {
    commentId: required(text.attr('id')?.replace('small_cmt_', ''), SITE, comments.text),
    isReply: row.hasClass('re'),
    author: required(oneLine(row.find(comments.author).first()), SITE, comments.author),
    createdAt: required(shortYearTime(row.find(comments.date).first().text()), SITE, comments.date),
    body: plainText(text),
    likes: parseCount(row.find(comments.likes).text()) ?? 0,
    dislikes: parseCount(row.find(comments.dislikes).text()) ?? 0,
  };
}
