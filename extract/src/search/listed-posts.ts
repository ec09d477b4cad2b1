import { utcText } from '../../../common/clock.ts';
import { instantOf } from '../../../common/contracts/batch.ts';
import { postId, type FoundPost, type PostState } from '../crawl/crawl-state.ts';
import type { ListedPost } from '../sites/site.ts';
import type { SearchRun } from './search-run.ts';

/** A row of a list with what the crawl state knows of its post. */
export interface KnownRow {
  readonly id: string;
  readonly row: ListedPost;
  readonly post: FoundPost;
  readonly state: PostState | undefined;
}

/** The time at which new posts of this run are due. */
export function dueAt({ event }: SearchRun): string {
  return utcText(instantOf(event.batch));
}

/** The key of a row's post, as text. */
export function rowId(row: ListedPost, { site }: Pick<SearchRun, 'site'>): string {
  return postId({ site: site.name, board: row.board, post_id: row.postId });
}

/** Looks rows up in the crawl state; a post that stands in two rows comes once. */
export async function knownRows(rows: readonly ListedPost[], run: SearchRun): Promise<KnownRow[]> {
  const posts = rows.map((row) => ({ id: rowId(row, run), row, post: foundPost(row, run) }));
  const distinct = [...new Map(posts.map((post) => [post.id, post])).values()];
  const states = await run.deps.posts.known(distinct.map(({ post }) => post));
  return distinct.map((post) => ({ ...post, state: states.get(post.id) }));
}

/** Counts posts as found, each once in a task however many of its lists show it. */
export function countFound(rows: readonly KnownRow[], { found, tally }: SearchRun): void {
  for (const { id } of rows) found.add(id);
  tally.found = found.size;
}

/** Notes the order of a watched board's rows; a search's order says nothing of a board. A row that moved to a later page keeps its place. */
export function noteRanks(rows: readonly KnownRow[], { event, ranked }: SearchRun): void {
  if (event.kind !== 'board') return;
  for (const { id, post } of rows) if (!ranked.has(id)) ranked.set(id, { board: post.board, post_id: post.post_id });
}

/** The day in Seoul on which a post was written, as its list tells: `2026-11-20`. Such texts compare as days do. */
export function dayOf({ postedAt }: ListedPost): string {
  return postedAt.latest.toZonedDateTimeISO('Asia/Seoul').toPlainDate().toString();
}

/** The day of a page: of its middle row, so that one that was pinned or moved there decides nothing. */
export function dayOfPage(rows: readonly ListedPost[]): string {
  return (
    rows
      .map(dayOf)
      .sort()
      .at(Math.floor(rows.length / 2)) ?? ''
  );
}

function foundPost(row: ListedPost, { site, isMatched }: SearchRun): FoundPost {
  const key = { board: row.board, post_id: row.postId };
  return {
    site: site.name,
    ...key,
    url: site.post(key).url,
    matched: isMatched(row.title),
    ...(row.postedAt.exact === null ? {} : { created_at: utcText(row.postedAt.exact) }),
    ...(row.commentCount === null ? {} : { comment_count: row.commentCount }),
  };
}
