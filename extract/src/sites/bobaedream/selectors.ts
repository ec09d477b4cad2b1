/** Where bobaedream keeps what, by page. Seen in saved pages of 2020–2026 (sites.md, grade P), the search in working scrapers (S). */

/** A link to a board's list: every page of the site has a menu of them (2026-11: assumed of script-free error pages, too). */
export const frame = 'a[href*="/list"][href*="code="]';

export const list = {
  any: 'tr[itemscope]',
  row: 'tr[itemscope]:not(.best, .notice, .mall)',
  link: 'a.bsubject[href*="No="]',
  // Absent when there is none.
  comments: 'span.Comment strong.totreply',
  date: 'td.date',
} as const;

export const search = {
  row: 'div.search_Community ul li',
  link: 'dt a[href]',
  // Board, author, `YY. MM. DD`; some rows have none.
  path: 'dd.path span',
} as const;

export const post = {
  header: '.writerProfile',
  title: '.writerProfile dl dt[title]',
  printedComments: 'em.detailTxtDeco01',
  counts: '.countGroup',
  // Views, then likes; a bare `em` list would also hold a separator.
  count: '.countGroup em.txtType',
  author: '.nickName',
  // My-car posts keep their text in `.mycarCont`.
  body: 'div.bodyCont[itemprop=articleBody], .mycarCont',
} as const;

export const comments = {
  total: '.comm2',
  list: 'ul.basiclist#cmt_reply',
  text: 'dd[id^=small_cmt_]',
  author: 'dt span.author',
  date: 'dt span.date',
  likes: '.updownbox .first a',
  dislikes: '.updownbox .last a',
  deletedMark: '삭제된 댓글입니다',
} as const;
