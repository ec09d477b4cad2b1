import { Temporal } from 'temporal-polyfill';
import { batchOf, instantOf, type Batch } from '../../common/contracts/batch.ts';

/** Half an hour between batches, as the schedule's default. */
const STEP = Temporal.Duration.from({ minutes: 30 });

/** The first batch of the laptop run: the afternoon of 2026-09-14 in Seoul begins. */
export const FIRST_BATCH: Batch = '20260914T043000Z';

export interface PastExecution {
  /** `<batch>` or `<batch>-rN`, of a backfill with BACKFILL_EXECUTION before it. */
  readonly name: string;
  readonly status: string;
}

export interface PlannedBatch {
  readonly batch: Batch;
  /** An earlier execution of this batch did not succeed: it is run again before anything new. */
  readonly rerun: boolean;
}

/**
 * The batches that a start plays: first the last one again when none of its executions succeeded, then the ones after it.
 * @param all executions in any order; those of a backfill are no batch of the schedule.
 */
export function nextBatches(all: readonly PastExecution[], count: number): PlannedBatch[] {
  const past = all.filter(isOfSchedule);
  const latest = past.length === 0 ? undefined : latestBatch(past);
  const succeeded = past.some(({ name, status }) => latest === batchOfExecution(name) && status === 'SUCCEEDED');
  const start = latest === undefined ? FIRST_BATCH : succeeded ? after(latest) : latest;
  const planned: PlannedBatch[] = [];
  for (let batch = start; planned.length < count; batch = after(batch)) planned.push({ batch, rerun: batch === latest });
  return planned;
}

/** The latest batch of the schedule that was ever started; the first one when none was. */
export function latestBatch(past: readonly PastExecution[]): Batch {
  const batches = past.filter(isOfSchedule).map(({ name }) => batchOfExecution(name));
  return batches.sort().at(-1) ?? FIRST_BATCH;
}

function after(batch: Batch): Batch {
  return batchOf(instantOf(batch).add(STEP));
}

function batchOfExecution(name: string): Batch {
  return name.slice(0, '20260914T043000Z'.length);
}

/** Its name begins with its batch. */
function isOfSchedule({ name }: PastExecution): boolean {
  return /^\d{8}T/.test(name);
}
