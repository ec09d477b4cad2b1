import { escapeHtml, withCommas } from '../pages/html.ts';
import { listTime } from '../pages/seoul-time.ts';
import type { PostState } from '../world/world-post.ts';
import { BOARDS, layout } from './layout.ts';

const ROWS = 70;

/** A page of a board. `posts`: all of the board, newest first; `now`: epoch milliseconds. Every page repeats best, notice and mall rows. */
export function listPage(board: string, posts: readonly PostState[], page: number, now: number): string {
  const name = BOARDS[board] ?? board;
  const shown = posts.slice((page - 1) * ROWS, page * ROWS);
  const best = posts.toSorted((left, right) => right.comments.length - left.comments.length).slice(0, 2);
  const rows = [
    ...best.map((post) => row(post, '베스트', now, 'best')),
    otherRow('notice', '공지', `/view?code=notice&amp;No=3201`, `[공지] ${name} 이용 규칙 안내`),
    otherRow('mall', '쇼핑', `/mall/view?No=771`, '가을맞이 세차용품 모음전'),
    ...shown.map((post, index) => row(post, String(posts.length - (page - 1) * ROWS - index), now)),
  ];
  const pageCount = Math.max(1, Math.ceil(posts.length / ROWS));
  const pages = Array.from({ length: pageCount }, (_, index) => `<a href="/list?code=${board}&amp;page=${index + 1}">${index + 1}</a>`);
  return layout(
    name,
    `<h2>${name}</h2>
<table class="clistTable02" id="boardlist">
<thead><tr><th>번호</th><th>제목</th><th>작성자</th><th>작성일</th><th>추천</th><th>조회</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
<div class="pageNumber">${pages.join(' ')}</div>`,
  );
}

function row(post: PostState, number: string, now: number, extraClass = ''): string {
  const count = post.comments.length;
  const views = post.views >= 10_000 ? `<font color="#d50000">${withCommas(post.views)}</font>` : withCommas(post.views);
  return `<tr itemscope itemtype="http://schema.org/Article"${extraClass && ` class="${extraClass}"`}>
  <td class="num01">${number}</td>
  <td class="pl14"><a class="bsubject" itemprop="name" href="/view?code=${post.board}&amp;No=${post.postId}&amp;bm=1" title="${escapeHtml(post.title)}">${escapeHtml(post.title)}</a>${count > 0 ? ` <span class="Comment">[<strong class="totreply">${count}</strong>]</span>` : ''}</td>
  <td class="author02"><span class="author" title="${escapeHtml(post.author)}">${escapeHtml(post.author)}</span></td>
  <td class="date">${listTime(post.createdAt, now)}</td>
  <td class="recomm"><font>${post.likes}</font></td>
  <td class="count">${views}</td>
</tr>`;
}

function otherRow(kind: 'notice' | 'mall', label: string, href: string, title: string): string {
  return `<tr itemscope class="${kind}">
  <td class="num01">${label}</td>
  <td class="pl14"><a class="bsubject" href="${href}">${title}</a></td>
  <td class="author02"><span class="author">운영자</span></td>
  <td class="date">01/02</td>
  <td class="recomm"><font>0</font></td>
  <td class="count">91,204</td>
</tr>`;
}
