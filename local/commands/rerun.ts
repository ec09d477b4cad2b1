import { instantOf } from '../../common/contracts/batch.ts';
import { BACKFILL_EXECUTION } from '../../common/contracts/events.ts';
import { pastExecutions, startAndWait } from '../run/play.ts';
import { UserError } from '../run/user-error.ts';
import { withLaptop } from '../run/with-laptop.ts';
import { givenBatch } from './given-batch.ts';
import type { GlobalOptions } from './global-options.ts';
import { sayEnd } from './say-end.ts';

export interface RerunOptions {
  readonly batch: string;
  readonly from: 'extract' | 'transform' | 'load' | 'alarm';
  readonly keywordSet?: string;
}

/** Runs a batch again from a stage on. Returns the exit status. @throws UserError for a batch that never ran. */
export async function rerun(global: GlobalOptions, options: RerunOptions): Promise<number> {
  const batch = givenBatch(options.batch);
  const { from, keywordSet } = options;
  return withLaptop(global, async ({ laptop }) => {
    const past = await pastExecutions(laptop);
    const runs = past.filter(({ name }) => name.includes(batch));
    if (runs.length === 0) {
      const batches = past.map(({ name }) => name).join(', ');
      throw new UserError(`Batch ${batch} never ran here. These did: ${batches || 'none; run npm start first'}.`);
    }
    if (runs.every(({ name }) => name.startsWith(BACKFILL_EXECUTION)))
      throw new UserError(`Batch ${batch} was a backfill. Give its dates to npm start -- backfill: it goes on with what failed.`);
    const event = { batch, startAt: from, ...(keywordSet === undefined ? {} : { keywordSetName: keywordSet }) };
    return sayEnd(await startAndWait(laptop, instantOf(batch), event));
  });
}
