import { escapeHtml, shortCount } from '../pages/html.ts';
import { seoulParts } from '../pages/seoul-time.ts';
import { authorId } from '../texts/people.ts';
import type { PostState } from '../world/world-post.ts';
import { BOARDS, layout, nickname } from './layout.ts';

const ROWS = 30;

/** A page of a board, counted from 0 as `po` is. `posts`: all of the board, newest first. Notice, hongbo and ad rows stand between. */
export function listPage(board: string, posts: readonly PostState[], page: number): string {
  const rows = posts.slice(page * ROWS, (page + 1) * ROWS).flatMap((post, index) => [row(post), ...(index % 10 === 4 ? [adRow()] : [])]);
  const pages = Array.from(
    { length: Math.max(1, Math.ceil(posts.length / ROWS)) },
    (_, index) => `<a class="board-nav-page" href="/service/board/${board}?&amp;od=T31&amp;category=0&amp;po=${index}">${index + 1}</a>`,
  );
  return layout(
    BOARDS[board] ?? board,
    `<div class="board_head"><h2 class="board_name">${BOARDS[board] ?? board}</h2></div>
<div class="list_content">
${[markedRow(board, 'notice', '9000001', '게시판 이용규칙을 읽어 주세요'), markedRow(board, 'hongbo', '9000002', '[직접홍보] 세차장 열었습니다'), ...rows].join('\n')}
</div>
<div class="board-nav">${pages.join(' ')}</div>`,
  );
}

function row(post: PostState): string {
  const count = post.comments.length;
  return `<div class="list_item symph_row" data-role="list-row" data-board-sn="${post.postId}" data-author-id="${authorId(post.author)}" data-comment-count="${count}">
  <div class="list_symph view_symph" data-role="list-like-count"><span>${post.likes}</span></div>
  <div class="list_title"><a class="list_subject" href="/service/board/${post.board}/${post.postId}?od=T31&amp;po=0&amp;category=0&amp;groupCd="><span class="subject_fixed" data-role="list-title-text" title="${escapeHtml(post.title)}">${escapeHtml(post.title)}</span></a>${count > 0 ? `<a class="list_reply reply_symph" href="/service/board/${post.board}/${post.postId}#comment-point"><span class="rSymph05">${count}</span></a>` : ''}</div>
  <div class="list_author">${nickname(post.author)}</div>
  <div class="list_hit"><span class="hit">${shortCount(post.views)}</span></div>
  <div class="list_time"><span class="time popover"><span class="timestamp">${seoulParts(post.createdAt).full}</span></span></div>
</div>`;
}

function markedRow(board: string, kind: 'notice' | 'hongbo', number: string, title: string): string {
  return `<div class="list_item ${kind} symph_row" data-role="list-row" data-board-sn="${number}" data-author-id="clien" data-comment-count="3">
  <div class="list_title"><a class="list_subject" href="/service/board/${board}/${number}"><span class="subject_fixed" data-role="list-title-text" title="${title}">${title}</span></a></div>
  <div class="list_time"><span class="time"><span class="timestamp">2026-01-02 09:00:00</span></span></div>
</div>`;
}

function adRow(): string {
  return '<div class="list_item symph_row"><div class="list_title"><a class="list_subject" href="https://ad.example/click?c=3">겨울 타이어 특가</a></div></div>';
}
