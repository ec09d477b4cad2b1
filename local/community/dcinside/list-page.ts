import type { PostState } from '../world/world-post.ts';
import { GALLERIES, layout } from './layout.ts';
import { listRow, markedRows } from './list-rows.ts';

export const ROWS = 50;

/** A page of a gallery; past the end the last one is repeated. `posts`: all of it, newest first; `now`: epoch milliseconds. */
export function listPage(gallery: string, posts: readonly PostState[], page: number, now: number): string {
  const pageCount = Math.max(1, Math.ceil(posts.length / ROWS));
  const from = (Math.min(page, pageCount) - 1) * ROWS;
  const rows = posts.slice(from, from + ROWS).map((post) => listRow(post, now));
  const pages = Array.from(
    { length: pageCount },
    (_, index) => `<a href="/board/lists/?id=${gallery}&amp;page=${index + 1}">${index + 1}</a>`,
  );
  return layout(
    GALLERIES[gallery] ?? gallery,
    `<h2>${GALLERIES[gallery] ?? gallery} 갤러리</h2>
<table class="gall_list"><tbody class="listwrap2">
${[...markedRows(gallery), ...rows].join('\n')}
</tbody></table>
<div class="bottom_paging_box">${pages.join(' ')}</div>`,
  );
}
