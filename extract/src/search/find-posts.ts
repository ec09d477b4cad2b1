import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { utcText } from '../../../common/clock.ts';
import { instantOf } from '../../../common/contracts/batch.ts';
import type { SearchEvent, SearchResult } from '../../../common/contracts/events.ts';
import { keywordSetsSchema, type KeywordSet } from '../../../common/contracts/keyword-sets.ts';
import type { Problem } from '../../../common/contracts/manifest.ts';
import { InvalidEventError, RefusedByRobotsError, RetryableError } from '../../../common/errors.ts';
import { keywordMatcher, keywordSetNamed, searchTerms, type KeywordMatcher } from '../../../common/keywords.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { problem, writeManifest } from '../../../common/manifests.ts';
import { assetKeys } from '../../../common/object-keys.ts';
import { postId } from '../crawl/crawl-state.ts';
import type { PoliteReader } from '../crawl/polite-reader.ts';
import { siteNamed } from '../sites/registry.ts';
import type { ListedPost, PageRequest, Site } from '../sites/site.ts';
import type { SearchDependencies } from './dependencies.ts';

/** Kept back of the invocation's time for recording what was found. */
const MARGIN_MS = 8000;
/** Pages a list is followed while it holds nothing but new posts. */
const MAX_PAGES = { board: 2, keyword: 3 } as const;

/** One list that is read page by page; null where there is no such page. */
type PageOf = (page: number) => PageRequest | null;
type Tally = { found: number; added: number; hastened: number };

/**
 * Finds posts by one keyword's spellings or on one watched board: new ones become due, and so do known ones with more comments.
 * What a site or its robots.txt refuses is no error. @throws UnknownSiteError, InvalidEventError for a term that the set lacks,
 * PageFetchError or LayoutChangedError when a list cannot be read (the manifest says so as well).
 */
export async function findPosts(
  event: SearchEvent,
  deps: SearchDependencies,
  invocation: Pick<Invocation, 'remainingMilliseconds'>,
): Promise<SearchResult> {
  const site = siteNamed(deps.sites, event.site);
  const sets = await deps.assets.readJson(assetKeys.keywordSets, keywordSetsSchema);
  const keywords = keywordSetNamed(sets, event.keywordSetName);
  const reader = deps.openReader(event.batch, () => invocation.remainingMilliseconds() - MARGIN_MS);
  const tally: Tally = { found: 0, added: 0, hastened: 0 };
  const problems: Problem[] = [];

  const lists = listsOf(event, site, keywords);
  if (lists.length === 0)
    problems.push(problem('refused', `${site.name} ${event.kind}`, `${site.name} has no ${event.kind} list that may be read`));
  try {
    for (const pageOf of lists) await readList(pageOf, event, { site, reader, tally, matches: keywordMatcher(keywords) }, deps);
  } catch (error) {
    problems.push(problemOf(error, `${site.name} ${event.kind} ${event.term}`));
    if (!(error instanceof RefusedByRobotsError || error instanceof RetryableError)) throw error;
  } finally {
    const counts = { ...tally, requests: reader.requests() };
    await writeManifest(deps.data, { batch: event.batch, stage: 'search', part: partOf(event), site: event.site, counts, problems });
  }
  const refused = problems.some(({ kind }) => kind === 'refused');
  return { site: event.site, kind: event.kind, term: event.term, found: tally.found, added: tally.added, refused };
}

/** The lists to read; none when the site has no search. */
function listsOf({ kind, term }: SearchEvent, site: Site, keywords: KeywordSet): PageOf[] {
  if (kind === 'board') {
    if (!/^\w+$/.test(term)) throw new InvalidEventError(`Board "${term}" is no board of ${site.name}; correct the keyword set's boards`);
    return site.boardList(term, 1) ? [(page) => site.boardList(term, page)] : [];
  }
  const keyword = keywords.keywords.find(({ name }) => name === term);
  if (!keyword)
    throw new InvalidEventError(
      `Keyword "${term}" is not in the keyword set; it has ${keywords.keywords.map(({ name }) => name).join(', ')}`,
    );
  return searchTerms(keyword.spellings)
    .filter((spelling) => site.search(spelling, 1) !== null)
    .map((spelling) => (page) => site.search(spelling, page));
}

/** Reads a list until it holds something known or too old. */
async function readList(
  pageOf: PageOf,
  event: SearchEvent,
  task: { site: Site; reader: PoliteReader; tally: Tally; matches: KeywordMatcher },
  deps: SearchDependencies,
): Promise<void> {
  const seen = new Set<string>();
  for (let number = 1; number <= MAX_PAGES[event.kind]; number += 1) {
    const request = pageOf(number);
    if (request === null) return;
    const { text } = await task.reader.read(request);
    const now = deps.clock.now();
    const rows = event.kind === 'board' ? task.site.parseBoardList(text, now) : task.site.parseSearch(text, now);
    const recent = rows.filter((row) => isRecent(row, now, deps.windowHours) && !seen.has(`${row.board}#${row.postId}`));
    for (const row of recent) seen.add(`${row.board}#${row.postId}`);
    const added = await follow(recent, event, task, deps);
    if (recent.length === 0 || added < rows.length) return;
  }
}

/** Makes posts due: those that are new, and those that have more comments than when they were read. */
async function follow(
  rows: readonly ListedPost[],
  event: SearchEvent,
  { site, tally, matches }: { site: Site; tally: Tally; matches: KeywordMatcher },
  deps: SearchDependencies,
): Promise<number> {
  const at = utcText(instantOf(event.batch));
  const listed = rows.map((row) => ({ ...row, key: { site: site.name, board: row.board, post_id: row.postId } }));
  const known = await deps.posts.known(listed.map(({ key }) => key));

  const fresh = listed.filter(({ key }) => !known.has(postId(key)));
  await deps.posts.add(
    fresh.map(({ key, title }) => ({
      ...key,
      url: site.post(key).url,
      matched: event.kind === 'keyword' || matches(title, '').length > 0,
    })),
    at,
  );
  const grown = listed.filter(({ key, commentCount }) => {
    const state = known.get(postId(key));
    if (!state || state.status === 'gone') return false;
    // The robots file may have changed since: the reading itself asks it again.
    const isStale = state.status === 'refused' || (commentCount ?? 0) > state.comment_count;
    return isStale && (state.next_due_at === undefined || state.next_due_at > at);
  });
  await Promise.all(grown.map(({ key }) => deps.posts.hasten(key, at)));

  tally.found += rows.length;
  tally.added += fresh.length;
  tally.hastened += grown.length;
  return fresh.length;
}

function isRecent(row: ListedPost, now: Temporal.Instant, windowHours: number): boolean {
  return Temporal.Instant.compare(row.postedAt.latest, now.subtract({ hours: windowHours })) > 0;
}

function problemOf(error: unknown, subject: string): Problem {
  if (error instanceof RefusedByRobotsError) return problem('refused', subject, error.message);
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return problem(name, subject, message);
}

/** A key of the bucket and of the contract holds no Korean. */
function partOf({ site, kind, term }: SearchEvent): string {
  const name = /^\w+$/.test(term) ? term : createHash('sha256').update(term).digest('hex').slice(0, 12);
  return `${site}-${kind}-${name}`;
}
