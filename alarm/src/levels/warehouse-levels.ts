import * as z from 'zod';
import type { Batch } from '../../../common/contracts/batch.ts';
import { fill, statementsOf } from '../../../common/sql-text.ts';
import type { TransactionalWarehouse } from '../../../common/warehouse.ts';
import keepReadings from '../../sql/levels/keep_readings.sql';
import readCuts from '../../sql/levels/read_cuts.sql';
import readModelVersion from '../../sql/levels/read_model_version.sql';
import readStability from '../../sql/levels/read_stability.sql';
import setCalibration from '../../sql/levels/set_calibration.sql';
import setCuts from '../../sql/levels/set_cuts.sql';
import setStability from '../../sql/levels/set_stability.sql';
import watchPosts from '../../sql/levels/watch_posts.sql';
import { levelConstants } from './level-constants.ts';

const cutRow = z.object({
  site: z.string(),
  posts_per_day: z.coerce.number(),
  hot_share: z.coerce.number(),
  finished_posts: z.coerce.number(),
  hot_cut: z.coerce.number(),
  watch_cut: z.coerce.number(),
});
const stabilityRow = z.object({
  site: z.string(),
  measure: z.string(),
  batches: z.coerce.number(),
  lowest: z.coerce.number(),
  latest: z.coerce.number(),
});

/** Cuts are exceedances (0–1); `hot_share` the share of posts that may be alarmed; `posts_per_day` that may alarm, of all sites. */
export type SiteCut = z.infer<typeof cutRow>;
/** `latest`: population stability index of the batch; `lowest` of its latest `batches` batches, three at most. */
export type SiteStability = z.infer<typeof stabilityRow>;

/** What the alarm derives from stored scores for one batch: cuts, calibration, stability. */
export interface Levels {
  readonly cuts: readonly SiteCut[];
  readonly stability: readonly SiteStability[];
}

const NO_LEVELS: Levels = { cuts: [], stability: [] };

/**
 * Sets the levels of a batch in the warehouse, in one transaction (alarm/sql/levels/), and reads them. Asked again it sets them anew, from
 * what is stored then. A batch without a score has none.
 * @throws WarehouseError
 */
export async function setLevels(warehouse: TransactionalWarehouse, batch: Batch, maxAlertsPerDay: number): Promise<Levels> {
  const [row] = await warehouse.read(readModelVersion, { batch });
  if (row === undefined) return NO_LEVELS;
  const constants = levelConstants(batch, row['model_version'], maxAlertsPerDay);
  const files = [watchPosts, setCuts, setCalibration, keepReadings, setStability];
  await warehouse.transact(files.flatMap(statementsOf).map((statement) => fill(statement, constants)));
  return {
    cuts: z.array(cutRow).parse(await warehouse.read(readCuts, { batch })),
    stability: z.array(stabilityRow).parse(await warehouse.read(readStability, { batch })),
  };
}
