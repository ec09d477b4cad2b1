import { isScriptPage } from '../gone.ts';
import { endsWithHtml, MAX_COMMENT_PAGES, type PageRequest, type SiteDefinition, type SitePages } from '../site.ts';
import { galleryOf, galleryPath, placeOf } from './galleries.ts';
import { isAnswer, parseComments } from './parse-comments.ts';
import { commentFields, parseBoardList, parsePost } from './parse.ts';

const COMMENTS_A_PAGE = 100;

/** Boards are galleries, see galleries.ts. Reports of its robots.txt disagree (2026-04 a whitelist, 2026-09 allowed galleries). */
export const dcinside: SiteDefinition = {
  name: 'dcinside',
  home: 'https://gall.dcinside.com',
  robotsSubject: 'hotpost',
  politeness: { delayMs: 2000, concurrency: 1 },
  encoding: 'utf-8',
  listOrder: 'newest-first',
  pages,
};

function pages(baseUrl: string): SitePages {
  const page = (board: string, kind: 'lists' | 'view', query: Readonly<Record<string, string>>): PageRequest => {
    const gallery = galleryOf(board);
    const parameters = new URLSearchParams({ id: gallery.id, ...query });
    return {
      method: 'GET',
      url: new URL(`${galleryPath(gallery)}/${kind}/?${parameters.toString()}`, baseUrl).href,
      expects: 'html',
      encoding: 'utf-8',
      isWhole: (text) => endsWithHtml(text) || isScriptPage(text),
    };
  };
  const post: SitePages['post'] = ({ board, post_id }) => page(board, 'view', { no: post_id });

  return {
    boardList: (board, number) => page(board, 'lists', { page: String(number) }),
    // There is no search over all galleries on this host. A gallery's own (`s_keyword`, `search_pos=-NNN`) looks through 10,000 posts a
    // step, names the next step only in its page and repeats its last page for ever: whoever watches a gallery by its list, as we
    // do, reads the same posts with fewer requests.
    search: () => null,
    parseBoardList,
    parseSearch: () => [],
    post,
    placeOf,
    parsePost,
    otherCommentPages({ board, post_id }, html, { commentCount }) {
      const count = Math.min(MAX_COMMENT_PAGES, Math.ceil(commentCount / COMMENTS_A_PAGE));
      if (count === 0) return [];
      const { id } = galleryOf(board);
      const fields = commentFields(html);
      return Array.from({ length: count }, (_, index) => ({
        expectedRows: Math.min(COMMENTS_A_PAGE, commentCount - index * COMMENTS_A_PAGE),
        request: {
          method: 'POST' as const,
          url: new URL('/board/comment/', baseUrl).href,
          form: { id, no: post_id, cmt_id: id, cmt_no: post_id, comment_page: String(index + 1), sort: 'D', ...fields },
          headers: { 'X-Requested-With': 'XMLHttpRequest', Referer: post({ board, post_id }).url },
          expects: 'json' as const,
          encoding: 'utf-8' as const,
          isWhole: isAnswer,
        },
      }));
    },
    parseComments,
  };
}
