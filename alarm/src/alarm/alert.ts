import * as z from 'zod';
import { batchSchema } from '../../../common/contracts/batch.ts';
import { postKeySchema } from '../../../common/contracts/records.ts';

const count = z.coerce.number().int().nonnegative();
/** The Data API gives decimals as text; an absent value stays absent. */
const figure = z.union([z.null(), z.coerce.number()]);
/** Columns that may be null; an empty one must not keep a warning back. */
const text = z
  .string()
  .nullable()
  .transform((value) => value ?? '');
const textList = z.preprocess(parseList, z.array(z.string()));

const readings = {
  ...postKeySchema.shape,
  url: text,
  title: text,
  keywords: textList,
  age_minutes: z.coerce.number().nonnegative(),
  comments_seen: count,
  hot_threshold: count,
  raw_probability: figure,
  impact: figure,
  /** What the site's own outcomes multiply the odds of raw_probability by. */
  odds_factor: z.coerce.number().positive().default(1),
  reasons: textList,
  reasons_en: textList,
  model_version: text,
};

/** A row of due_alerts.sql. */
export const dueAlertRowSchema = z.object({ ...readings, alert_level: z.enum(['hot', 'critical']) });

/**
 * One message to a person: a post, the level it reached, and what was known then. Kept in the alert state, so that it can be sent again.
 * `raw_probability` 0–1; `impact` log likelihood ratio against the base rate; `hot_threshold` the comments that make a post hot on its site.
 */
export const alertSchema = z.object({ ...readings, level: z.enum(['hot', 'critical']), batch: batchSchema });
export type Alert = z.infer<typeof alertSchema>;
export type Level = Alert['level'];

/** The alert state's key of one level of one post. */
export function alertKey(alert: Pick<Alert, 'site' | 'board' | 'post_id'>, level: Level): string {
  return `alert#${alert.site}#${alert.board}#${alert.post_id}#${level}`;
}

/** A list column is JSON text in the warehouse; text that is no list must not keep a warning back. */
function parseList(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? [];
  try {
    return JSON.parse(value);
  } catch {
    return [];
  }
}
