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
const textList = z.preprocess(parseJson, z.array(z.string()).catch([]));
const levelSchema = z.enum(['hot', 'critical']);

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
  model_version: text,
};
/** Absent from messages that an earlier release claimed. */
const laterReadings = {
  body: text.default(''),
  reasons_en: textList.default([]),
  /** Comments of the last 30 minutes; null when the score does not say. */
  comments_last_30: count.nullable().default(null),
  /** The message before this one about the same post; null for the first. */
  told: z.object({ level: levelSchema, comments_seen: count, sent_at: z.string() }).nullable().default(null),
};

/**
 * One message to a person: a post, the level it reached, and what was known then. Kept in the alert state, so that it can be sent again.
 * `raw_probability` 0–1; `impact` log likelihood ratio against the base rate; `hot_threshold` the comments that make a post hot on its site.
 */
export const alertSchema = z.object({ ...readings, ...laterReadings, level: levelSchema, batch: batchSchema });
export type Alert = z.infer<typeof alertSchema>;
export type Level = Alert['level'];

const featuresSchema = z.preprocess(parseJson, z.object({ comments_last_30: count.nullable() }).catch({ comments_last_30: null }));

/** A row of due_alerts.sql, as the alert without its batch. */
export const dueAlertRowSchema = z
  .object({
    ...readings,
    body: text,
    reasons_en: textList,
    features: featuresSchema,
    told_level: levelSchema.nullable(),
    told_comments: count.nullable(),
    told_at: z.string().nullable(),
    alert_level: levelSchema,
  })
  .transform(({ features, told_level, told_comments, told_at, alert_level: level, ...post }) => ({
    ...post,
    ...features,
    level,
    told: told_level === null ? null : { level: told_level, comments_seen: told_comments ?? 0, sent_at: utc(told_at ?? '') },
  }));

/** The alert state's key of one level of one post. */
export function alertKey(alert: Pick<Alert, 'site' | 'board' | 'post_id'>, level: Level): string {
  return `alert#${alert.site}#${alert.board}#${alert.post_id}#${level}`;
}

/** A structured column is JSON text in the warehouse; text that is none must not keep a warning back. */
function parseJson(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** The Data API gives `2026-09-14 05:00:00`, in UTC. */
function utc(timestamp: string): string {
  return timestamp === '' ? '' : `${timestamp.slice(0, 19).replace(' ', 'T')}Z`;
}
