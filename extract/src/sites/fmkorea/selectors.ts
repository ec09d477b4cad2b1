/** Where fmkorea keeps what, by page. Seen in saved pages up to 2026-10 (sites.md, grade P); what is marked S only in working scrapers. */
export const bestList = {
  row: 'li.li[class*=li_best2_]',
  link: 'h3.title a[href]',
  // The link's text without the count of comments, which stands inside the link (S).
  title: '.ellipsis-target',
  comments: '.comment_count',
  date: '.regdate',
} as const;

export const boardTable = {
  table: 'table.bd_lst',
  row: 'table.bd_lst tbody tr:not(.notice)',
  link: 'td.title a',
  comments: 'a.replyNum',
  date: 'td.time',
  // Links of a table may name the post alone; the search form names the board (S).
  board: 'input[name=mid]',
} as const;

export const post = {
  header: '.rd_hd',
  title: 'h1 .np_18px_span',
  date: '.rd_hd .date.m_no',
  author: '.rd_hd .member_plate',
  // Views, likes, comments.
  count: '.rd_hd .side.fr span b',
  body: 'article .xe_content',
} as const;

export const comments = {
  list: 'ul.fdb_lst_ul',
  row: 'ul.fdb_lst_ul > li.fdb_itm',
  author: '.member_plate',
  date: 'span.date',
  // Not in sites.md (S): the text, the name of the person whom a reply answers, the votes.
  text: '.xe_content',
  answered: '.findParent',
  likes: '.voted_count',
  deletedMark: '삭제된 댓글',
} as const;
