import { escapeHtml } from '../pages/html.ts';
import { seoulParts } from '../pages/seoul-time.ts';
import type { PostState } from '../world/world-post.ts';
import { BOARDS, layout } from './layout.ts';

const ROWS = 10;

/** A page of a search over all boards. `hits`: newest first. News and an ad stand between the hits; past the end there is no list at all. */
export function searchPage(keyword: string, hits: readonly PostState[], page: number): string {
  const rows = withOtherRows(keyword, hits.map(hitRow)).slice((page - 1) * ROWS, page * ROWS);
  const result =
    rows.length === 0
      ? '<p class="noResult">검색 결과가 없습니다.</p>'
      : `<div class="search_Community">\n<ul>\n${rows.join('\n')}\n</ul>\n</div>`;
  return layout(`${keyword} 검색`, `<h2>커뮤니티 검색 결과 ${hits.length}건</h2>\n${result}`);
}

/** Searching matches anywhere in title and text, without regard to case and spaces. */
export function matchesSearch(post: PostState, keyword: string): boolean {
  const squash = (text: string) => text.toLowerCase().replaceAll(/\s+/g, '');
  return squash([post.title, ...post.paragraphs].join('\n')).includes(squash(keyword));
}

/** A news row behind the second hit and an ad behind each seventh. */
function withOtherRows(keyword: string, rows: readonly string[]): string[] {
  return rows.flatMap((row, index) => [row, ...(index === 1 ? [newsRow(keyword)] : []), ...(index % 7 === 6 ? [adRow()] : [])]);
}

function hitRow(post: PostState): string {
  const { year, month, day } = seoulParts(post.createdAt);
  return `<li>
  <dl>
    <dt><a href="/view?code=${post.board}&amp;No=${post.postId}&amp;rtn=%2Fsearch">${escapeHtml(post.title)}</a></dt>
    <dd>${escapeHtml(post.paragraphs[0] ?? '')}</dd>
    <dd class="path"><span class="first">${BOARDS[post.board] ?? post.board}</span><span>${escapeHtml(post.author)}</span><span>${year.slice(2)}. ${month}. ${day}</span></dd>
  </dl>
</li>`;
}

function newsRow(keyword: string): string {
  return `<li>
  <dl>
    <dt><a href="/view?code=news&amp;No=88123">[보배뉴스] ${escapeHtml(keyword)} 관련 소식 모음</a></dt>
    <dd class="path"><span class="first">뉴스</span></dd>
  </dl>
</li>`;
}

function adRow(): string {
  return `<li class="ad"><dl><dt><a href="https://ad.example/click?c=12">엔진오일 최대 40% 할인</a></dt><dd>광고</dd></dl></li>`;
}
