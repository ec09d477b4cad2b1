/** Where clien keeps what, by page. Seen in saved pages up to 2026-09 (sites.md, grade P). */

/** A link to a board: every page of the site has a menu of them. */
export const frame = 'a[href*="/service/board/"]';

export const list = {
  // Rows without `data-role` are ads.
  row: 'div.list_item.symph_row[data-role=list-row]:not(.notice, .hongbo)',
  // On jirum the link lies inside the titled span.
  link: 'a.list_subject[href], span.list_subject a[href]',
  title: '[data-role=list-title-text]',
  comments: '.rSymph05',
  date: '.timestamp',
} as const;

export const post = {
  header: 'h3.post_subject',
  // Category and sold-out marks are classed spans before the title.
  title: 'h3.post_subject > span:not([class])',
  printedComments: 'h3.post_subject a.post_reply span',
  views: '.post_author .view_count strong',
  // Created, then perhaps edited in `.lastdate`.
  date: '.view_count.date',
  edited: '.lastdate',
  // Absent when there is none.
  likes: 'a.symph_count strong',
  body: 'div.post_article',
  // Not in sites.md: an id or a nickname outside of lists and comments is the writer's.
  authorId: '[data-author-id]:not(.comment_row, .comment_row *, .list_item, .list_item *)',
  author: '.nickname:not(.comment_row *, .list_item *)',
} as const;

export const comments = {
  total: '.comment_head strong',
  row: 'div.comment_row[data-comment-sn]',
  text: '.comment_view',
  date: '.comment_time .timestamp',
  likes: 'strong[id^=setLikeCount_]',
} as const;
