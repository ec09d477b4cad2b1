import type { ExtractEvent, ExtractResult } from '../../../common/contracts/events.ts';
import { keywordSetsSchema } from '../../../common/contracts/keyword-sets.ts';
import { manifestSchema, type Manifest } from '../../../common/contracts/manifest.ts';
import { partSchema, type Part } from '../../../common/contracts/plan.ts';
import { commentRecordSchema, postRecordSchema } from '../../../common/contracts/records.ts';
import { keywordMatcher, keywordSetNamed } from '../../../common/keywords.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { writeManifest } from '../../../common/manifests.ts';
import { assetKeys, objectKeys } from '../../../common/object-keys.ts';
import { ifThere, ndjson } from '../../../common/object-store.ts';
import { postId } from '../crawl/crawl-state.ts';
import { siteNamed } from '../sites/registry.ts';
import type { Site } from '../sites/site.ts';
import type { ExtractDependencies } from './dependencies.ts';
import { readPart, type PartOutcome } from './read-part.ts';
import { afterReading } from './state-changes.ts';

/** Kept back of the invocation's time for writing what was read. */
const MARGIN_MS = 10_000;

/**
 * Reads the posts of a part with all comments into raw/. The file of posts is the commit point: it is written last and once, and a
 * rerun that finds it fetches nothing but only records again what may have been lost after it.
 */
export async function extractPart(
  event: ExtractEvent,
  deps: ExtractDependencies,
  invocation: Pick<Invocation, 'remainingMilliseconds'>,
): Promise<ExtractResult> {
  const site = siteNamed(deps.sites, event.site);
  const [part, keywordSets, committed] = await Promise.all([
    event.posts ? givenPart(event, event.posts, site) : deps.data.readJson(objectKeys.part(event.batch, event.part), partSchema),
    deps.assets.readJson(assetKeys.keywordSets, keywordSetsSchema),
    ifThere(deps.data.readText(objectKeys.rawPosts(event.batch, event.site, event.part))),
  ]);
  if (committed !== null) return finishCommitted(event, part, committed, deps);

  const reader = deps.openReader(event.batch, () => invocation.remainingMilliseconds() - MARGIN_MS);
  const known = await deps.posts.known(part.posts);
  const match = keywordMatcher(keywordSetNamed(keywordSets, event.keywordSetName));
  const outcome = await readPart({ part, site, reader, known, match }, deps);

  const isOurs = await writeRecords(event, outcome, deps);
  if (!isOurs)
    return finishCommitted(event, part, await deps.data.readText(objectKeys.rawPosts(event.batch, event.site, event.part)), deps);
  // A trial with posts of its own leaves the schedule alone: its batch is never loaded.
  if (!event.posts) await Promise.all(outcome.changes.map((change) => deps.posts.record(change)));
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

function givenPart({ batch, part }: ExtractEvent, posts: NonNullable<ExtractEvent['posts']>, site: Site): Part {
  return { batch, site: site.name, part, posts: posts.map((key) => ({ site: site.name, ...key, url: site.post(key).url })) };
}

/** Writes comments, then posts: nobody sees posts without their comments. False when another invocation was first. */
async function writeRecords(event: ExtractEvent, outcome: PartOutcome, deps: ExtractDependencies): Promise<boolean> {
  const { batch, site, part } = event;
  const quarantine = `${objectKeys.quarantine('extract', batch)}${part}.ndjson.gz`;
  await Promise.all([
    // Not once: an invocation that died before its posts may have left comments of another time.
    deps.data.write(objectKeys.rawComments(batch, site, part), ndjson(outcome.comments)),
    outcome.refusedRecords.length > 0 ? deps.data.write(quarantine, ndjson(outcome.refusedRecords)) : null,
  ]);
  return deps.data.writeOnce(objectKeys.rawPosts(batch, site, part), ndjson(outcome.posts));
}

/** The result of a part that was read before; crawl state and manifest are made good if they were lost. */
async function finishCommitted(event: ExtractEvent, part: Part, committed: string, deps: ExtractDependencies): Promise<ExtractResult> {
  const posts = linesOf(committed).map((line) => postRecordSchema.parse(line));
  const known = await deps.posts.known(posts);
  // Others read the posts meanwhile: `record` keeps the later reading.
  const unrecorded = event.posts ? [] : posts.filter((post) => (known.get(postId(post))?.last_checked_at ?? '') < post.collected_at);
  await Promise.all(unrecorded.map((post) => deps.posts.record(afterReading(post, known.get(postId(post))))));

  const manifest = await ifThere(deps.data.readJson(objectKeys.manifest(event.batch, 'extract', event.part), manifestSchema));
  if (manifest !== null) return resultOf(event, manifest.counts);
  const comments = linesOf(await deps.data.readText(objectKeys.rawComments(event.batch, event.site, event.part)));
  const counts = {
    posts: posts.length,
    comments: comments.map((line) => commentRecordSchema.parse(line)).length,
    gone: 0,
    failed: 0,
    refused: 0,
    // What became of the others died with the invocation that read them; they are still due.
    undone: part.posts.length - posts.length,
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

function linesOf(text: string): unknown[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));
}
