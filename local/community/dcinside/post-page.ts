import { createHash } from 'node:crypto';
import { escapeHtml, withCommas } from '../pages/html.ts';
import { seoulParts } from '../pages/seoul-time.ts';
import type { PostState } from '../world/world-post.ts';
import { goneScript, layout } from './layout.ts';
import { listRow, writerAttributes } from './list-rows.ts';

/** The token of a page, without which its comments are not given. */
export function tokenOf(post: Pick<PostState, 'board' | 'postId'>): string {
  return createHash('sha256').update(`${post.board} ${post.postId}`).digest('hex').slice(0, 32);
}

/** A post's page, whose comments are asked for by its script; below it other posts of the gallery. `now`: epoch milliseconds. */
export function postPage(post: PostState, others: readonly PostState[], now: number): string {
  if (post.state !== 'there') return goneScript(post.board);
  return layout(
    post.title,
    `<div class="view_content_wrap">
${header(post)}
<div class="gallview_contents"><div class="inner">
<div class="writing_view_box"><div class="write_div">
${post.paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')}
</div></div>
<div class="recommend_vote"><div class="up_num_box"><p class="up_num font_red">${post.likes}</p></div><div class="down_num_box"><p class="down_num">0</p></div></div>
</div></div>
</div>
<div class="view_comment" id="focus_cmt"><div class="comment_wrap"></div></div>
<form id="frm"><input type="hidden" id="e_s_n_o" name="e_s_n_o" value="${tokenOf(post)}"><input type="hidden" id="board_type" name="board_type" value=""><input type="hidden" id="_GALLTYPE_" name="_GALLTYPE_" value="G"></form>
<table class="gall_list"><tbody>
${others.map((other) => listRow(other, now)).join('\n')}
</tbody></table>`,
  );
}

function header(post: PostState): string {
  const { full } = seoulParts(post.createdAt);
  return `<header><div class="gallview_head clear ub-content">
  <h3 class="title ub-word"><span class="title_headtext">[일반]</span> <span class="title_subject">${escapeHtml(post.title)}</span><span class="title_device"></span></h3>
  <div class="gall_writer ub-writer" ${writerAttributes(post.author)} data-loc="view">
    <div class="fl"><span class="nickname"><em>${escapeHtml(post.author)}</em></span><span class="gall_date" title="${full}">${full.replaceAll('-', '.')}</span></div>
    <div class="fr"><span class="gall_count">조회 ${withCommas(post.views)}</span><span class="gall_reply_num">추천 ${post.likes}</span><span class="gall_comment"><a href="#focus_cmt">댓글 ${withCommas(post.comments.length)}</a></span></div>
  </div>
</div></header>`;
}
