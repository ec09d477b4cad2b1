/** What Korean boards print in place of a post that is no longer shown. */
const NOTICE =
  /(?:삭제|블라인드|비공개|숨김)[^\n]{0,20}(?:게시물|게시글|글)|(?:게시물|게시글|글)[^\n]{0,20}(?:삭제|블라인드|비공개|숨김)|(?:존재하지\s?않|없)는\s?(?:게시물|게시글|글)/;
/** A notice is short; a longer line is somebody's sentence. */
const LONGEST_NOTICE = 60;

/** True when a line of a page's visible text says that the post was taken away. */
export function saysGone(text: string): boolean {
  return text.split('\n').some((line) => line.length <= LONGEST_NOTICE && NOTICE.test(line));
}

/** A script page is short (bobaedream's has about 121 bytes); a page with a post in it is not. */
const LONGEST_SCRIPT_PAGE = 1000;

/** True for a script and nothing else, with status 200: how some sites answer for a post or board that does not exist. */
export function isScriptPage(text: string): boolean {
  return text.length < LONGEST_SCRIPT_PAGE && /^\s*<script[^]*<\/script>\s*$/i.test(text);
}
