import { html, json, pageNumber, robots, type PageAnswer, type PageRequest, type Standing } from '../page-answer.ts';
import { commentAnswer } from './comment-answer.ts';
import { GALLERIES, goneScript, layout } from './layout.ts';
import { listPage } from './list-page.ts';
import { postPage, tokenOf } from './post-page.ts';

/** Galleries are allowed, as in the report of 2026-09 (sites.md); which paths it forbade is our guess. `Crawl-delay` is ours. */
const ROBOTS = `User-agent: *
Allow: /board/lists/
Allow: /board/view/
Allow: /board/comment/
Disallow: /board/write/
Disallow: /board/modify/
Disallow: /*s_keyword=
Crawl-delay: 0.1
`;

const OTHERS = 5;

/** Answers a request to dcinside. */
export function answer(request: PageRequest, standing: Standing): PageAnswer {
  switch (request.url.pathname) {
    case '/robots.txt':
      return robots(ROBOTS);
    case '/board/lists/':
      return list(request, standing);
    case '/board/view/':
      return post(request, standing);
    case '/board/comment/':
      return comments(request, standing);
    default:
      return html('other', layout('없는 페이지', '<p>존재하지 않는 페이지입니다.</p>'), { status: 404 });
  }
}

function list({ url }: PageRequest, { posts, now }: Standing): PageAnswer {
  const board = url.searchParams.get('id') ?? '';
  if (!(board in GALLERIES)) return html('list', goneScript(board), { board });
  const ofGallery = posts.filter((candidate) => candidate.board === board);
  return html('list', listPage(board, ofGallery, pageNumber(url.searchParams.get('page'), 1), now), { board });
}

function post({ url }: PageRequest, { posts, now }: Standing): PageAnswer {
  const about = identity(url);
  const found = posts.find((candidate) => candidate.board === about.board && candidate.postId === about.postId);
  const others = posts.filter((candidate) => candidate !== found).slice(0, OTHERS);
  return html('post', found ? postPage(found, others, now) : goneScript(about.board), about);
}

/** Only for the page's own script, with the page's token: whoever else asks gets an empty body, as measured on the site. */
function comments({ method, url, form, referer, requestedWith }: PageRequest, { posts, now }: Standing): PageAnswer {
  const about = { board: form.get('id') ?? '', postId: form.get('no') ?? '' };
  const found = posts.find((candidate) => candidate.board === about.board && candidate.postId === about.postId);
  const isFromPage = method === 'POST' && requestedWith === 'XMLHttpRequest' && isPageOf(referer, url.origin, about);
  const isTheForm =
    form.get('cmt_id') === about.board &&
    form.get('cmt_no') === about.postId &&
    form.get('sort') === 'D' &&
    form.get('_GALLTYPE_') === 'G' &&
    found !== undefined &&
    form.get('e_s_n_o') === tokenOf(found);
  if (found?.state !== 'there' || !isFromPage || !isTheForm) return html('comments', '', about);
  return json('comments', commentAnswer(found, pageNumber(form.get('comment_page'), 1), now), about);
}

function isPageOf(referer: string, origin: string, about: { board: string; postId: string }): boolean {
  if (!referer.startsWith(`${origin}/board/view/`) || !URL.canParse(referer)) return false;
  const page = identity(new URL(referer));
  return page.board === about.board && page.postId === about.postId;
}

function identity({ searchParams }: URL): { board: string; postId: string } {
  return { board: searchParams.get('id') ?? '', postId: searchParams.get('no') ?? '' };
}
