import { escapeHtml, withCommas } from '../pages/html.ts';
import { seoulParts } from '../pages/seoul-time.ts';
import type { PostState } from '../world/world-post.ts';
import { commentList, commentPages } from './comment-rows.ts';
import { layout, memberPlate, messagePage } from './layout.ts';
import { dottedMinute } from './printed-time.ts';

/** A post's page with one page of its comments, the last unless told; for a gone post the message. `now`: epoch milliseconds. */
export function postPage(post: PostState, now: number, commentPage: number | null): string {
  if (post.state !== 'there') return messagePage('삭제된 글입니다.');
  const pages = commentPages(post.comments);
  const shown = commentPage === null ? pages : Math.min(commentPage, pages);
  return layout(post.title, `${content(post)}\n${commentArea(post, shown, pages, now)}`, script(post, shown, pages));
}

function script(post: PostState, shown: number, pages: number): string {
  const second = seoulParts(post.createdAt).full.replaceAll(/\D/g, '');
  const paged = pages > 1 ? `window.document_cpage=${shown};` : '';
  return `<script>window.document_srl=${post.postId};window.document_regdate=${second};${paged}</script>`;
}

function content(post: PostState): string {
  return `<div class="rd rd_nav_style2 clear"><div id="bd_capture">
<div class="rd_hd clear">
  <div class="top_area ngeb"><span class="date m_no">${dottedMinute(post.createdAt)}</span>
  <h1 class="np_18px"><span class="np_18px_span">${escapeHtml(post.title)}</span></h1></div>
  <div class="btm_area clear"><div class="side">${memberPlate(post.author)}</div>
  <div class="side fr"><span>조회 수 <b>${withCommas(post.views)}</b></span> <span>추천 수 <b>${post.likes}</b></span> <span>댓글 <b>${post.comments.length}</b></span></div></div>
</div>
<div class="rd_body clear"><article><div class="document_${post.postId} xe_content">
${post.paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')}
</div></article></div>
</div></div>`;
}

function commentArea(post: PostState, shown: number, pages: number, now: number): string {
  const links = Array.from({ length: pages }, (_, index) => `<a href="/best/${post.postId}?cpage=${index + 1}#comment">${index + 1}</a>`);
  return `<div class="fdb_lst_wrp"><div class="fdb_lst clear">
${commentList(post.comments, shown, now)}
${pages > 1 ? `<div class="bd_pg">${links.join(' ')}</div>` : ''}
</div></div>`;
}
