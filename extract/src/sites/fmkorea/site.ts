import { endsWithHtml, MAX_COMMENT_PAGES, type PageRequest, type SiteDefinition, type SitePages } from '../site.ts';
import { commentPageShown, parseBoardList, parseComments, parsePost, placeOf } from './parse.ts';

/**
 * Boards are fmkorea's own names. Its robots.txt (2026-09) forbids all but `/best`, `/best2` and `/humor`, so a car board or the search
 * are refused at run time; `best` (newest promotion first) and `best2` (most discussed) are what can be watched.
 */
export const fmkorea: SiteDefinition = {
  name: 'fmkorea',
  home: 'https://www.fmkorea.com',
  robotsSubject: 'hotpost',
  // It answers 430 to whoever asks faster (measured 2026).
  politeness: { delayMs: 5000, concurrency: 1 },
  encoding: 'utf-8',
  // The best lists are ordered by when a post was promoted, not written.
  listOrder: 'other',
  pages,
};

function pages(baseUrl: string): SitePages {
  const page = (path: string, query: Readonly<Record<string, string>> = {}): PageRequest => {
    const url = new URL(path, baseUrl);
    url.search = new URLSearchParams(query).toString();
    return { method: 'GET', url: url.href, expects: 'html', encoding: 'utf-8', isWhole: endsWithHtml };
  };
  return {
    boardList: (board, number) => page(`/${board}`, number === 1 ? {} : { page: String(number) }),
    // robots.txt shuts /search.php and every query of / out (2026-09); no reader for its result was ever written.
    search: () => null,
    parseBoardList,
    parseSearch: () => [],
    post: ({ board, post_id }) => page(`/${board}/${post_id}`),
    placeOf,
    parsePost,
    // The post shows the last page. Assumed (sites.md names no address): `cpage`, XpressEngine's own parameter, gives the others inside
    // the whole page of the post, each with an equal share of the comments that are left.
    otherCommentPages({ board, post_id }, html, { commentCount, rows }) {
      const others = Math.min(commentPageShown(html) - 1, commentCount, MAX_COMMENT_PAGES);
      const left = Math.max(0, commentCount - rows);
      return Array.from({ length: others }, (_, index) => ({
        expectedRows: Math.max(1, Math.ceil((left - index) / others)),
        request: page(`/${board}/${post_id}`, { cpage: String(index + 1) }),
      }));
    },
    parseComments,
  };
}
