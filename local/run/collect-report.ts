import { Temporal } from 'temporal-polyfill';
import { instantOf } from '../../common/contracts/batch.ts';
import { foldedManifestSchema, type FoldedManifest } from '../../common/contracts/manifest.ts';
import { objectKeys } from '../../common/object-keys.ts';
import { objectStore } from '../../common/object-store.ts';
import type { BatchReport, MessageReport, ProblemReport, ReportData } from '../report/report-data.ts';
import { alarmReport } from './alarm-report.ts';
import { hotPosts } from './hot-posts.ts';
import type { Laptop } from './laptop.ts';
import { DEFAULT_WEBHOOK } from './local-secrets.ts';
import type { PlayedBatch } from './play.ts';
import { warehouseCounts } from './warehouse-counts.ts';
import { warehouseQueries } from './warehouse-queries.ts';

/** Gathers what the report shows: the warehouse through the Data API, manifests from S3, messages from the sink, states from Step Functions. */
export async function collectReport(laptop: Laptop, played: readonly PlayedBatch[]): Promise<ReportData> {
  const folded = await foldedManifests(laptop, played);
  const queries = warehouseQueries(laptop);
  const counts = await warehouseCounts(queries);
  return {
    generatedAt: Temporal.Now.instant().toString({ smallestUnit: 'second' }),
    batches: played.map((batch) => batchReport(batch, { ...folded.get(batch.batch)?.counts, ...counts.get(batch.batch) })),
    messages: await messagesOf(laptop, played),
    hotPosts: await hotPosts(queries),
    alarm: await alarmReport(queries, folded.get(played.at(-1)?.batch ?? '')),
    states: await statesOfLast(laptop, played.at(-1)),
    problems: problemsOf(folded),
  };
}

/** What each batch says of itself, by batch; a batch without a manifest is left out. */
export async function foldedManifests(laptop: Laptop, played: readonly PlayedBatch[]): Promise<Map<string, FoldedManifest>> {
  const store = objectStore(laptop.application.outputs['DataBucketName'] ?? '', laptop.s3);
  const folded = new Map<string, FoldedManifest>();
  for (const { batch } of played) {
    const manifestKey = objectKeys.foldedManifest(batch);
    if (await store.exists(manifestKey)) folded.set(batch, await store.readJson(manifestKey, foldedManifestSchema));
  }
  return folded;
}

function batchReport({ batch, status, executionName, milliseconds }: PlayedBatch, counts: BatchReport['counts']): BatchReport {
  return { batch, status, executionName, milliseconds, counts };
}

/** Robots' refusals come with every search, so what is the same in all but the batch is counted. */
function problemsOf(folded: ReadonlyMap<string, FoldedManifest>): ProblemReport[] {
  const all = [...folded].flatMap(([batch, { tasks }]) =>
    tasks.flatMap(({ stage, problems }) => problems.map(({ kind, subject, message }) => ({ batch, stage, kind, subject, message }))),
  );
  const same = Map.groupBy(all, ({ stage, kind, subject, message }) => JSON.stringify([stage, kind, subject, message]));
  return [...same.values()].flatMap((problems) => problems.slice(0, 1).map((first) => ({ ...first, times: problems.length })));
}

/** What Slack took while a batch played, at the batch's time: that is when it was sent as far as the community is concerned. */
async function messagesOf(laptop: Pick<Laptop, 'sink'>, played: readonly PlayedBatch[]): Promise<MessageReport[]> {
  const received = await laptop.sink.messages();
  return received.flatMap(({ received_at: receivedAt, to, message }) => {
    const during = played.findLast(({ startedAt }) => startedAt <= receivedAt);
    if (!during) return [];
    const text = isMail(to) ? subjectOf(message.text ?? '') : (message.text ?? '');
    return [{ sentAt: instantOf(during.batch).toString(), to: nameOf(to), text, level: levelOf(text) }];
  });
}

/** A topic's messages are mail. */
function isMail(to: string): boolean {
  return to.startsWith('arn:');
}

/** A mail is kept as its subject, then its text: what Slack shows as blocks, which are left out here too. */
function subjectOf(mail: string): string {
  return mail.split('\n')[0] ?? '';
}

/** The last part of a webhook's path. */
function nameOf(to: string): string {
  if (isMail(to)) return 'mail';
  const name = to.split('/').at(-1) ?? '';
  return name === DEFAULT_WEBHOOK ? '' : name;
}

/** What a message is about, by its heading. */
function levelOf(text: string): string {
  const level = /\] (hot|critical) /.exec(text)?.[1];
  if (level !== undefined) return level;
  if (/\[(묶음|Digest)\]/.test(text)) return 'digest';
  return text.includes('[실패]') ? 'failure' : 'notice';
}

async function statesOfLast({ machines }: Laptop, last: PlayedBatch | undefined): Promise<ReportData['states']> {
  const states = last ? await machines.executionStates(last.executionArn) : [];
  const startedAt = Date.parse(states[0]?.enteredAt ?? '');
  return states.map(({ name, enteredAt, exitedAt, status, retries }) => ({
    name,
    startedMs: Date.parse(enteredAt) - startedAt,
    milliseconds: Date.parse(exitedAt ?? enteredAt) - Date.parse(enteredAt),
    status,
    retries,
  }));
}
