import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { alertKey } from '../../alarm/src/alarm/alert.ts';
import { candidatesOf } from './preview-candidates.ts';
import { seoulText } from '../../common/clock.ts';
import { batchOf, batchSchema, instantOf, type Batch } from '../../common/contracts/batch.ts';
import { postKeySchema } from '../../common/contracts/records.ts';
import type { Warehouse } from '../../common/warehouse.ts';
import { repository } from '../run/directories.ts';
import { UserError } from '../run/user-error.ts';
import { laptopWarehouse } from '../run/warehouse-queries.ts';
import { withLaptop } from '../run/with-laptop.ts';
import { renderRows } from '../sql/render-rows.ts';
import type { GlobalOptions } from './global-options.ts';
import { minutesIn } from './duration.ts';
import { alertQuality, outcomeRow, qualityLines, type Outcome } from './own-alerts.ts';
import { previewAlerts, type Preview, type PreviewedMessage, type ToldBefore } from './preview.ts';

export interface PreviewOptions {
  readonly since: string;
  readonly maxPerDay?: string;
}

const FINISHED_MINUTES = 4320;
const batchRow = z.object({ batch: batchSchema, model_version: z.string().nullable() });
const toldRow = z.object({ ...postKeySchema.shape, level: z.enum(['hot', 'critical']), sent_at: z.string() });
const knownOutcomeRow = outcomeRow.extend({ ...postKeySchema.shape, created_at: z.string() });
type KnownOutcome = z.infer<typeof knownOutcomeRow>;

/** `npm start -- alerts preview --since … [--max-per-day n]`. Returns 0. @throws UserError for a time or a number that is none. */
export function previewCommand(global: GlobalOptions, { since, maxPerDay }: PreviewOptions): Promise<number> {
  return withLaptop(global, async ({ laptop }) => {
    const deployed = laptop.functionNamed('AlarmFunction').environment['MAX_ALERTS_PER_DAY'] ?? '';
    for (const line of await previewLines(laptopWarehouse(laptop), since, limitIn(maxPerDay ?? deployed))) console.log(line);
    return 0;
  });
}

/** What the rule would have said from a time on, and how good that would have been. Only reads. */
export async function previewLines(warehouse: Pick<Warehouse, 'read'>, since: string, maxAlertsPerDay: number): Promise<string[]> {
  const rows = z.array(batchRow).parse(await warehouse.read(sql('alarm/sql/preview/scored_batches.sql'), { since: ' ' }));
  const latest = rows.at(-1)?.batch;
  if (latest === undefined) return ['No batch has scores yet: there is nothing to preview.'];
  const first = sinceBatch(since, latest);
  const chosen = rows.filter(({ batch }) => batch >= first);
  const batches = [];
  for (const { batch, model_version: modelVersion } of chosen)
    batches.push({ batch, candidates: await candidatesOf(warehouse, { batch, modelVersion }, maxAlertsPerDay) });
  const preview = previewAlerts(batches, await toldBefore(warehouse, first), maxAlertsPerDay);
  const known = z.array(knownOutcomeRow).parse(await warehouse.read(sql('load/sql/queries/alert_outcomes.sql')));
  return [
    ...headLines(
      preview,
      chosen.map(({ batch }) => batch),
      maxAlertsPerDay,
    ),
    ...qualityLines(alertQuality(outcomesOf(preview.messages, known, first, latest))),
    '',
    renderRows(preview.messages.map((message) => messageRow(message, known))),
  ];
}

/** A batch, a day in Seoul, or a duration before the latest batch. @throws UserError for another text. */
export function sinceBatch(text: string, latest: Batch): Batch {
  const batch = batchSchema.safeParse(text);
  if (batch.success) return batch.data;
  if (/^\d{1,4}[mhd]$/.test(text)) return batchOf(instantOf(latest).subtract({ minutes: minutesIn('--since', text) }));
  try {
    return batchOf(Temporal.PlainDate.from(text, { overflow: 'reject' }).toZonedDateTime('Asia/Seoul').toInstant());
  } catch {
    throw new UserError(`--since ${text} is no time; give a batch like ${latest}, a day like 2026-09-14, or a duration like 24h.`);
  }
}

function limitIn(text: string): number {
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= 1000) return limit;
  throw new UserError(`--max-per-day ${text} is no whole number from 1 to 1000.`);
}

async function toldBefore(warehouse: Pick<Warehouse, 'read'>, since: Batch): Promise<ToldBefore[]> {
  const rows = z.array(toldRow).parse(await warehouse.read(sql('alarm/sql/preview/told_before.sql'), { since }));
  return rows.map(({ sent_at: sentAt, ...post }) => ({
    key: alertKey(post, post.level),
    sentAt: warehouseInstant(sentAt).epochMilliseconds,
  }));
}

/** The previewed messages in place of those that were sent, so that they are measured as `evaluate --own` measures those. */
function outcomesOf(messages: readonly PreviewedMessage[], known: readonly KnownOutcome[], first: Batch, latest: Batch): Outcome[] {
  const firstMessages = new Map(messages.toReversed().map((message) => [alertKey(message, 'hot'), message]));
  const reached = known.filter(({ reached_at: at }) => at !== null && Temporal.Instant.compare(at, instantOf(first)) >= 0);
  const posts = new Map<string, Outcome>(
    reached.map((post) => [alertKey(post, 'hot'), { ...post, first_sent_at: null, first_level: null }]),
  );
  for (const [key, message] of firstMessages) {
    const post = known.find((one) => alertKey(one, 'hot') === key);
    const isFinished = warehouseInstant(message.created_at).until(instantOf(latest)).total('minutes') >= FINISHED_MINUTES;
    posts.set(key, {
      may_alarm: true,
      was_watched: post?.was_watched ?? true,
      reached_at: post?.reached_at ?? null,
      is_finished: isFinished,
      verdict: post?.verdict ?? null,
      first_sent_at: warehouseInstant(message.collected_at),
      first_level: message.level,
    });
  }
  return [...posts.values()];
}

function headLines({ messages, withheld }: Preview, batches: readonly Batch[], maxAlertsPerDay: number): string[] {
  const [first, last] = [batches.at(0), batches.at(-1)];
  if (first === undefined || last === undefined) return ['No batch of that time has scores: there is nothing to preview.'];
  const days = Math.max(1, instantOf(first).until(instantOf(last)).total('hours') / 24);
  const critical = messages.filter(({ level }) => level === 'critical').length;
  return [
    `At most ${maxAlertsPerDay} a day, ${batches.length} batches from ${seoulText(instantOf(first))} to ${seoulText(instantOf(last))} in Seoul:`,
    `${messages.length} messages (${(messages.length / days).toFixed(1)} a day), ${critical} of them critical; ${withheld} posts kept back by the limit. Mutes, routes and quiet hours are left out.`,
  ];
}

function messageRow(message: PreviewedMessage, known: readonly KnownOutcome[]): Record<string, string | number> {
  const reachedAt = known.find((post) => alertKey(post, 'hot') === alertKey(message, 'hot'))?.reached_at;
  return {
    batch: message.batch,
    level: message.level,
    post: `${message.site}/${message.board}/${message.post_id}`,
    title: message.title ?? '',
    comments: message.comments_seen,
    'then at its level': reachedAt ? leadText(warehouseInstant(message.collected_at).until(reachedAt).total('minutes')) : 'not so far',
  };
}

function leadText(minutes: number): string {
  return minutes > 0 ? `${Math.round(minutes)} min later` : `${Math.round(-minutes)} min before`;
}

/** The warehouse writes `2026-09-14 05:00:00`, in UTC. */
function warehouseInstant(text: string): Temporal.Instant {
  return Temporal.Instant.from(`${text.slice(0, 19).replace(' ', 'T')}Z`);
}

function sql(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}
