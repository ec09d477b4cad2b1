import { namesInAttribute, namesInContent } from '../page.ts';
import { endsWithHtml, type PageRequest, type Site } from '../site.ts';
import { parseBoardList, parseComments, parsePost } from './parse.ts';
import { people } from './selectors.ts';

/** @param baseUrl scheme and host, as `https://www.clien.net` */
export function clien(baseUrl: string): Site {
  const page = (path: string): PageRequest => ({ method: 'GET', url: new URL(path, baseUrl).href, isWhole: endsWithHtml });
  return {
    name: 'clien',
    // robots.txt shuts every query out (2026-09), and so all but the first page.
    boardList: (board, number) => (number === 1 ? page(`/service/board/${board}`) : null),
    // robots.txt shuts /service/search out (2026-09); no reader for its result was ever written.
    search: () => null,
    parseBoardList,
    parseSearch: () => [],
    post: ({ board, post_id }) => page(`/service/board/${board}/${post_id}`),
    parsePost,
    otherCommentPages: () => [],
    parseComments,
    namesIn: (html) => [...namesInContent(html, people.content), ...namesInAttribute(html, people.attribute)],
  };
}
