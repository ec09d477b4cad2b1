import * as z from 'zod';
import { instantOf } from '../../common/contracts/batch.ts';
import type { HotPostReport } from '../report/report-data.ts';
import type { WarehouseQueries } from './warehouse-queries.ts';

const MOST_POSTS = 40;

const textList = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));
const key = z.object({ site: z.string(), board: z.string(), post_id: z.string() });
const hotRow = key.extend({
  title: z.string(),
  url: z.string(),
  created_at: z.string(),
  keywords: textList,
  comments_seen: z.number(),
  hot_threshold: z.number(),
  impact: z.number(),
  raw_probability: z.number(),
  reasons: textList,
  first_batch: z.string(),
  is_gone: z.boolean(),
  level: z.string(),
});
const alertRow = key.extend({ level: z.string(), batch: z.string() });
const arrivalRow = key.extend({ minutes: z.coerce.number() });

/** The strongest hot posts that match a keyword, as the warehouse's own queries (load/sql/queries/) give them. */
export async function hotPosts(queries: WarehouseQueries): Promise<HotPostReport[]> {
  const hot = await queries('hot_posts', hotRow);
  const alerts = Map.groupBy(await queries('alerts_sent', alertRow), nameOf);
  const arrivals = Map.groupBy(await queries('comment_arrivals', arrivalRow), nameOf);
  const watched = hot.slice(0, MOST_POSTS);
  return watched.map((row) => {
    // The query gives the latest first.
    const alertedAt = (alerts.get(nameOf(row)) ?? []).toReversed().map(({ level, batch }) => ({ level, batch }));
    return {
      site: row.site,
      board: row.board,
      postId: row.post_id,
      title: row.title,
      url: row.url,
      createdAt: utc(row.created_at),
      firstSeenAt: instantOf(row.first_batch).toString(),
      isGone: row.is_gone,
      keywords: row.keywords,
      commentsSeen: row.comments_seen,
      threshold: row.hot_threshold,
      impact: row.impact,
      probability: row.raw_probability,
      level: row.level,
      reasons: row.reasons,
      alertedAt,
      arrivals: (arrivals.get(nameOf(row)) ?? []).map(({ minutes }) => minutes),
    };
  });
}

function nameOf({ site, board, post_id: postId }: z.infer<typeof key>): string {
  return `${site}/${board}/${postId}`;
}

/** The Data API gives `2026-09-14 05:00:00`, in UTC. */
function utc(timestamp: string): string {
  return `${timestamp.slice(0, 19).replace(' ', 'T')}Z`;
}
