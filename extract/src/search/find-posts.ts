import type { SearchEvent, SearchResult } from '../../../common/contracts/events.ts';
import type { ListRanks } from '../../../common/contracts/list-ranks.ts';
import { keywordSetsSchema, type KeywordSet } from '../../../common/contracts/keyword-sets.ts';
import { HostBusyError, RefusedByRobotsError, SkipItemError } from '../../../common/errors.ts';
import { keywordMatcher, keywordSetNamed, keywordVeto } from '../../../common/keywords.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { problem, replaceManifest } from '../../../common/manifests.ts';
import { assetKeys, objectKeys } from '../../../common/object-keys.ts';
import { siteNamed } from '../sites/registry.ts';
import type { SearchDependencies } from './dependencies.ts';
import { followBackfill } from './follow-backfill.ts';
import { followLive } from './follow-live.ts';
import { postLists, type PostList } from './post-lists.ts';
import { OutOfTimeError, type SearchRun } from './search-run.ts';

/** Kept back of the invocation's time for recording what was found. */
const MARGIN_MS = 8000;

/**
 * Finds posts by one keyword's spellings or on one watched board, and makes them due: live ones inside the window, or those of a backfill's
 * range. What a site or its robots.txt refuses is no error, nor is a list that cannot be read while another one can; the manifest says so.
 * @throws UnknownSiteError, InvalidEventError for a term that the set lacks; PageFetchError or LayoutChangedError when no list could be read;
 *   HostBannedError, HostBusyError, RobotsUnavailableError when the host wants to be left alone. Those of reading are in the manifest as well.
 */
export async function findPosts(
  event: SearchEvent,
  deps: SearchDependencies,
  invocation: Pick<Invocation, 'remainingMilliseconds'>,
): Promise<SearchResult> {
  const site = siteNamed(deps.sites, event.site);
  const sets = await deps.assets.readJson(assetKeys.keywordSets, keywordSetsSchema);
  const keywords = keywordSetNamed(sets, event.keywordSetName);
  const lists = postLists(event, site, keywords);
  const remainingMilliseconds = () => invocation.remainingMilliseconds() - MARGIN_MS;
  const reader = deps.openReader({ batch: event.batch, site, remainingMilliseconds, inBackground: event.backfill !== null });
  const run: SearchRun = {
    event,
    site,
    deps,
    reader,
    remainingMilliseconds,
    isMatched: titleMatcher(event, keywords),
    tally: { found: 0, added: 0, hastened: 0, layoutChanged: 0 },
    listsRead: new Set(),
    found: new Set(),
    problems: [],
    ranked: new Map(),
  };

  try {
    await readLists(lists, run);
  } finally {
    const counts = { ...run.tally, lists: run.listsRead.size, requests: reader.requests() };
    await replaceManifest(deps.data, {
      batch: event.batch,
      stage: 'search',
      part: event.part,
      site: site.name,
      counts,
      problems: distinct(run.problems),
    });
    await writeRanks(run);
  }
  const refused = run.problems.some(({ kind }) => kind === 'refused');
  return { site: site.name, kind: event.kind, term: event.term, found: run.tally.found, added: run.tally.added, refused };
}

/** Also what a search saw that broke off: the top of a list is right whatever comes after it. A rerun searches again, and replaces it. */
async function writeRanks({ event: { batch, part, dryRun }, site, deps, ranked }: SearchRun): Promise<void> {
  if (ranked.size === 0 || dryRun) return;
  const ranks: ListRanks = { batch, site: site.name, posts: [...ranked.values()] };
  await deps.data.write(objectKeys.listRanks(batch, part), JSON.stringify(ranks));
}

async function readLists(lists: readonly PostList[], run: SearchRun): Promise<void> {
  const { event, site, problems } = run;
  if (lists.length === 0)
    problems.push(problem('refused', `${site.name} ${event.kind}`, `${site.name} has no ${event.kind} list that may be read`));
  const failures: Error[] = [];
  for (const list of lists) {
    try {
      if (event.backfill === null) await followLive(list, run);
      else await followBackfill(list, run, event.backfill);
    } catch (error) {
      if (isUnfinished(error, run)) {
        const onward = event.backfill === null ? 'what is older is not seen by this run' : 'the next backfill of this range goes on there';
        const notBegun = lists.length - lists.indexOf(list) - 1;
        problems.push(problem('unfinished', list.subject, `${error.message}; ${onward} (lists not begun: ${notBegun})`));
        return;
      }
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      problems.push(problem(error instanceof RefusedByRobotsError ? 'refused' : name, list.subject, message));
      if (!(error instanceof SkipItemError)) throw error;
      if (!(error instanceof RefusedByRobotsError)) failures.push(error);
    }
  }
  if (run.listsRead.size === 0 && failures[0]) throw failures[0];
}

/** Time is up after something was read: no failure. A backfill, which comes after all others, meets it as a host that is busy, too. */
function isUnfinished(error: unknown, { listsRead, event }: SearchRun): error is Error {
  if (listsRead.size === 0) return false;
  return error instanceof OutOfTimeError || (event.backfill !== null && error instanceof HostBusyError);
}

/** A board's row concerns a keyword when its title says so; what a search finds may say so in its text alone. */
function titleMatcher({ kind, term }: SearchEvent, keywords: KeywordSet): (title: string) => boolean {
  const matches = keywordMatcher(keywords);
  const isVetoed = keywordVeto(keywords);
  return kind === 'board' ? (title) => matches(title, '').length > 0 : (title) => !isVetoed(term, title);
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
