import { Temporal } from 'temporal-polyfill';
import { instantOf } from '../../common/contracts/batch.ts';
import { BACKFILL_EXECUTION } from '../../common/contracts/events.ts';
import { manifestSchema, type Manifest } from '../../common/contracts/manifest.ts';
import { backfillSchema, type Backfill } from '../../common/contracts/settings.ts';
import { objectKeys } from '../../common/object-keys.ts';
import { objectStore } from '../../common/object-store.ts';
import type { Laptop } from '../run/laptop.ts';
import { pastExecutions, startAndWait } from '../run/play.ts';
import { latestBatch, type PastExecution } from '../run/timeline.ts';
import { UserError } from '../run/user-error.ts';
import { withLaptop } from '../run/with-laptop.ts';
import type { GlobalOptions } from './global-options.ts';
import { sayEnd } from './say-end.ts';

export interface BackfillOptions {
  readonly from: string;
  readonly to: string;
  readonly site?: string;
  readonly dryRun: boolean;
}

/** A run reads as much as its budget and two minutes a function allow; who needs more rounds has asked for too much at once. */
const MOST_ROUNDS = 50;

/** Runs the state machine on a range of posting days until nothing of it is left. Returns the exit status. */
export async function backfill(global: GlobalOptions, { from, to, site, dryRun }: BackfillOptions): Promise<number> {
  if (from > to) throw new UserError(`--from ${from} is after --to ${to}; swap the two.`);
  const range = backfillSchema.safeParse({ from, to, ...(site === undefined ? {} : { sites: [site] }) });
  if (!range.success) {
    const issue = range.error.issues[0];
    throw new UserError(`--${String(issue?.path[0] ?? 'from')}: ${issue?.message ?? 'is wrong'} (--from ${from} --to ${to}).`);
  }
  return withLaptop(global, async ({ laptop, signal }) => {
    for (let round = 1; round <= MOST_ROUNDS && !signal.aborted; round += 1) {
      const at = freeTime(await pastExecutions(laptop));
      const ended = await startAndWait(laptop, at, { backfill: range.data, dryRun });
      const manifests = await manifestsOf(laptop, ended.batch);
      const status = sayEnd(ended);
      console.log(dryRun ? foreseen(manifests, range.data) : done(manifests));
      for (const line of problemLines(manifests)) console.log(`  ${line}`);
      if (status !== 0 || dryRun || !isUnfinished(manifests)) return status;
    }
    console.log('Not all of it is read yet; the same command goes on.');
    return 1;
  });
}

/** A time that no run has had: a minute after the latest batch of the schedule, or a second after the latest backfill. */
function freeTime(past: readonly PastExecution[]): Temporal.Instant {
  const backfills = past
    .filter(({ name }) => name.startsWith(BACKFILL_EXECUTION))
    .map(({ name }) => name.slice(BACKFILL_EXECUTION.length).replace(/-r\d+$/, ''))
    .sort();
  const afterSchedule = instantOf(latestBatch(past)).add({ minutes: 1 });
  const last = backfills.at(-1);
  const afterBackfill = last === undefined ? afterSchedule : instantOf(last).add({ seconds: 1 });
  return Temporal.Instant.compare(afterBackfill, afterSchedule) > 0 ? afterBackfill : afterSchedule;
}

async function manifestsOf(laptop: Laptop, batch: string): Promise<Manifest[]> {
  const store = objectStore(laptop.application.outputs['DataBucketName'] ?? '', laptop.s3);
  const keys = await store.list(objectKeys.manifests(batch));
  return Promise.all(keys.map((key) => store.readJson(key, manifestSchema)));
}

function sum(manifests: readonly Manifest[], stage: Manifest['stage'], name: string): number {
  return manifests.filter((manifest) => manifest.stage === stage).reduce((total, { counts }) => total + (counts[name] ?? 0), 0);
}

function foreseen(manifests: readonly Manifest[], { from, to }: Backfill): string {
  const count = (name: string) => sum(manifests, 'search', name);
  return `${from} to ${to}: lists and searches name ${count('found')} posts, ${count('added')} not read yet (a post that two of them name counts twice); finding them took ${count('requests')} requests, reading takes one or more a post.`;
}

function done(manifests: readonly Manifest[]): string {
  const count = (name: string) => sum(manifests, 'extract', name);
  const left = sum(manifests, 'plan', 'deferred') + count('undone');
  return `${count('posts')} posts and ${count('comments')} comments read, ${count('gone')} gone, ${count('failed')} failed, ${left} left.`;
}

function isUnfinished(manifests: readonly Manifest[]): boolean {
  const left = sum(manifests, 'plan', 'deferred') + sum(manifests, 'extract', 'undone');
  return left > 0 || manifests.some(({ problems }) => problems.some(({ kind }) => kind === 'unfinished'));
}

/** One line a kind of problem and site; refusals come with every search. */
function problemLines(manifests: readonly Manifest[]): string[] {
  const problems = manifests.flatMap(({ site, problems: all }) => all.map(({ kind, message }) => `${site ?? ''} ${kind}: ${message}`));
  const counted = Map.groupBy(problems, (line) => line);
  return [...counted].map(([line, same]) => (same.length === 1 ? line : `${line} (${same.length} times)`));
}
