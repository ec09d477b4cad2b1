import type { Backfill } from '../../../common/contracts/settings.ts';
import { RefusedByRobotsError } from '../../../common/errors.ts';
import { problem } from '../../../common/manifests.ts';
import { queueOf } from '../crawl/crawl-state.ts';
import type { ListedPost } from '../sites/site.ts';
import { firstPageOfRange } from './first-page-of-range.ts';
import { countFound, dayOf, dayOfPage, dueAt, knownRows, rowId } from './listed-posts.ts';
import type { PostList } from './post-lists.ts';
import { probePage, readPage, type SearchRun } from './search-run.ts';

interface Progress {
  /** Rows of pages that were looked at already. */
  readonly pages: Map<number, ListedPost[]>;
  /** Keeps the page from which a later run goes on. */
  readonly remember: (page: number) => Promise<void>;
}

/**
 * Pages a list back until its rows are older than the range, and queues posts of the range that nobody has read or waits for. It goes on
 * where the backfill of this range came to before, with that page again, because lists move. A dry run starts anew and only counts.
 * What a site does not let us page back to is a problem `out_of_reach`.
 */
export async function followBackfill(list: PostList, run: SearchRun, backfill: Backfill): Promise<void> {
  const { posts } = run.deps;
  const queue = queueOf(run.site.name, backfill);
  const cursorId = `${queue}#${list.id}`;
  const pages = new Map<number, ListedPost[]>();
  const cursor = run.event.dryRun ? null : await posts.cursor(cursorId);
  const remember = (page: number) => (run.event.dryRun ? Promise.resolve() : posts.setCursor(cursorId, page));
  const start = await firstPage(list, cursor ?? 1, { pages, remember }, run, backfill);
  const seen = new Set<string>();
  let oldest: string | null = null;

  for (let number = start; ; number += 1) {
    const rows = pages.get(number) ?? (await pageAt(list, number, run, readPage));
    if (rows === null) {
      if (oldest === null || oldest >= backfill.from) run.problems.push(outOfReach(list, oldest, backfill));
      return;
    }
    if (rows.every((row) => seen.has(rowId(row, run)))) return;
    for (const row of rows) seen.add(rowId(row, run));
    await queueNew(rows, queue, run, backfill);
    await remember(number);

    for (const day of rows.map(dayOf)) if (oldest === null || day < oldest) oldest = day;
    if (dayOfPage(rows) < backfill.from || run.event.environment === 'DEV') return;
  }
}

/** Lists that are sorted by time are searched for the range's end instead of walked to it. */
async function firstPage(list: PostList, from: number, { pages, remember }: Progress, run: SearchRun, { to }: Backfill): Promise<number> {
  if (run.site.listOrder !== 'newest-first') return from;
  const looks = new Set<string>();
  return firstPageOfRange(from, async (number) => {
    const rows = await pageAt(list, number, run, number === from ? readPage : probePage);
    // What has no rows is looked at once more, and closely, when reading comes to it.
    if (rows === null || rows.length === 0) return false;
    pages.set(number, rows);
    const look = rows.map((row) => rowId(row, run)).join();
    // The last page again: the list ends before the range begins.
    if (looks.has(look)) return false;
    looks.add(look);
    const liesAfter = dayOfPage(rows) > to;
    if (liesAfter) await remember(number);
    return liesAfter;
  });
}

/** Null when the page cannot be asked for. @throws RefusedByRobotsError when that holds for the first page: then the list is closed. */
async function pageAt(list: PostList, number: number, run: SearchRun, read: typeof readPage): Promise<ListedPost[] | null> {
  const request = list.page(number);
  if (request === null) return null;
  try {
    return await read(list, number, request, run);
  } catch (error) {
    if (number > 1 && error instanceof RefusedByRobotsError) return null;
    throw error;
  }
}

async function queueNew(rows: readonly ListedPost[], queue: string, run: SearchRun, { from, to }: Backfill): Promise<void> {
  const inRange = await knownRows(
    rows.filter((row) => from <= dayOf(row) && dayOf(row) <= to),
    run,
  );
  const fresh = inRange.filter(({ state, id }) => state === undefined && !(run.event.dryRun && run.found.has(id)));
  const posts = fresh.map(({ post }) => post);
  if (!run.event.dryRun) await run.deps.posts.add(posts, dueAt(run), queue);
  countFound(inRange, run);
  run.tally.added += fresh.length;
}

function outOfReach(list: PostList, oldest: string | null, { from, to }: Backfill) {
  const seen = oldest === null ? 'nothing of it can be paged back to' : `it can be paged back to ${oldest} only`;
  return problem('out_of_reach', list.subject, `${seen}; of ${from} to ${to}, what is older cannot be had from this list`);
}
