import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

const instant = z.string().transform((text) => Temporal.Instant.from(`${text.slice(0, 19).replace(' ', 'T')}Z`));

/** A row of load/sql/queries/alert_outcomes.sql: a post that was alerted, or that reached its site's level. */
export const outcomeRow = z.object({
  may_alarm: z.boolean(),
  first_sent_at: instant.nullable(),
  first_level: z.enum(['hot', 'critical']).nullable(),
  reached_at: instant.nullable(),
  was_watched: z.boolean(),
  is_finished: z.boolean(),
  verdict: z.enum(['useful', 'noise']).nullable(),
});
export type Outcome = z.infer<typeof outcomeRow>;

/** A share of a count, 0–1, with its 95 % interval (Wilson's, which holds for few and for all); null for a share of nothing. */
export interface Share {
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * `warnings`: alerts of level hot, sent before the post was at its level. `precision`: of the warnings whose post reached its level or whose
 * 72 hours have passed, those that reached it. `recall`: of the posts that may alarm and reached their level while they were watched,
 * those that were warned of before. `late`: of these, told only when they were there; `missed`: never told. `leadMinutes`: from warning to level, 25 %, 50 %, 75 %.
 * `useful`: of the alerts that a person marked.
 */
export interface AlertQuality {
  readonly alerts: number;
  readonly warnings: number;
  readonly open: number;
  readonly precision: Share | null;
  readonly recall: Share | null;
  readonly late: number;
  readonly missed: number;
  readonly leadMinutes: readonly [number, number, number] | null;
  readonly useful: Share | null;
}

export function alertQuality(outcomes: readonly Outcome[]): AlertQuality {
  const warnings = outcomes.filter(isWarning);
  const decided = warnings.filter(({ reached_at: reached, is_finished: finished }) => reached !== null || finished);
  const hot = outcomes.filter((outcome) => outcome.may_alarm && outcome.was_watched && outcome.reached_at !== null);
  const marked = outcomes.filter(({ verdict }) => verdict !== null);
  return {
    alerts: outcomes.filter(({ first_sent_at: sent }) => sent !== null).length,
    warnings: warnings.length,
    open: warnings.length - decided.length,
    precision: share(decided.filter(({ reached_at: reached }) => reached !== null).length, decided.length),
    recall: share(hot.filter(isWarning).length, hot.length),
    late: hot.filter((outcome) => outcome.first_sent_at !== null && !isWarning(outcome)).length,
    missed: hot.filter(({ first_sent_at: sent }) => sent === null).length,
    leadMinutes: quartiles(warnings.flatMap((outcome) => leadMinutes(outcome) ?? [])),
    useful: share(marked.filter(({ verdict }) => verdict === 'useful').length, marked.length),
  };
}

/** The figures, a line each. */
export function qualityLines(quality: AlertQuality): string[] {
  const { alerts, warnings, open, precision, recall, late, missed, leadMinutes: lead, useful } = quality;
  if (alerts === 0 && recall === null) return ['No alert was sent and no post reached its level yet: there is nothing to evaluate.'];
  return [
    `${alerts} posts alerted, ${warnings} of them before they were at their level; ${open} of these are still open (younger than 72 hours).`,
    `Precision of warnings: ${shareText(precision, 'decided warnings')}`,
    `Recall of hot posts:   ${shareText(recall, 'posts that reached their level')}; ${late} told when they were there, ${missed} never`,
    `Lead time:             ${lead ? `median ${minutesText(lead[1])} (half of them ${minutesText(lead[0])} to ${minutesText(lead[2])})` : 'no warned post has reached its level'}`,
    `Marked useful:         ${shareText(useful, 'marked alerts')}`,
  ];
}

/** Told at level hot, and not after the comment that took the post to its level. */
function isWarning({ first_sent_at: sent, first_level: level, reached_at: reached }: Outcome): boolean {
  return sent !== null && level === 'hot' && (reached === null || Temporal.Instant.compare(sent, reached) <= 0);
}

function leadMinutes({ first_sent_at: sent, reached_at: reached }: Outcome): number | undefined {
  return sent && reached ? sent.until(reached).total('minutes') : undefined;
}

function share(part: number, of: number): Share | null {
  if (of === 0) return null;
  const z95 = 1.96;
  const found = part / of;
  const middle = (found + z95 ** 2 / (2 * of)) / (1 + z95 ** 2 / of);
  const reach = (z95 / (1 + z95 ** 2 / of)) * Math.sqrt((found * (1 - found)) / of + z95 ** 2 / (4 * of ** 2));
  return { of, share: found, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

function quartiles(values: readonly number[]): [number, number, number] | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
  return [at(0.25), at(0.5), at(0.75)];
}

function shareText(found: Share | null, of: string): string {
  if (found === null) return `no ${of} yet`;
  return `${found.share.toFixed(2)} [${found.low.toFixed(2)}, ${found.high.toFixed(2)}] of ${found.of} ${of}`;
}

function minutesText(minutes: number): string {
  return `${Math.round(minutes)} min`;
}
