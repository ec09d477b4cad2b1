import { html, pageNumber, robots, type PageAnswer, type PageRequest, type Standing } from '../page-answer.ts';
import { alertPage, BOARDS } from './layout.ts';
import { listPage } from './list-page.ts';
import { postPage } from './post-page.ts';

/** The rules of 2026-09 (sites.md). `Crawl-delay` is ours: the laptop run must not wait for itself. */
const ROBOTS = `User-agent: *
Disallow: /service/search
Disallow: /service/recommend
Disallow: /service/group/
Disallow: /service/board/sold
Disallow: /service/board/hongbo
Disallow: /*?*
Crawl-delay: 0.1
`;

const BOARD_PATH = /^\/service\/board\/(\w+)(?:\/(\d+))?\/?$/;

/** Answers a request to clien, also one that robots.txt forbids: keeping to it is the reader's part. */
export function answer({ url }: PageRequest, standing: Standing): PageAnswer {
  if (url.pathname === '/robots.txt') return robots(ROBOTS);
  const [, board, postId] = BOARD_PATH.exec(url.pathname) ?? [];
  if (board === undefined || !(board in BOARDS)) return html('other', alertPage('존재하지 않는 페이지입니다.'), { status: 404 });
  if (postId === undefined) return list(board, url, standing);
  return post(board, postId, standing);
}

function list(board: string, url: URL, { posts }: Standing): PageAnswer {
  const ofBoard = posts.filter((candidate) => candidate.board === board);
  return html('list', listPage(board, ofBoard, pageNumber(url.searchParams.get('po'), 0)), { board });
}

/** A deleted post answers 200, one that never was 404; both with the alert page. How the real site tells them apart is not known to us. */
function post(board: string, postId: string, { posts, now }: Standing): PageAnswer {
  const found = posts.find((candidate) => candidate.board === board && candidate.postId === postId);
  if (!found) return html('post', alertPage('존재하지 않는 게시물 입니다.'), { status: 404, board, postId });
  return html('post', postPage(found, now), { board, postId });
}
