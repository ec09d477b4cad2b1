import type { Clock } from '../../../common/clock.ts';
import { RefusedByRobotsError } from '../../../common/errors.ts';
import type { PoliteReader } from '../crawl/polite-reader.ts';
import type { ListedPost, Site } from '../sites/site.ts';

export interface BoardList {
  readonly site: Site;
  readonly board: string;
  /** How many pages of the list to follow; `all` goes to its end. */
  readonly pages: number | 'all';
}

/** A row with its place on the whole list, 1 = top. */
export type RankedPost = ListedPost & { readonly rank: number };

/** What hears how a list goes. */
export interface ListListener {
  read(): void;
  /** A page that could not be read, or could not be parsed. False: nothing more may be asked. @throws what is a fault. */
  lost(error: unknown, page: number): boolean;
}

/** After so many pages in a row that could not be read, a list is given up. */
const MAX_LOST_IN_A_ROW = 2;

/**
 * The posts of a board, page after page of its list, each once. A list ends where its site has no further page, or where a page
 * brings nothing that was not there before: some sites show their last page again for every number beyond it.
 */
export async function* listedPosts(
  { site, board, pages }: BoardList,
  reader: Pick<PoliteReader, 'read'>,
  clock: Clock,
  listener: ListListener,
): AsyncGenerator<RankedPost, void, void> {
  const seen = new Set<string>();
  let lost = 0;
  for (let number = 1; (pages === 'all' || number <= pages) && lost < MAX_LOST_IN_A_ROW; number += 1) {
    const request = site.boardList(board, number);
    if (request === null) return;
    let rows: ListedPost[];
    try {
      const { status, text } = await reader.read(request);
      if (status >= 400) return;
      rows = site.parseBoardList(text, clock.now());
    } catch (error) {
      if (!listener.lost(error, number) || error instanceof RefusedByRobotsError) return;
      lost += 1;
      continue;
    }
    listener.read();
    lost = 0;
    const fresh = rows.filter((row) => !seen.has(identityOf(row)));
    if (fresh.length === 0) return;
    const before = seen.size;
    for (const row of fresh) seen.add(identityOf(row));
    yield* fresh.map((row, index) => ({ ...row, rank: before + index + 1 }));
  }
}

function identityOf({ board, postId }: ListedPost): string {
  return `${board}/${postId}`;
}
