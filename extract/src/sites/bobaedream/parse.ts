import type { Temporal } from 'temporal-polyfill';
import { LayoutChangedError, PostGoneError } from '../../../../common/errors.ts';
import { countOrNone, parseCount } from '../counts.ts';
import { isScriptPage, saysGone } from '../gone.ts';
import { oneLine, openPage, plainText, required, type CheerioAPI, type Selection } from '../page.ts';
import { each, readRows } from '../rows.ts';
import { fullTime, listedTime } from '../seoul-time.ts';
import type { ListedPost, PostPage } from '../site.ts';
import { commentsIn } from './comments.ts';
import { comments, frame, list, post, search } from './selectors.ts';

const SITE = 'bobaedream';

/** Parses a board's list; past its end only best, notice and mall rows are left. @throws LayoutChangedError when it has no row at all, or most lack a field. */
export function parseBoardList(html: string, now: Temporal.Instant): ListedPost[] {
  const $ = openPage(html);
  if ($(list.any).length === 0)
    throw new LayoutChangedError(`${SITE}: the list has no row; the board does not exist or the page has changed`);
  return readRows(each($, $(list.row)), (row) => {
    const link = row.find(list.link).first();
    const commentCount = countOrNone(row.find(list.comments).first().text(), SITE, list.comments);
    return listedPost(link, commentCount, row.find(list.date).first().text(), now);
  });
}

/**
 * Parses a search result; a page without hits has no list. News and ads stand between the hits, and some rows have no board and date.
 * @throws LayoutChangedError for a page outside the site's frame, or when no row that links to a post says when it was written.
 */
export function parseSearch(html: string, now: Temporal.Instant): ListedPost[] {
  const $ = openPage(html);
  if ($(frame).length === 0) throw new LayoutChangedError(`${SITE}: the search result is no page of the site: it has no ${frame}`);
  const linking = each($, $(search.row)).filter((row) => {
    const place = placeOf(row.find(search.link).first().attr('href') ?? '');
    return place !== null && place.board !== 'news';
  });
  const dated = linking.filter((row) => row.find(search.path).length >= 3);
  if (linking.length > 0 && dated.length === 0) throw new LayoutChangedError(`${SITE}: no row of the search result has ${search.path}`);
  return readRows(dated, (row) => listedPost(row.find(search.link).first(), null, row.find(search.path).last().text(), now));
}

/**
 * Parses a post's page with the last page of its comments.
 * @throws PostGoneError for the script page and for blinded or deleted posts; LayoutChangedError when a required field is missing.
 */
export function parsePost(html: string): PostPage {
  if (isScriptPage(html)) throw new PostGoneError(`${SITE}: the post does not exist`);
  const $ = openPage(html);
  const [header, counts, body, rows] = [$(post.header).first(), $(post.counts).first(), $(post.body).first(), $(comments.list).first()];
  if (header.length === 0 || counts.length === 0 || body.length === 0) throw whyUnread($);

  const numbers = counts.find(post.count).toArray();
  const total = $(comments.total);
  const printed = total.length > 0 ? total : $(post.printedComments);
  const commentCount = countOrNone(printed.first().text(), SITE, comments.total);
  const commentList = commentsIn($, rows.children('li'));
  if (commentCount > 0 && commentList.rows === 0)
    throw new LayoutChangedError(`${SITE}: ${comments.total} says ${commentCount} and ${comments.list} holds none`);
  return {
    title: required(oneLine(header.find(post.title).first().attr('title')), SITE, post.title),
    body: plainText(body),
    author: required(oneLine($(post.author).first()), SITE, post.author),
    // The text after the last bar: the politic board puts `반대 |` before it.
    createdAt: required(fullTime(counts.text().split('|').at(-1) ?? ''), SITE, `the date in ${post.counts}`),
    views: required(parseCount($(numbers[0]).text()), SITE, `views in ${post.count}`),
    likes: required(parseCount($(numbers[1]).text()), SITE, `likes in ${post.count}`),
    commentCount,
    ...commentList,
  };
}

/**
 * Why a page that lacks header, counts or body is no post. sites.md: a blinded or deleted post lacks one of them. So does a post in a new
 * layout; the difference is that a gone post shows neither text nor comments, or says in words that it is gone:
 * - the page says so → gone; certain when it shows no part of a post beside;
 * - neither body nor comments, in the site's frame (a menu of boards) → gone, inferred;
 * - anything else (the text or the comments are still there, or the page is not the site's at all) → layout changed.
 */
function whyUnread($: CheerioAPI): PostGoneError | LayoutChangedError {
  const missing = [post.header, post.counts, post.body].filter((part) => $(part).length === 0);
  const hasComments = $(comments.list).length > 0 || $(comments.total).length > 0;
  const isBare = missing.length === 3 && !hasComments;
  const message = `${SITE}: the page has no ${missing.join(', no ')}`;
  if (saysGone(textOutsideComments($))) return new PostGoneError(`${message}, and says that the post is gone`, { certain: isBare });
  if (missing.includes(post.body) && !hasComments && $(frame).length > 0)
    return new PostGoneError(`${message}; blinded or deleted`, { certain: false });
  return new LayoutChangedError(`${message}, but is no gone post; compare extract/src/sites/${SITE}/selectors.ts with the page`);
}

function textOutsideComments($: CheerioAPI): string {
  return plainText($.root()).replace(plainText($(comments.list)), '');
}

function listedPost(link: Selection, commentCount: number | null, date: string, now: Temporal.Instant): ListedPost {
  const { board, post_id } = required(placeOf(link.attr('href') ?? ''), SITE, list.link);
  return {
    board,
    postId: post_id,
    title: required(oneLine(link), SITE, `the title of ${board}/${post_id}`),
    commentCount,
    postedAt: required(listedTime(date, now), SITE, `the date of ${board}/${post_id}`),
  };
}

/** Board and number that a post's address names, relative or absolute; the number alone is unique only inside a board. */
export function placeOf(url: string): { board: string; post_id: string } | null {
  const query = /\/view(?:\.php)?\?([^#]*)/.exec(url)?.[1];
  const parameters = new URLSearchParams(query ?? '');
  const [board, post_id] = [parameters.get('code'), parameters.get('No')];
  return board && /^\w{1,64}$/.test(board) && post_id && /^\d{1,32}$/.test(post_id) ? { board, post_id } : null;
}
