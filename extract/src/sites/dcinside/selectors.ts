/** Where dcinside keeps what, by page. Seen in saved pages up to 2026-09 (sites.md); what is marked S only in working scrapers. */
export const list = {
  // Ads lack `us-post`. The class attribute may hold line feeds.
  row: 'tr.ub-content.us-post',
  notice: '[data-type=icon_notice]',
  // A number; in notices and surveys a word (S).
  number: 'td.gall_num',
  link: 'td.gall_tit a[href]',
  comments: '.reply_num',
  date: 'td.gall_date',
} as const;

export const post = {
  title: 'span.title_subject',
  date: 'span.gall_date',
  views: 'span.gall_count',
  comments: '.gall_comment',
  body: 'div.write_div',
  likes: 'p.up_num',
  // Below the post stands a list again, whose writers are cells (S).
  author: '.gall_writer:not(td)',
} as const;

/** Inputs of the post's page that the request for its comments repeats. */
export const commentForm = {
  token: 'input#e_s_n_o',
  boardType: 'input#board_type',
  galleryType: 'input#_GALLTYPE_',
} as const;
