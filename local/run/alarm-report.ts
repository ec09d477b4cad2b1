import * as z from 'zod';
import type { FoldedManifest } from '../../common/contracts/manifest.ts';
import type { AlarmReport } from '../report/report-data.ts';
import type { WarehouseQueries } from './warehouse-queries.ts';

const figure = z.coerce.number();
const cutRow = z.object({
  site: z.string(),
  model_version: z.string(),
  max_alerts_per_day: figure,
  posts_per_day: figure,
  hot_share: figure,
  finished_posts: figure,
  hot_cut: figure,
  watch_cut: figure,
  comments_stability: figure.nullable(),
  recent_stability: figure.nullable(),
  score_stability: figure.nullable(),
});
const sentRow = z.object({ alerts: figure });

/** Volume and cuts as of the latest batch; null before the first one. `last`: what the latest run left about itself. */
export async function alarmReport(queries: WarehouseQueries, last: FoldedManifest | undefined): Promise<AlarmReport | null> {
  const cuts = await queries('alarm_cuts', cutRow);
  const [first] = cuts;
  if (first === undefined) return null;
  const [sent] = await queries('alerts_of_last_day', sentRow);
  return {
    sentLastDay: sent?.alerts ?? 0,
    maxAlertsPerDay: first.max_alerts_per_day,
    withheld: last?.counts.alarm?.['withheld'] ?? 0,
    hotShare: first.hot_share,
    postsPerDay: first.posts_per_day,
    modelVersion: first.model_version,
    sites: cuts.map((cut) => ({
      site: cut.site,
      finishedPosts: cut.finished_posts,
      hotCut: cut.hot_cut,
      watchCut: cut.watch_cut,
      stability: [cut.comments_stability, cut.recent_stability, cut.score_stability],
    })),
  };
}
