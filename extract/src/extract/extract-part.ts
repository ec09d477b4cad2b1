import type { ExtractEvent, ExtractResult } from '../../../common/contracts/events.ts';
import { keywordSetsSchema } from '../../../common/contracts/keyword-sets.ts';
import { manifestSchema, type Manifest } from '../../../common/contracts/manifest.ts';
import { partSchema } from '../../../common/contracts/plan.ts';
import { commentRecordSchema, postRecordSchema } from '../../../common/contracts/records.ts';
import { InvalidObjectError } from '../../../common/errors.ts';
import { keywordSetNamed, postWatch } from '../../../common/keywords.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { writeManifest } from '../../../common/manifests.ts';
import { assetKeys, objectKeys } from '../../../common/object-keys.ts';
import { ifThere, ndjson } from '../../../common/object-store.ts';
import { postId, queueOf, type StateChange } from '../crawl/crawl-state.ts';
import { WATCHED_MINUTES } from '../crawl/freshness.ts';
import { siteNamed } from '../sites/registry.ts';
import type { Site } from '../sites/site.ts';
import type { ExtractDependencies } from './dependencies.ts';
import type { PartOutcome } from './part-outcome.ts';
import { readPart } from './read-part.ts';
import { linesOf, quarantineKey } from './records.ts';
import { afterReading, eachOnce, type PlannedPost } from './state-changes.ts';

/** Kept back of the invocation's time for writing what was read. */
const MARGIN_MS = 10_000;

/**
 * Reads the posts of a part with all comments into raw/. The file of posts is the commit point: it is written last and once, and a
 * rerun that finds it fetches nothing but only records again what may have been lost after it.
 * @throws UnknownSiteError, MissingObjectError (no such part), InvalidObjectError, and what the bucket or the table throw: then nothing
 *   is committed, every post stays due, and the part can be run again.
 */
export async function extractPart(
  event: ExtractEvent,
  deps: ExtractDependencies,
  invocation: Pick<Invocation, 'remainingMilliseconds'>,
): Promise<ExtractResult> {
  const site = siteNamed(deps.sites, event.site);
  const [posts, keywordSets, committed] = await Promise.all([
    event.posts ? givenPosts(event.posts, site) : plannedPosts(event, deps),
    deps.assets.readJson(assetKeys.keywordSets, keywordSetsSchema),
    committedPosts(event, deps),
  ]);
  if (committed !== null) return finishCommitted(event, posts, committed, deps);

  const isBackfill = event.backfill !== null;
  const remainingMilliseconds = () => invocation.remainingMilliseconds() - MARGIN_MS;
  const reader = deps.openReader({ batch: event.batch, site, remainingMilliseconds, inBackground: isBackfill });
  const known = await deps.posts.known(posts);
  const watch = postWatch(keywordSetNamed(keywordSets, event.keywordSetName));
  const outcome = await readPart({ batch: event.batch, posts, site, reader, known, watch, isBackfill, remainingMilliseconds }, deps);

  const first = await commit(event, outcome, deps);
  if (first !== null) return finishCommitted(event, posts, first, deps);
  // A trial with posts of its own leaves the schedule alone: its batch is never loaded.
  if (!event.posts) await recordChanges(outcome.changes, event, deps);
  const counts = {
    posts: outcome.posts.length,
    comments: outcome.comments.length,
    ...outcome.counts,
    quarantined: outcome.refusedRecords.length,
    requests: reader.requests(),
  };
  await writeManifest(deps.data, manifestOf(event, counts, outcome.problems));
  return resultOf(event, counts);
}

function givenPosts(posts: NonNullable<ExtractEvent['posts']>, site: Site): PlannedPost[] {
  return eachOnce(posts.map((key) => ({ site: site.name, ...key, url: site.post(key).url, list_rank: null })));
}

async function plannedPosts({ batch, site, part }: ExtractEvent, deps: ExtractDependencies): Promise<PlannedPost[]> {
  const { posts } = await deps.data.readJson(objectKeys.part(batch, part), partSchema);
  const stranger = posts.find((post) => post.site !== site);
  if (stranger)
    throw new InvalidObjectError(`Part ${part} of ${batch} names a post of ${stranger.site}, not of ${site}; plan the batch again`);
  return eachOnce(posts);
}

function committedPosts({ batch, site, part }: ExtractEvent, deps: ExtractDependencies): Promise<string | null> {
  return ifThere(deps.data.readText(objectKeys.rawPosts(batch, site, part)));
}

/**
 * Writes comments and what is gone, then posts: nobody sees posts without their comments. Null, or the posts that another invocation has committed; it is
 * looked for right before the comments, too, so that those of a late one do not replace them.
 */
async function commit(event: ExtractEvent, outcome: PartOutcome, deps: ExtractDependencies): Promise<string | null> {
  const { batch, site, part } = event;
  const before = await committedPosts(event, deps);
  if (before !== null) return before;
  await Promise.all([
    // Not once: an invocation that died before its posts may have left comments of another time.
    deps.data.write(objectKeys.rawComments(batch, site, part), ndjson(outcome.comments)),
    outcome.gone.length > 0 ? deps.data.write(objectKeys.rawGone(batch, site, part), ndjson(outcome.gone)) : null,
    outcome.refusedRecords.length > 0 ? deps.data.write(quarantineKey(batch, part), ndjson(outcome.refusedRecords)) : null,
  ]);
  const isOurs = await deps.data.writeOnce(objectKeys.rawPosts(batch, site, part), ndjson(outcome.posts));
  return isOurs ? null : deps.data.readText(objectKeys.rawPosts(batch, site, part));
}

/** Records what became of the posts. Those that a backfill read while they are young are handed to the schedule, which may warn of them. */
async function recordChanges(changes: readonly StateChange[], { site, backfill }: ExtractEvent, deps: ExtractDependencies): Promise<void> {
  await Promise.all(changes.map((change) => deps.posts.record(change, queueOf(site, backfill))));
  if (backfill === null) return;
  const isYoung = ({ status, last_checked_at: readAt, created_at: at }: StateChange) =>
    status === 'done' && at !== undefined && Date.parse(readAt) - Date.parse(at) < WATCHED_MINUTES * 60_000;
  await Promise.all(changes.filter(isYoung).map((post) => deps.posts.hasten(post, post.created_at ?? post.last_checked_at)));
}

/** The result of a part that was read before; crawl state and manifest are made good if they were lost. */
async function finishCommitted(
  event: ExtractEvent,
  planned: readonly PlannedPost[],
  committed: string,
  deps: ExtractDependencies,
): Promise<ExtractResult> {
  const posts = linesOf(committed, postRecordSchema);
  const known = await deps.posts.known(posts);
  // Others read the posts meanwhile: `record` keeps the later reading.
  const unrecorded = event.posts ? [] : posts.filter((post) => (known.get(postId(post))?.last_checked_at ?? '') < post.collected_at);
  const changes = unrecorded.map((record) =>
    afterReading({ record, missingRows: 0, known: known.get(postId(record)), isBackfill: event.backfill !== null }),
  );
  await recordChanges(changes, event, deps);

  const manifest = await ifThere(deps.data.readJson(objectKeys.manifest(event.batch, 'extract', event.part), manifestSchema));
  if (manifest !== null) return resultOf(event, manifest.counts);
  const comments = linesOf(await deps.data.readText(objectKeys.rawComments(event.batch, event.site, event.part)), commentRecordSchema);
  const counts = {
    posts: posts.length,
    comments: comments.length,
    gone: 0,
    failed: 0,
    refused: 0,
    // What became of the others died with the invocation that read them; they are still due.
    undone: planned.length - posts.length,
    layoutChanged: 0,
    quarantined: 0,
    requests: 0,
  };
  await writeManifest(deps.data, manifestOf(event, counts, []));
  return resultOf(event, counts);
}

function manifestOf({ batch, part, site }: ExtractEvent, counts: Manifest['counts'], problems: Manifest['problems']): Manifest {
  return { batch, stage: 'extract', part, site, counts, problems };
}

function resultOf({ site, part }: ExtractEvent, counts: Manifest['counts']): ExtractResult {
  const { posts = 0, comments = 0, gone = 0, failed = 0, undone = 0 } = counts;
  return { site, part, posts, comments, gone, failed, undone };
}
