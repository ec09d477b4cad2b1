import { Temporal } from 'temporal-polyfill';
import { instantOf, type Batch } from '../../../common/contracts/batch.ts';
import { isCollectedPart } from '../../../common/contracts/plan.ts';
import type { Problem } from '../../../common/contracts/manifest.ts';
import { problem, writeManifest } from '../../../common/manifests.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { ifThere, ndjson } from '../../../common/object-store.ts';
import { postId, queueOf, type StateChange } from '../crawl/crawl-state.ts';
import { quarantineKey } from '../extract/records.ts';
import { afterReading } from '../extract/state-changes.ts';
import { claimUpload } from './claim-upload.ts';
import type { PlanDependencies } from './dependencies.ts';
import { readUpload, UnreadableUploadError, type UploadContent } from './read-upload.ts';
import { setAside } from './set-aside.ts';
import { listUploads, removeUpload, siteOfUpload } from './uploads.ts';

type Dependencies = Pick<PlanDependencies, 'sites' | 'data' | 'posts' | 'clock'>;

/** Keeps Plan within its two minutes; the rest is taken by the next run. */
const MAX_UPLOADS = 20;

export interface Adoption {
  /** Uploads that stand in the batch now. They are removed once its plan is finished: until then they may go to another batch. */
  readonly taken: readonly string[];
  /** The posts that they brought, by postId. */
  readonly posts: ReadonlySet<string>;
  /** Uploads that the next run will take. */
  readonly waiting: number;
}

/**
 * Takes what collectors brought into the batch: each complete upload becomes a part of raw/ under its own name, with a manifest of stage
 * `extract`, as if it had been planned and read. Safe to be stopped anywhere and run again, for this batch or another.
 * What cannot be read is moved to the quarantine and stops nobody.
 */
export async function adoptUploads(batch: Batch, deps: Dependencies): Promise<Adoption> {
  const uploads = await listUploads(deps.data);
  for (const { name } of uploads.filter(({ isComplete, isClaimed }) => isClaimed && !isComplete)) await removeUpload(name, deps.data);

  const complete = uploads.filter(({ isComplete }) => isComplete);
  const taken: string[] = [];
  const posts = new Set<string>();
  for (const { name } of complete.slice(0, MAX_UPLOADS)) {
    const changes = await adopt(name, batch, deps);
    if (changes === null) continue;
    taken.push(name);
    for (const change of changes) posts.add(postId(change));
  }
  return { taken, posts, waiting: Math.max(0, complete.length - MAX_UPLOADS) };
}

/** Uploads that the batch holds, whichever of its runs took them. */
export async function countAdopted(batch: Batch, { data }: Pick<PlanDependencies, 'data'>): Promise<number> {
  const keys = await data.list(objectKeys.manifests(batch));
  return keys.filter((key) => isCollectedPart(/\/extract-(.+)\.json$/.exec(key)?.[1] ?? '')).length;
}

/** What was recorded of its posts; null when it is not ours to take. */
async function adopt(upload: string, batch: Batch, deps: Dependencies): Promise<StateChange[] | null> {
  try {
    const site = siteOfUpload(upload);
    if (site === null || !deps.sites.has(site)) throw new UnreadableUploadError('its name names no site that is read here');
    const [posts, comments] = await Promise.all([
      ifThere(deps.data.readBytes(objectKeys.collectedPosts(upload))),
      ifThere(deps.data.readBytes(objectKeys.collectedComments(upload))),
    ]);
    // Another invocation took it meanwhile.
    if (posts === null) return null;
    if (comments === null) throw new UnreadableUploadError('its comments are missing');
    const content = readUpload(site, laterOf(instantOf(batch), deps.clock.now()), posts, comments);
    if (await claimUpload(upload, site, batch, deps)) return await bringIn({ batch, site, part: upload }, content, deps);
    await removeUpload(upload, deps.data);
    return null;
  } catch (error) {
    if (!(error instanceof UnreadableUploadError)) throw error;
    await setAside(upload, batch, error, deps);
    return null;
  }
}

/** As Extract does: comments before posts, which commit the part; then what can be made good from them. */
async function bringIn(
  { batch, site, part }: { batch: Batch; site: string; part: string },
  { posts, comments, refused, unknownFields }: UploadContent,
  { data, posts: state }: Dependencies,
): Promise<StateChange[]> {
  if (refused.length > 0) await data.write(quarantineKey(batch, part), ndjson(refused));
  await data.write(objectKeys.rawComments(batch, site, part), ndjson(comments));
  await data.writeOnce(objectKeys.rawPosts(batch, site, part), ndjson(posts));

  const known = await state.known(posts);
  const changes = posts.map((record) => afterReading({ record, missingRows: 0, known: known.get(postId(record)), isBackfill: false }));
  await Promise.all(changes.map((change) => state.record(change, queueOf(site, null))));

  const nothing = { gone: 0, failed: 0, refused: 0, undone: 0, requests: 0, layoutChanged: 0 };
  const counts = { posts: posts.length, comments: comments.length, ...nothing, quarantined: refused.length };
  await writeManifest(data, { batch, stage: 'extract', part, site, counts, problems: problemsOf(part, refused, unknownFields) });
  return changes;
}

/** Names of fields may be of any length, like all that an upload holds. */
function problemsOf(part: string, refused: UploadContent['refused'], unknownFields: UploadContent['unknownFields']): Problem[] {
  const ahead = refused.filter(({ reason }) => reason.startsWith('collected_at:'));
  return [
    ...ahead.slice(0, 1).map(({ reason }) => problem('clock_ahead', part, `${ahead.length} lines, first ${reason}`)),
    ...[...unknownFields]
      .slice(0, 10)
      .map(([name, lines]) => problem('unknown_field', part, `${name.slice(0, 40)} in ${lines} lines; left out`)),
  ];
}

function laterOf(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}
