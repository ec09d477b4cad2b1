/** Rows of a page of comments, as large as sites make them. */
const COMMENTS_A_PAGE = 100;

/** Requests that a post with so many comments costs: its own page, and one for each further page of comments. */
export function requestCost(commentCount: number): number {
  return Math.max(1, Math.ceil(commentCount / COMMENTS_A_PAGE));
}
