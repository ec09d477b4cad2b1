import { html, pageNumber, robots, type PageAnswer, type PageRequest, type Standing } from '../page-answer.ts';
import { commentList, commentPages } from './comment-rows.ts';
import { BOARDS, layout, SCRIPT_PAGE } from './layout.ts';
import { listPage } from './list-page.ts';
import { commentSource, postPage } from './post-page.ts';
import { matchesSearch, searchPage } from './search-page.ts';

/** `Crawl-delay` is far below what the real site would ask for: the laptop run must not wait for itself. */
const ROBOTS = `User-agent: GPTBot
Disallow: /

User-agent: *
Allow: /
Crawl-delay: 0.06
`;

/** Answers a request to bobaedream. */
export function answer(request: PageRequest, standing: Standing): PageAnswer {
  switch (request.url.pathname) {
    case '/robots.txt':
      return robots(ROBOTS);
    case '/list':
      return list(request, standing);
    case '/search':
      return search(request, standing);
    case '/view':
    case '/view.php':
      return post(request, standing);
    case '/board_renew/bulletin/comment_list.php':
      return comments(request, standing);
    default:
      return html('other', layout('페이지 없음', '<p>요청하신 페이지가 없습니다.</p>'), { status: 404 });
  }
}

function list({ url }: PageRequest, { posts, now }: Standing): PageAnswer {
  const board = url.searchParams.get('code') ?? '';
  if (!(board in BOARDS)) return html('list', SCRIPT_PAGE, { board });
  const ofBoard = posts.filter((post) => post.board === board);
  return html('list', listPage(board, ofBoard, pageNumber(url.searchParams.get('page'), 1), now), { board });
}

/** Only the form of the site's own search page is taken, from that page. */
function search({ method, url, form, origin, referer }: PageRequest, { posts }: Standing): PageAnswer {
  if (method !== 'POST') return html('search', layout('통합검색', '<p>검색어를 입력해 주세요.</p>'));
  const keyword = form.get('keyword')?.trim() ?? '';
  const isOurForm = form.get('colle') === 'community' && form.get('searchField') === 'ALL' && form.get('sort') === 'DATE' && keyword !== '';
  if (!isOurForm || origin !== url.origin || !referer.startsWith(`${url.origin}/search`))
    return html('search', SCRIPT_PAGE, { status: 403 });
  const hits = posts.filter((post) => matchesSearch(post, keyword));
  return html('search', searchPage(keyword, hits, pageNumber(form.get('page'), 1)));
}

function post({ url }: PageRequest, { posts, now }: Standing): PageAnswer {
  const about = identity(url);
  const found = posts.find((candidate) => candidate.board === about.board && candidate.postId === about.postId);
  return html('post', found ? postPage(found, now) : SCRIPT_PAGE, about);
}

/** A fragment, not a page. The table and the token must be those of the post's page, and the request must come from there. */
function comments({ url, referer }: PageRequest, { posts }: Standing): PageAnswer {
  const about = identity(url);
  const found = posts.find((candidate) => candidate.board === about.board && candidate.postId === about.postId);
  if (found?.state !== 'there') return html('comments', SCRIPT_PAGE, about);
  const source = commentSource(found);
  const given = (name: string) => url.searchParams.get(name);
  const isFromPage = isPageOf(referer, url.origin, about) && given('tb') === source.tb && given('wid') === source.wid;
  if (!isFromPage || given('strLimit') !== '100') return html('comments', SCRIPT_PAGE, { ...about, status: 403 });
  const page = Math.min(pageNumber(given('page'), 1), Math.max(1, commentPages(found.comments)));
  return html('comments', `${commentList(found.comments, page)}\n`, about);
}

function isPageOf(referer: string, origin: string, about: { board: string; postId: string }): boolean {
  if (!referer.startsWith(`${origin}/view`) || !URL.canParse(referer)) return false;
  const page = identity(new URL(referer));
  return page.board === about.board && page.postId === about.postId;
}

function identity(url: URL): { board: string; postId: string } {
  return { board: url.searchParams.get('code') ?? '', postId: url.searchParams.get('No') ?? '' };
}
