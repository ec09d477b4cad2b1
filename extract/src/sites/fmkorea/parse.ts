import type { Temporal } from 'temporal-polyfill';
import { LayoutChangedError, PostGoneError } from '../../../../common/errors.ts';
import { countOrNone, parseCount } from '../counts.ts';
import { oneLine, openPage, personName, plainText, required, type CheerioAPI, type Selection } from '../page.ts';
import { each, readRows } from '../rows.ts';
import { fullTime } from '../seoul-time.ts';
import type { CommentList, ListedPost, ParsedComment, PostPage } from '../site.ts';
import { bestList, boardTable, comments, post } from './selectors.ts';
import { commentTime, rowTime } from './time-ago.ts';

const SITE = 'fmkorea';
/** What XpressEngine says instead of a post (sites.md is silent on fmkorea's own words). */
const GONE = /삭제된 (?:글|게시물|문서)|존재하지 않|찾을 수 없/;

/** Parses a best list or a board's table. @throws LayoutChangedError when it is neither, or most rows lack a field. */
export function parseBoardList(html: string, now: Temporal.Instant): ListedPost[] {
  const $ = openPage(html);
  const best = $(bestList.row);
  if (best.length > 0) return rowsOf($, best, bestList, 'best', now);
  if ($(boardTable.table).length === 0)
    throw new LayoutChangedError(`${SITE}: the list has no row; the board does not exist or the page has changed`);
  return rowsOf($, $(boardTable.row), boardTable, $(boardTable.board).first().attr('value'), now);
}

function rowsOf(
  $: CheerioAPI,
  rows: Selection,
  list: { link: string; title?: string; comments: string; date: string },
  board: string | undefined,
  now: Temporal.Instant,
): ListedPost[] {
  return readRows(each($, rows), (row) => {
    const link = row.find(list.link).first();
    const place = required(placeIn(link.attr('href') ?? '', board), SITE, list.link);
    const commentCount = countOrNone(row.find(list.comments).first().text(), SITE, list.comments);
    link.find(list.comments).remove();
    const title = list.title === undefined ? '' : oneLine(link.find(list.title).first());
    return {
      board: place.board,
      postId: place.post_id,
      title: required(title || oneLine(link), SITE, `the title of ${place.post_id}`),
      commentCount,
      postedAt: required(rowTime(row.find(list.date).first().text(), now), SITE, `${list.date} of ${place.post_id}`),
    };
  });
}

/**
 * Parses a post's page with the last page of its comments.
 * @throws PostGoneError for a page that says so; LayoutChangedError when a required field is missing.
 */
export function parsePost(html: string, now: Temporal.Instant): PostPage {
  const $ = openPage(html);
  const isThere = $(post.header).length > 0 || $(post.body).length > 0;
  if (!isThere && GONE.test($.root().text())) throw new PostGoneError(`${SITE}: the post is deleted or does not exist`);
  required($(post.body).get(0), SITE, post.body);
  const counts = $(post.count)
    .toArray()
    .map((element) => votes($(element).text()));
  const commentCount = required(counts[2], SITE, `comments in ${post.count}`);
  const commentList = commentsIn($, now);
  if (commentCount > 0 && commentList.rows === 0)
    throw new LayoutChangedError(`${SITE}: ${post.count} says ${commentCount} comments and there is no ${comments.row}`);
  return {
    title: required(oneLine($(post.title).first()), SITE, post.title),
    author: required(personName($(post.author).first()), SITE, post.author),
    createdAt: required(secondOf(html) ?? fullTime($(post.date).first().text()), SITE, post.date),
    views: required(counts[0], SITE, `views in ${post.count}`),
    likes: required(counts[1], SITE, `likes in ${post.count}`),
    commentCount,
    ...commentList,
    body: plainText($(post.body).first()),
  };
}

/** The comments of a page. @throws LayoutChangedError when it has no list of comments, or a row lacks a required field. */
export function parseComments(html: string, now: Temporal.Instant): CommentList {
  const $ = openPage(html);
  required($(comments.list).get(0), SITE, comments.list);
  return commentsIn($, now);
}

/** The number of the page of comments that a post shows, which is its last; 1 when they are not paged. */
export function commentPageShown(html: string): number {
  return Math.max(1, Number(/window\.document_cpage\s*=\s*['"]?(\d{1,4})/.exec(html)?.[1] ?? 1));
}

/**
 * The place that a post's address names. Posts on the two best lists are the same ones under `/best/` and `/best2/` (document_srl is
 * one series over all boards), so both are board `best`: robots.txt allows that path alone.
 */
export function placeOf(url: string): { board: string; post_id: string } | null {
  return placeIn(url, undefined);
}

/** `listed`: the board of the list that the link stands in, for links that name the post alone. */
function placeIn(href: string, listed: string | undefined): { board: string; post_id: string } | null {
  if (!URL.canParse(href, 'https://site.invalid')) return null;
  const { pathname, searchParams } = new URL(href, 'https://site.invalid');
  const [, inPath, number] = /^\/(?:([a-z]\w{0,63})\/)?(\d{1,32})$/i.exec(pathname) ?? [];
  const post_id = number ?? searchParams.get('document_srl') ?? '';
  const board = listed === 'best' ? listed : (inPath ?? searchParams.get('mid') ?? listed ?? '');
  if (!/^\d{1,32}$/.test(post_id) || !/^[a-z]\w{0,63}$/i.test(board)) return null;
  return { board: board === 'best2' ? 'best' : board, post_id };
}

/** The page prints minutes; its script holds the second. */
function secondOf(html: string): Temporal.Instant | null {
  const [, ...parts] = /window\.document_regdate\s*=\s*['"]?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(html) ?? [];
  const [year, month, day, hour, minute, second] = parts;
  return second === undefined ? null : fullTime(`${year}-${month}-${day} ${hour}:${minute}:${second}`);
}

function commentsIn($: CheerioAPI, now: Temporal.Instant): CommentList {
  const rows = new Map<string, Selection>();
  for (const element of $(comments.row).toArray()) {
    const id = required($(element).attr('id'), SITE, `the id of ${comments.row}`);
    // The best comments stand on top once more as `comment_SRL_`; they are told once, where they stand (perhaps on another page).
    if (id.endsWith('_')) continue;
    rows.set(required(/^comment_(\d{1,32})$/.exec(id)?.[1], SITE, `the number in ${id}`), $(element));
  }
  const written = [...rows].filter(([, row]) => row.find(comments.author).length > 0 || !row.text().includes(comments.deletedMark));
  return { rows: rows.size, comments: written.map(([commentId, row]) => comment(commentId, row, now)) };
}

function comment(commentId: string, row: Selection, now: Temporal.Instant): ParsedComment {
  const text = required(row.find(comments.text).get(0) && row.find(comments.text).first(), SITE, comments.text);
  // A reply begins with the nickname of the person it answers, which must not get into the text.
  text.find(comments.answered).remove();
  return {
    commentId,
    isReply: row.hasClass('re'),
    author: required(personName(row.find(comments.author).first()), SITE, `${comments.author} of a comment`),
    createdAt: required(commentTime(row.find(comments.date).first().text(), now), SITE, `${comments.date} of a comment`),
    body: plainText(text),
    likes: votes(row.find(comments.likes).first().text()) ?? 0,
    dislikes: null,
  };
}

/** A count; votes may be below zero, which our records do not hold. */
function votes(text: string): number | null {
  return /^\s*-\s*\d/.test(text) ? 0 : parseCount(text);
}
