import type { Temporal } from 'temporal-polyfill';
import { LayoutChangedError, PostGoneError } from '../../../../common/errors.ts';
import { countOrNone, parseCount } from '../counts.ts';
import { oneLine, openPage, plainText, required, type Selection } from '../page.ts';
import { each, readRows } from '../rows.ts';
import { fullTime } from '../seoul-time.ts';
import type { ListedPost, PostPage } from '../site.ts';
import { placeOf } from './galleries.ts';
import { commentForm, list, post } from './selectors.ts';
import { rowTime } from './times.ts';

const SITE = 'dcinside';
/** What a post that is gone answers (S): a script that leads to /derror/, or a page that says so. */
const GONE = /\/derror\/|삭제된 게시물|삭제했거나|존재하지 않는 (?:게시물|페이지)/;

/** Parses a gallery's list. @throws LayoutChangedError when it has no row of a post, or most rows lack a field. */
export function parseBoardList(html: string, now: Temporal.Instant): ListedPost[] {
  const $ = openPage(html);
  if ($(list.row).length === 0)
    throw new LayoutChangedError(`${SITE}: the list has no row; the gallery does not exist or the page has changed`);
  const rows = each($, $(list.row).not(list.notice)).filter((row) => !isSurvey(row));
  return readRows(rows, (row) => {
    const link = row.find(list.link).first();
    const place = required(placeOf(link.attr('href') ?? ''), SITE, list.link);
    const date = row.find(list.date).first();
    return {
      board: place.board,
      postId: place.post_id,
      title: required(oneLine(link), SITE, `the title of ${place.board}/${place.post_id}`),
      commentCount: countOrNone(row.find(list.comments).first().text(), SITE, list.comments),
      postedAt: required(rowTime(date.attr('title'), date.text(), now), SITE, `${list.date} of ${place.board}/${place.post_id}`),
    };
  });
}

/** Surveys, notices and ads say so where posts have their number. */
function isSurvey(row: Selection): boolean {
  const number = oneLine(row.find(list.number).first());
  return number !== '' && !/\d/.test(number);
}

/**
 * Parses a post's page, which holds no comments: all of them come by further requests.
 * @throws PostGoneError for an answer that says so; LayoutChangedError when a required field is missing.
 */
export function parsePost(html: string): PostPage {
  const $ = openPage(html);
  const isThere = $(post.title).length > 0 || $(post.body).length > 0;
  if (!isThere && GONE.test(html)) throw new PostGoneError(`${SITE}: the post is deleted or does not exist`);
  const date = $(post.date).first();
  const writer = $(post.author).first();
  return {
    title: required(oneLine($(post.title).first()), SITE, post.title),
    body: plainText(required($(post.body).get(0) && $(post.body).first(), SITE, post.body)),
    author: required(authorOf(writer.attr('data-uid'), writer.attr('data-nick'), writer.attr('data-ip')), SITE, post.author),
    createdAt: required(fullTime(date.attr('title') ?? date.text()), SITE, post.date),
    views: required(parseCount($(post.views).first().text()), SITE, post.views),
    likes: required(parseCount($(post.likes).first().text()), SITE, post.likes),
    commentCount: required(parseCount($(post.comments).first().text()), SITE, post.comments),
    comments: [],
    rows: 0,
  };
}

/** What the request for a post's comments takes from its page. @throws LayoutChangedError when the page has no token. */
export function commentFields(html: string): { e_s_n_o: string; board_type: string; _GALLTYPE_: string } {
  const $ = openPage(html);
  const value = (selector: string) => $(selector).first().attr('value') ?? '';
  return {
    e_s_n_o: required(value(commentForm.token), SITE, commentForm.token),
    board_type: value(commentForm.boardType),
    _GALLTYPE_: required(value(commentForm.galleryType), SITE, commentForm.galleryType),
  };
}

/** Who wrote: the member's id where there is one, else nickname and the part of the address that the page shows. Only its hash is kept. */
export function authorOf(id: string | null | undefined, name: string | null | undefined, ip: string | null | undefined): string {
  return (
    id?.trim() ||
    [name, ip]
      .map((part) => part?.trim() ?? '')
      .join(' ')
      .trim()
  );
}
