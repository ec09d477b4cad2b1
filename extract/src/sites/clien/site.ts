import { endsWithHtml, type PageRequest, type SiteDefinition, type SitePages } from '../site.ts';
import { parseBoardList, parseComments, parsePost, placeOf } from './parse.ts';

export const clien: SiteDefinition = {
  name: 'clien',
  home: 'https://www.clien.net',
  robotsSubject: 'hotpost',
  politeness: { delayMs: 1000, concurrency: 2 },
  encoding: 'utf-8',
  listOrder: 'newest-first',
  pages,
};

function pages(baseUrl: string): SitePages {
  const page = (path: string): PageRequest => ({
    method: 'GET',
    url: new URL(path, baseUrl).href,
    expects: 'html',
    encoding: 'utf-8',
    isWhole: endsWithHtml,
  });
  return {
    // robots.txt shuts every query out (2026-09), and so all but the first page.
    boardList: (board, number) => (number === 1 ? page(`/service/board/${board}`) : null),
    // robots.txt shuts /service/search out (2026-09); no reader for its result was ever written.
    search: () => null,
    parseBoardList,
    parseSearch: () => [],
    post: ({ board, post_id }) => page(`/service/board/${board}/${post_id}`),
    placeOf,
    parsePost,
    otherCommentPages: () => [],
    parseComments,
  };
}
