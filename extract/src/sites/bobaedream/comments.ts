import { LayoutChangedError } from '../../../../common/errors.ts';
import { countOrNone } from '../counts.ts';
import { oneLine, openPage, plainText, required, type CheerioAPI, type Selection } from '../page.ts';
import { each } from '../rows.ts';
import { shortYearTime } from '../seoul-time.ts';
import type { CommentList, ParsedComment } from '../site.ts';
import { comments } from './selectors.ts';

const SITE = 'bobaedream';

/**
 * Parses an answer of comment_list.php. Assumed (sites.md is silent): the same `li` rows as in the page, with or without their `ul`.
 * @throws LayoutChangedError when it holds neither (as the script page does, which a wrong table or token gets).
 */
export function parseComments(html: string): CommentList {
  const $ = openPage(`<div id="fragment">${html}</div>`);
  const list = $(comments.list);
  const bare = $('#fragment > li, #fragment > ul > li');
  if (list.length === 0 && bare.length === 0) throw new LayoutChangedError(`${SITE}: the answer of comment_list.php holds no comments`);
  return commentsIn($, list.length > 0 ? list.children('li') : bare);
}

/** Comments of rows. @throws LayoutChangedError when a row that is not deleted lacks a field. */
export function commentsIn($: CheerioAPI, rows: Selection): CommentList {
  // A row without text and vote is the remark that nobody has commented yet.
  const shown = each($, rows).filter((row) => row.find('dd').length > 0);
  const parsed = shown.map((row) => comment(row)).filter((row) => row !== null);
  return { rows: shown.length, comments: parsed };
}

/** Null for a deleted one, which has nothing but its mark. */
function comment(row: Selection): ParsedComment | null {
  const text = row.find(comments.text).first();
  const author = oneLine(row.find(comments.author).first());
  const body = plainText(text);
  if (isDeleted(text.length > 0 ? body : oneLine(row), author)) return null;
  const id = /^small_cmt_(\d{1,32})$/.exec(text.attr('id') ?? '')?.[1];
  return {
    commentId: required(id, SITE, comments.text),
    isReply: row.hasClass('re'),
    author: required(author, SITE, comments.author),
    createdAt: required(shortYearTime(row.find(comments.date).first().text()), SITE, comments.date),
    body,
    likes: countOrNone(row.find(comments.likes).first().text(), SITE, comments.likes),
    dislikes: countOrNone(row.find(comments.dislikes).first().text(), SITE, comments.dislikes),
  };
}

/** Somebody may quote the mark: with an author, only the mark alone, or after a word or two of who deleted it, counts. */
function isDeleted(text: string, author: string): boolean {
  const at = text.indexOf(comments.deletedMark);
  return at >= 0 && (author === '' || (at <= 20 && text.length <= at + comments.deletedMark.length + 1));
}

/** What the page's script passes to comment_list.php. @throws LayoutChangedError when no script names the table. */
export function commentSource(html: string): { tb: string; wid: string } {
  const scripts = scriptsIn(html).join('\n');
  const value = (name: string) => new RegExp(`\\b${name}['"]?\\s*[=:]\\s*['"]?([\\w-]+)`).exec(scripts)?.[1];
  return { tb: required(value('tb'), SITE, 'tb in the script'), wid: value('wid') ?? '' };
}

/** The texts of a page's scripts, in one pass without building a tree. */
function scriptsIn(html: string): string[] {
  const scripts: string[] = [];
  const opening = /<script\b[^<>]*>/gi;
  for (let tag = opening.exec(html); tag !== null; tag = opening.exec(html)) {
    const end = html.indexOf('</script', opening.lastIndex);
    if (end < 0) break;
    scripts.push(html.slice(opening.lastIndex, end));
    opening.lastIndex = end;
  }
  return scripts;
}
