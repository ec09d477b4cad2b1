import { escapeHtml, withCommas } from '../pages/html.ts';
import type { PostState } from '../world/world-post.ts';
import { layout, LISTS } from './layout.ts';
import { dottedDate, printedTime } from './printed-time.ts';

export const ROWS = 20;
const MINUTE = 60_000;

/** When a post is promoted to the best lists: some minutes after it was written. Epoch milliseconds. */
function promotedAt(post: Pick<PostState, 'postId' | 'createdAt'>): number {
  return post.createdAt + (5 + ((Number(post.postId) * 7) % 20)) * MINUTE;
}

/** The posts of a best list: those promoted by now, `best` the newest promotion first, `best2` the most discussed first. */
export function listed(list: string, posts: readonly PostState[], now: number): PostState[] {
  const promoted = posts.filter((post) => promotedAt(post) <= now);
  return promoted.sort((left, right) =>
    list === 'best2' ? right.comments.length - left.comments.length : promotedAt(right) - promotedAt(left),
  );
}

/** A page of a best list; past the end the last one is repeated. `posts`: all of the site; `now`: epoch milliseconds. */
export function listPage(list: string, posts: readonly PostState[], page: number, now: number): string {
  const all = listed(list, posts, now);
  const pageCount = Math.max(1, Math.ceil(all.length / ROWS));
  const from = (Math.min(page, pageCount) - 1) * ROWS;
  const rows = all.slice(from, from + ROWS).map((post) => row(list, post, now));
  const pages = Array.from({ length: pageCount }, (_, index) => `<a href="/index.php?mid=${list}&amp;page=${index + 1}">${index + 1}</a>`);
  return layout(
    LISTS[list] ?? list,
    `<div class="fm_best_widget _bd_pc"><ul>
${rows.join('\n')}
</ul></div>
<div class="bd_pg clear">${pages.join(' ')}</div>`,
  );
}

function row(list: string, post: PostState, now: number): string {
  const count = post.comments.length;
  // Both forms of a post's address stand in the lists.
  const href =
    Number(post.postId) % 2 === 0 ? `/${list}/${post.postId}` : `/index.php?mid=${list}&amp;page=1&amp;document_srl=${post.postId}`;
  return `<li class="li li_best2_pop${post.likes > 50 ? 1 : 0} li_best2_hotdeal0 li_best2_politics0"><div class="li">
  <a class="pc_voted_count pc_voted_count_plus" href="#"><span class="vote">추천</span> <span class="count">${post.likes}</span></a>
  <h3 class="title"><a href="${href}" class=" hotdeal_var8"><span class="ellipsis-target">${escapeHtml(post.title)}</span>&nbsp;${count > 0 ? `<span class="comment_count">[${withCommas(count)}]</span>` : ''}</a></h3>
  <div><span class="category"><a href="/free">자유</a></span> <span class="regdate">${printedTime(post.createdAt, now, dottedDate)}</span> <span class="author">/ ${escapeHtml(post.author)}</span></div>
</div></li>`;
}
