import { Temporal } from 'temporal-polyfill';
import { problem } from '../../../common/manifests.ts';
import { queueOf } from '../crawl/crawl-state.ts';
import { beginFollowing, type Following } from './followed-before.ts';
import { countFound, dueAt, knownRows, noteRanks, type KnownRow } from './listed-posts.ts';
import type { PostList } from './post-lists.ts';
import { readPage, type SearchRun } from './search-run.ts';

/** A search brings ten posts a page, newest first: three pages are more than any keyword gets between two batches. */
const KEYWORD_PAGES = 3;

/** For lists that begin anew each time. */
const WITHOUT_NOTES: Following = { leftGap: false, done: () => Promise.resolve() };

/**
 * Follows a list from its top: posts inside the window that are new become due, and so do known ones with more comments. A list that is
 * sorted by time ends at the first page that reaches what an earlier batch knew or what is too old; another one when a page brings nothing new.
 * After a run that was stopped on the way, what is known says nothing about what stands beneath it.
 */
export async function followLive(list: PostList, run: SearchRun): Promise<void> {
  const isPaged = run.site.listOrder === 'newest-first' && mostPages(run) > 1 && list.page(2) !== null;
  const following = isPaged ? await beginFollowing(list, run) : WITHOUT_NOTES;
  await followPages(list, run, following);
  await following.done();
}

async function followPages(list: PostList, run: SearchRun, { leftGap }: Following): Promise<void> {
  const seen = new Set<string>();
  const pages = mostPages(run);
  let isNewToTheEnd = false;
  for (let number = 1; number <= pages; number += 1) {
    const request = list.page(number);
    if (request === null) return;
    const rows = await knownRows(await readPage(list, number, request, run), run);
    // Past its end a list may repeat its last page.
    if (rows.every(({ id }) => seen.has(id))) return;
    for (const { id } of rows) seen.add(id);
    noteRanks(rows, run);

    const recent = rows.filter((row) => isRecent(row, run));
    const fresh = recent.filter(isNew);
    await upsert(recent, fresh, run);
    const isEnd =
      run.site.listOrder === 'newest-first'
        ? recent.length < rows.length || (!leftGap && recent.some((row) => wasKnownBefore(row, run)))
        : fresh.length === 0;
    if (isEnd) return;
    isNewToTheEnd = fresh.length > 0;
  }
  if (pages > 1 && isNewToTheEnd)
    run.problems.push(problem('more_pages', list.subject, `all of ${pages} pages was new; what stands on later pages is not followed`));
}

function mostPages({ event, deps }: SearchRun): number {
  if (event.environment === 'DEV') return 1;
  return event.kind === 'board' ? deps.boardPages : KEYWORD_PAGES;
}

async function upsert(recent: readonly KnownRow[], fresh: readonly KnownRow[], run: SearchRun): Promise<void> {
  const { deps, site, event, tally } = run;
  const at = dueAt(run);
  const grown = recent.filter((row) => hasGrown(row, at));
  if (!event.dryRun) {
    const posts = fresh.map(({ post }) => post);
    await deps.posts.add(posts, at, queueOf(site.name, null));
    await Promise.all(grown.map(({ post: { board, post_id } }) => deps.posts.hasten({ site: site.name, board, post_id }, at)));
  }
  countFound(recent, run);
  tally.added += fresh.length;
  tally.hastened += grown.length;
}

/** Nobody knows it, or only a backfill that has not read it yet. */
function isNew({ state }: KnownRow): boolean {
  return state === undefined || waitsForBackfill(state);
}

function waitsForBackfill({ due_site, site, last_checked_at }: NonNullable<KnownRow['state']>): boolean {
  return due_site !== undefined && due_site !== site && last_checked_at === undefined;
}

/** What this very batch added may have come by another list, which says nothing about the rest of this one. */
function wasKnownBefore({ state }: KnownRow, run: SearchRun): boolean {
  if (state === undefined || waitsForBackfill(state)) return false;
  return state.last_checked_at !== undefined || state.next_due_at !== dueAt(run);
}

function hasGrown({ row, state, post }: KnownRow, at: string): boolean {
  if (state === undefined || waitsForBackfill(state) || state.status === 'gone') return false;
  // The robots file may have changed since: the reading itself asks it again.
  const isStale = state.status === 'refused' || (row.commentCount ?? 0) > state.comment_count;
  const isInLiveQueue = (state.due_site ?? post.site) === post.site;
  return isStale && (!isInLiveQueue || state.next_due_at === undefined || state.next_due_at > at);
}

function isRecent({ row }: KnownRow, { deps }: SearchRun): boolean {
  return Temporal.Instant.compare(row.postedAt.latest, deps.clock.now().subtract({ hours: deps.windowHours })) > 0;
}
