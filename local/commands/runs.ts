import * as z from 'zod';
import type { Batch } from '../../common/contracts/batch.ts';
import { foldedManifestSchema, type FoldedManifest } from '../../common/contracts/manifest.ts';
import { postKeySchema, type PostKey } from '../../common/contracts/records.ts';
import { objectKeys } from '../../common/object-keys.ts';
import { ifThere, objectStore, type ObjectStore } from '../../common/object-store.ts';
import { pastExecutions } from '../run/play.ts';
import type { PastExecution } from '../run/timeline.ts';
import { UserError } from '../run/user-error.ts';
import { warehouseQueries } from '../run/warehouse-queries.ts';
import { withLaptop } from '../run/with-laptop.ts';
import { givenBatch } from './given-batch.ts';
import type { GlobalOptions } from './global-options.ts';

const loadedRow = z.object({ batch: z.string(), posts: z.number(), comments: z.number(), scores: z.number() });
const alertRow = z.object({ ...postKeySchema.shape, batch: z.string(), level: z.string(), title: z.string().nullable() });
export type AlertedPost = z.infer<typeof alertRow>;
type LoadedBatch = z.infer<typeof loadedRow>;

/** `npm start -- runs`: every execution with what its batch brought; `runs <batch>`: one batch, down to the page of each alert. Returns 0. */
export function showRuns(global: GlobalOptions, given: string | undefined): Promise<number> {
  return withLaptop(global, async ({ laptop }) => {
    const past = await pastExecutions(laptop);
    const queries = warehouseQueries(laptop);
    const loaded = new Map((await queries('loaded_batches', loadedRow)).map((row) => [row.batch, row]));
    const alerts = await queries('alerts_sent', alertRow);
    const data = objectStore(laptop.application.outputs['DataBucketName'] ?? '', laptop.s3);
    const lines = given === undefined ? runLines(past, loaded, alerts) : await batchLines(givenBatch(given), past, loaded, alerts, data);
    for (const line of lines) console.log(line);
    return 0;
  });
}

/** A line an execution, the latest first. */
export function runLines(
  past: readonly PastExecution[],
  loaded: ReadonlyMap<string, LoadedBatch>,
  alerts: readonly AlertedPost[],
): string[] {
  if (past.length === 0) return ['No batch has run yet; npm start plays the first ones.'];
  return past
    .toSorted((a, b) => (a.name < b.name ? 1 : -1))
    .map(({ name, status }) => {
      const batch = /\d{8}T\d{6}Z/.exec(name)?.[0] ?? '';
      const rows = loaded.get(batch);
      const what = rows ? `${rows.posts} posts, ${rows.comments} comments` : 'not loaded';
      const told = alerts.filter((alert) => alert.batch === batch).length;
      return `${name.padEnd(20)}  ${status.padEnd(9)}  ${what}${told > 0 ? `, ${told} alerts` : ''}`;
    });
}

/** Executions, counts by stage, problems, and of each alert where it came from. @throws UserError for a batch that never ran. */
export async function batchLines(
  batch: Batch,
  past: readonly PastExecution[],
  loaded: ReadonlyMap<string, LoadedBatch>,
  alerts: readonly AlertedPost[],
  data: Pick<ObjectStore, 'bucket' | 'list' | 'readJson' | 'readText'>,
): Promise<string[]> {
  const own = past.filter(({ name }) => name.includes(batch));
  if (own.length === 0) throw new UserError(`Batch ${batch} never ran here. npm start -- runs lists those that did.`);
  const folded = await ifThere(data.readJson(objectKeys.foldedManifest(batch), foldedManifestSchema));
  const lineage = await Promise.all(alerts.filter((alert) => alert.batch === batch).map((alert) => lineageLines(alert, batch, data)));
  return [...runLines(own, loaded, alerts), ...(folded ? manifestLines(folded) : ['It left no manifest.']), ...lineage.flat()];
}

function manifestLines({ counts, failure, tasks }: FoldedManifest): string[] {
  const stages = Object.entries(counts).map(([stage, by]) => {
    const figures = Object.entries(by).filter(([, figure]) => figure > 0);
    return `  ${stage.padEnd(9)}  ${figures.map(([name, figure]) => `${name} ${figure}`).join(', ') || 'nothing'}`;
  });
  const problems = tasks.flatMap((task) => task.problems.map(({ kind, message }) => `  ! ${task.stage} ${kind}: ${message}`));
  return [...(failure ? [`  failed in ${failure.state}: ${failure.error}: ${failure.cause}`] : []), ...stages, ...new Set(problems)];
}

/** From an alert back to its batch's raw part and the kept page. */
async function lineageLines(alert: AlertedPost, batch: Batch, data: Pick<ObjectStore, 'bucket' | 'list' | 'readText'>): Promise<string[]> {
  const { site, board, post_id } = alert;
  const record = await recordOf({ site, board, post_id }, batch, data);
  const page = objectKeys.rawPage(batch, { site, board, post_id });
  const isKept = (await data.list(page)).includes(page);
  return [
    `  ${alert.level} ${site}/${board}/${post_id} ${alert.title ?? ''}`,
    `    record  ${record === null ? 'kept no longer' : `s3://${data.bucket}/${record}`}`,
    `    page    ${isKept ? `s3://${data.bucket}/${page} (sealed; npm start -- reparse --batch ${batch} reads it)` : 'kept no longer'}`,
  ];
}

/** The raw object that holds the post, whether Plan or a collector brought it; null when it is kept no longer. */
async function recordOf(key: PostKey, batch: Batch, data: Pick<ObjectStore, 'list' | 'readText'>): Promise<string | null> {
  for (const name of await data.list(objectKeys.rawPostsOf(batch, key.site))) {
    const lines = (await data.readText(name)).split('\n').filter(Boolean);
    if (lines.some((line) => isOf(key, line))) return name;
  }
  return null;
}

function isOf({ board, post_id }: PostKey, line: string): boolean {
  const record = z.object({ board: z.string(), post_id: z.string() }).safeParse(JSON.parse(line));
  return record.success && record.data.board === board && record.data.post_id === post_id;
}
