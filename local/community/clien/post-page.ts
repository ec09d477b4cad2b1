import { escapeHtml, withCommas } from '../pages/html.ts';
import { seoulParts } from '../pages/seoul-time.ts';
import { authorId } from '../texts/people.ts';
import type { CommentState, PostState } from '../world/world-post.ts';
import { alertPage, layout, nickname } from './layout.ts';

/** A post's page with all its comments; for a gone post the alert page. `now`: epoch milliseconds. */
export function postPage(post: PostState, now: number): string {
  if (post.state !== 'there') return alertPage('삭제된 게시물 입니다.');
  return layout(
    post.title,
    `${header(post, now)}
<div class="post_view">
<div class="post_contact"><span class="contact_name">${nickname(post.author)}</span></div>
<div class="post_content">
<article>
<div class="post_article"><html><head></head><body>
${post.paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')}
</body></html></div>
</article>
</div>
${likeButton(post)}
</div>
${commentArea(post, now)}`,
  );
}

function header(post: PostState, now: number): string {
  const count = post.comments.length;
  return `<div class="post_title symph_row">
<h3 class="post_subject">${category(post)}
  <span>${escapeHtml(post.title)}</span>
  ${count > 0 ? `<a class="post_reply" href="#comment-point"><span>${count}</span></a>` : ''}
</h3>
</div>
<div class="post_author">
  <span class="view_count date">${seoulParts(post.createdAt).full}${editedMark(post.editedAt, now, ' <span class="lastdate">수정일: ', '</span>')}</span>
  <span class="view_count">조회 <strong>${withCommas(post.views)}</strong></span>
</div>`;
}

/** Some posts of the car board carry a category, which is no part of the title. */
function category(post: PostState): string {
  return post.board === 'cm_car' && Number(post.postId) % 3 === 0 ? '\n  <span class="post_category">일반</span>' : '';
}

function likeButton(post: PostState): string {
  return post.likes === 0
    ? ''
    : `<div class="post_button"><div class="symph_area"><a class="symph_count" href="#"><strong>${post.likes}</strong></a></div></div>`;
}

function commentArea(post: PostState, now: number): string {
  return `<div class="post_comment" id="comment-point">
<div class="comment_head">댓글 <strong>${post.comments.length}</strong></div>
<div class="comment">
${post.comments.map((comment) => commentRow(comment, now)).join('\n')}
</div>
</div>`;
}

function commentRow(comment: CommentState, now: number): string {
  const reply = comment.isReply ? ' re' : '';
  const id = comment.id;
  if (comment.deleted)
    return `<div class="comment_row blocked${reply}" data-role="comment-row" data-comment-sn="${id}"><span>삭제 되었습니다.</span></div>`;
  return `<div class="comment_row${reply}" data-role="comment-row" data-comment-sn="${id}" data-author-id="${authorId(comment.author)}">
  <div class="comment_info">
    <div class="post_contact"><span class="contact_name">${nickname(comment.author)}</span></div>
    <div class="comment_time"><span class="timestamp">${seoulParts(comment.createdAt).full}${editedMark(comment.editedAt, now, ' / 수정일: ', '')}</span></div>
    <div class="comment_symph"><strong id="setLikeCount_${id}">${comment.likes}</strong></div>
  </div>
  <div class="comment_content"><div class="comment_view" data-comment-view="${id}"><input type="hidden" data-comment-modify="${id}" value="${escapeHtml(comment.lines.join(' '))}">
${comment.lines.map(escapeHtml).join('<br>\n')}
  </div></div>
</div>`;
}

function editedMark(editedAt: number | null, now: number, before: string, after: string): string {
  return editedAt === null || editedAt > now ? '' : `${before}${seoulParts(editedAt).full}${after}`;
}
