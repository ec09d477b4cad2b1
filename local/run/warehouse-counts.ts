import * as z from 'zod';
import type { BatchReport } from '../report/report-data.ts';
import type { WarehouseQueries } from './warehouse-queries.ts';

const totalsRow = z.object({ batch: z.string(), posts: z.number(), comments: z.number(), hot_posts: z.number() });
const ledgerRow = z.object({
  batch: z.string(),
  posts: z.number(),
  comments: z.number(),
  scores: z.number(),
  summaries: z.number(),
  loaded_at: z.string(),
});

/** Counts of the two stages that leave no manifest, because no function of ours runs them: from what they stored, by batch. */
export async function warehouseCounts(queries: WarehouseQueries): Promise<Map<string, BatchReport['counts']>> {
  const totals = new Map((await queries('batch_totals', totalsRow)).map(({ batch, ...transform }) => [batch, transform]));
  const ledger = await queries('loaded_batches', ledgerRow);
  return new Map(
    ledger.map(({ batch, posts, comments, scores, summaries }) => {
      const transform = totals.get(batch);
      return [batch, { ...(transform ? { transform } : {}), load: { posts, comments, scores, summaries } }];
    }),
  );
}
