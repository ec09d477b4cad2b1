import { escapeHtml } from '../pages/html.ts';
import { seoulParts } from '../pages/seoul-time.ts';
import type { CommentState } from '../world/world-post.ts';

export const COMMENTS_A_PAGE = 100;

/** How many pages a post's comments take. */
export function commentPages(comments: readonly CommentState[]): number {
  return Math.ceil(comments.length / COMMENTS_A_PAGE);
}

/** The list of one page of comments; page 1 holds the oldest threads. */
export function commentList(comments: readonly CommentState[], page: number): string {
  const shown = comments.slice((page - 1) * COMMENTS_A_PAGE, page * COMMENTS_A_PAGE);
  return `<ul class="basiclist" id="cmt_reply">
${shown.map(commentRow).join('\n')}
</ul>`;
}

function commentRow(comment: CommentState): string {
  return comment.deleted ? deletedRow(comment) : writtenRow(comment);
}

function writtenRow(comment: CommentState): string {
  const { year, month, day, hourMinute } = seoulParts(comment.createdAt);
  return `<li${comment.isReply ? ' class="re"' : ''}>
  <dl>
    <dt><span class="name"><span class="author">${escapeHtml(comment.author)}</span></span> <span class="date">${year.slice(2)}.${month}.${day} ${hourMinute}</span></dt>
    <dd class="" id="small_cmt_${comment.id}">
              ${comment.lines.map(escapeHtml).join('<br/>\n')}            </dd>
  </dl>
  <div class="updownbox"><dl><dd class="first"><a href="#">추천 ${comment.likes}</a></dd><dd class="last"><a href="#">반대 ${comment.dislikes ?? 0}</a></dd></dl></div>
</li>`;
}

function deletedRow(comment: CommentState): string {
  return `<li${comment.isReply ? ' class="re"' : ''}>
  <dl><dd class="" id="small_cmt_${comment.id}">삭제된 댓글입니다.</dd></dl>
</li>`;
}
