import { createHash } from 'node:crypto';
import { escapeHtml, withCommas } from '../pages/html.ts';
import { seoulParts } from '../pages/seoul-time.ts';
import type { PostState } from '../world/world-post.ts';
import { commentList, commentPages } from './comment-rows.ts';
import { BOARDS, layout } from './layout.ts';

/** What a page's script passes to comment_list.php: the month's table, and a token of the page. */
export interface CommentSource {
  readonly tb: string;
  readonly wid: string;
}

export function commentSource(post: PostState): CommentSource {
  const { year, month } = seoulParts(post.createdAt);
  const wid = createHash('sha256').update(`${post.board} ${post.postId}`).digest('hex').slice(0, 20);
  return { tb: `uni_cmt_${year.slice(2)}${month}`, wid };
}

/** A post's page, with the last page of its comments; for a gone post its gone form. `now`: epoch milliseconds. */
export function postPage(post: PostState, now: number): string {
  if (post.state === 'deleted') return layout(BOARDS[post.board] ?? '', '<div class="delPost"><p>삭제된 게시물입니다.</p></div>');
  const header = profile(post, now);
  if (post.state === 'blinded')
    return layout(post.title, `${header}\n<div class="blindCont"><p>신고로 블라인드 처리된 게시물입니다.</p></div>`);
  return layout(post.title, `${header}\n${body(post)}\n${commentArea(post)}`, commentScript(post));
}

function profile(post: PostState, now: number): string {
  const { year, month, day, weekday, hourMinute } = seoulParts(post.createdAt);
  const written = `${year}.${month}.${day}&nbsp;(${weekday}) ${hourMinute}`;
  // The politic board votes both ways and prints the count of the other side before the date.
  const against = post.board === 'politic' ? '반대 | ' : '';
  return `<div class="dtTopBtns">${edited(post, now)}</div>
<div class="writerProfile">
  <dl>
    <dt title="${escapeHtml(post.title)}"><strong>${escapeHtml(post.title)}</strong> <em class="detailTxtDeco01">[${post.comments.length}]</em></dt>
    <dd class="countGroup">조회 <em class="txtType">${withCommas(post.views)}</em> <em>|</em> 추천 <em class="txtType">${withCommas(post.likes)}</em> | ${against}${written}</dd>
  </dl>
  <div class="proflieInfo"><a class="nickName" href="#">${escapeHtml(post.author)}</a></div>
</div>`;
}

function edited(post: PostState, now: number): string {
  if (post.editedAt === null || post.editedAt > now) return '';
  const { year, month, day, weekday, hourMinute } = seoulParts(post.editedAt);
  return `수정 ${year}.${month}.${day}&nbsp;(${weekday}) ${hourMinute} | <a href="#">신고</a>`;
}

function body(post: PostState): string {
  return `<div class="bodyCont" itemprop="articleBody">
${post.paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')}
</div>`;
}

function commentArea(post: PostState): string {
  const pages = commentPages(post.comments);
  const links = Array.from({ length: pages }, (_, index) => `<a href="javascript:comment_page(${index + 1});">${index + 1}</a>`);
  return `<div class="commentWrap" id="cmt_list">
<p class="cmtTit">댓글 <span class="comm2">(${post.comments.length})</span></p>
${commentList(post.comments, pages)}
<div class="page">${links.join(' ')}</div>
</div>`;
}

function commentScript(post: PostState): string {
  const { tb, wid } = commentSource(post);
  return `<script type="text/javascript">
function comment_page(page) {
  var url = "/board_renew/bulletin/comment_list.php?tb=${tb}&code=${post.board}&No=${post.postId}&page=1&strLimit=100&strOrder=&strMywrite=&focus=top&wid=${wid}";
  $("#cmt_list").load(url.replace("page=1", "page=" + page));
}
</script>`;
}
