import { escapeHtml } from '../pages/html.ts';
import type { CommentState } from '../world/world-post.ts';
import { memberPlate } from './layout.ts';
import { dottedMinute, printedTime } from './printed-time.ts';

export const COMMENTS_A_PAGE = 50;
/** Votes that make a best comment, and how many stand on top. */
const BEST_LIKES = 5;
const MOST_BEST = 2;

/** How many pages a post's comments take, at least one. */
export function commentPages(comments: readonly CommentState[]): number {
  return Math.max(1, Math.ceil(comments.length / COMMENTS_A_PAGE));
}

/** The list of one page of comments: copies of the best ones of all pages, then the page's own. `now`: epoch milliseconds. */
export function commentList(comments: readonly CommentState[], page: number, now: number): string {
  const best = comments
    .filter(({ deleted, likes }) => !deleted && likes >= BEST_LIKES)
    .sort((left, right) => right.likes - left.likes)
    .slice(0, MOST_BEST);
  const from = (page - 1) * COMMENTS_A_PAGE;
  const shown = comments.slice(from, from + COMMENTS_A_PAGE).map((comment, index) => row(comment, answered(comments, from + index), now));
  return `<ul class="fdb_lst_ul">
${[...best.map((comment) => row(comment, null, now, true)), ...shown].join('\n')}
</ul>`;
}

/** Whom a reply answers: the writer of the last comment before it that is none. */
function answered(comments: readonly CommentState[], index: number): CommentState | null {
  if (comments[index]?.isReply !== true) return null;
  return comments.slice(0, index).findLast(({ isReply }) => !isReply) ?? null;
}

function row(comment: CommentState, parent: CommentState | null, now: number, isBest = false): string {
  const reply = comment.isReply ? ' re bg1" style="margin-left:2%' : '';
  const classes = `fdb_itm clear${isBest ? ' comment_best comment-2' : ''}${reply}`;
  const id = `comment_${comment.id}${isBest ? '_' : ''}`;
  if (comment.deleted) return `<li id="${id}" class="${classes}"><div class="comment-content">삭제된 댓글입니다.</div></li>`;
  const address = parent ? `<a class="findParent" href="#comment_${parent.id}">${escapeHtml(parent.author)}</a>` : '';
  return `<li id="${id}" class="${classes}">
  <div class="meta">${memberPlate(comment.author)} <span class="date">${printedTime(comment.createdAt, now, dottedMinute)}</span></div>
  <div class="comment-content"><div class="comment_${comment.id} xe_content">${address}${comment.lines.map(escapeHtml).join('<br>\n')}</div></div>
  <div class="fdb_nav"><span class="vote"><span class="voted_count">${comment.likes > 0 ? comment.likes : ''}</span></span></div>
</li>`;
}
