import { html, pageNumber, robots, type PageAnswer, type PageRequest, type Standing } from '../page-answer.ts';
import { LISTS, messagePage } from './layout.ts';
import { listPage } from './list-page.ts';
import { postPage } from './post-page.ts';

/** The rules of 2026-09 (sites.md). `Crawl-delay` is ours: the laptop run must not wait for itself. */
const ROBOTS = `User-agent: *
Disallow: /
Allow: /$
Allow: /best
Allow: /best2
Allow: /humor
Crawl-delay: 0.1
`;

/** Answers a request to fmkorea. Of what robots.txt forbids there is nothing here. */
export function answer({ url }: PageRequest, standing: Standing): PageAnswer {
  if (url.pathname === '/robots.txt') return robots(ROBOTS);
  const [, board = '', postId] = /^\/(\w+)(?:\/(\d+))?\/?$/.exec(url.pathname) ?? [];
  if (!(board in LISTS)) return html('other', messagePage('대상을 찾을 수 없습니다.'), { status: 404 });
  if (postId !== undefined) return post(postId, url, standing);
  return html('list', listPage(board, standing.posts, pageNumber(url.searchParams.get('page'), 1), standing.now), { board });
}

/** Under `/best/` and `/best2/` stands the same post: its number is one over all boards. */
function post(postId: string, { searchParams }: URL, { posts, now }: Standing): PageAnswer {
  const about = { board: 'best', postId };
  const found = posts.find((candidate) => candidate.postId === postId);
  if (!found) return html('post', messagePage('대상을 찾을 수 없습니다.'), { status: 404, ...about });
  const asked = searchParams.get('cpage');
  if (asked === null) return html('post', postPage(found, now, null), about);
  return html('comments', postPage(found, now, pageNumber(asked, 1)), about);
}
