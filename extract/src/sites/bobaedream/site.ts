import { isScriptPage } from '../gone.ts';
import { endsWithHtml, MAX_COMMENT_PAGES, type PageRequest, type SiteDefinition, type SitePages } from '../site.ts';
import { commentSource, parseComments } from './comments.ts';
import { parseBoardList, parsePost, parseSearch, placeOf } from './parse.ts';

const COMMENTS_A_PAGE = 100;

export const bobaedream: SiteDefinition = {
  name: 'bobaedream',
  home: 'https://www.bobaedream.co.kr',
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
    isWhole: (text) => endsWithHtml(text) || isScriptPage(text),
  });
  const post: SitePages['post'] = ({ board, post_id }) => page(`/view?${new URLSearchParams({ code: board, No: post_id }).toString()}`);

  return {
    boardList: (board, number) => page(`/list?${new URLSearchParams({ code: board, page: String(number) }).toString()}`),
    search: (term, number) => ({
      ...page('/search'),
      method: 'POST',
      form: { keyword: term, colle: 'community', searchField: 'ALL', page: String(number), sort: 'DATE', startDate: '' },
      headers: { Origin: new URL(baseUrl).origin, Referer: new URL('/search', baseUrl).href },
    }),
    parseBoardList,
    parseSearch,
    post,
    placeOf,
    parsePost,
    // The page shows the last page of comments. Assumed (sites.md is silent): page 1 holds the oldest.
    otherCommentPages(key, html, { commentCount }) {
      const others = Math.min(MAX_COMMENT_PAGES, Math.max(0, Math.ceil(commentCount / COMMENTS_A_PAGE) - 1));
      if (others === 0) return [];
      const source = commentSource(html);
      return Array.from({ length: others }, (_, index) => {
        const query = new URLSearchParams({
          tb: source.tb,
          code: key.board,
          No: key.post_id,
          page: String(index + 1),
          strLimit: String(COMMENTS_A_PAGE),
          strOrder: '',
          strMywrite: '',
          focus: 'top',
          wid: source.wid,
        });
        return {
          expectedRows: COMMENTS_A_PAGE,
          request: {
            ...page(`/board_renew/bulletin/comment_list.php?${query.toString()}`),
            headers: { Referer: post(key).url },
            // A fragment has no closing </html>: its rows are counted later, here the last of them is seen to be closed.
            isWhole: (text: string) => /<\/(?:li|ul|div|script)>\s*$/i.test(text),
          },
        };
      });
    },
    parseComments,
  };
}
