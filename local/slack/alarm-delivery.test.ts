import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alarmEvent, alarmFixture, BATCH } from '../../alarm/src/alarm/alarm-fixture.ts';
import { sendAlarms, type AlarmDependencies } from '../../alarm/src/alarm/send-alarms.ts';
import { warehouseAlerts } from '../../alarm/src/alarm/warehouse-alerts.ts';
import { configuredChannels } from '../../alarm/src/channels/configured-channels.ts';
import { statementsOf } from '../../common/sql-text.ts';
import { redshiftFixture, type RedshiftFixture } from '../redshift/redshift-fixture.ts';
import { slackSink, type SlackSink } from './slack-sink.ts';

// From the warehouse's tables to the webhook: the alarm's own SQL on the Redshift stand-in, its own sender on the sink.
const migrations = join(import.meta.dirname, '../../load/sql/migrations');
let redshift: RedshiftFixture;
let sink: SlackSink;
let folder: string;
let deps: AlarmDependencies;
let fixture: ReturnType<typeof alarmFixture>;

const succeed = async (sql: string) => {
  const statement = await redshift.execute(sql);
  if (statement.Status !== 'FINISHED') throw new Error(`${statement.Error ?? ''}: ${sql}`);
};

beforeAll(async () => {
  redshift = await redshiftFixture();
  await succeed('create schema community');
  for (const file of readdirSync(migrations)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    for (const statement of statementsOf(readFileSync(join(migrations, file), 'utf8'))) await succeed(statement);
  }
});

afterAll(() => redshift.remove());

beforeEach(async () => {
  for (const table of ['post', 'score', 'alert']) await succeed(`delete from community.${table}`);
  folder = mkdtempSync(join(tmpdir(), 'hotpost-alarm-'));
  sink = await slackSink({ port: 0, host: '127.0.0.1', file: join(folder, 'messages.ndjson') });
  fixture = alarmFixture();
  const channels = configuredChannels({
    webhookAddress: sink.url('T000/B000/planted'),
    webhookOrigins: new URL(sink.url('')).origin,
    webhooksSecretName: 'further',
    topicArn: '',
  });
  deps = { ...fixture.deps, channels, warehouse: warehouseAlerts(redshift.warehouse) };
});

afterEach(async () => {
  await sink.close();
  rmSync(folder, { recursive: true });
});

interface Figures {
  readonly keywords?: string;
  readonly seen?: number;
  readonly impact?: number | null;
  readonly exceedance?: number;
  readonly batch?: string;
}

/** A post with its score in the batch. `impact` null: already past its threshold, so not scored. */
async function post(id: string, { keywords = '["코나"]', seen = 30, impact = 4, exceedance = 0.03, batch = BATCH }: Figures = {}) {
  await succeed(`
    insert into community.post (site, board, post_id, url, title, collected_at, keywords, last_batch)
    values ('clien', 'cm_car', '${id}', 'https://www.clien.net/service/board/cm_car/${id}', '글 ${id} <!channel>', '2026-11-20 05:30:00', '${keywords}', '${batch}')`);
  await succeed(`
    insert into community.score (batch, site, board, post_id, collected_at, age_minutes, comments_seen, hot_threshold, raw_probability, impact, reasons, model_version, exceedance)
    values ('${batch}', 'clien', 'cm_car', '${id}', '2026-11-20 05:30:00', 40, ${seen}, 100, 0.2, ${impact ?? 'null'}, '["빠릅니다"]', 'test-1', ${exceedance})`);
}

const run = () => sendAlarms(alarmEvent(), deps, fixture.invocation);
const texts = async () => (await sink.messages()).map(({ message }) => message.text);
const alerts = () =>
  redshift.warehouse.read('select post_id, level, batch, sent_at, repeated, impact, comments_seen from community.alert order by post_id');

it('warns of the posts that reached a level and match a keyword, most urgent first, and stores the alerts', async () => {
  await post('1');
  await post('2', { seen: 140, impact: null, exceedance: 0 });
  await post('3', { keywords: '[]', seen: 500, impact: 5 });
  await post('4', { exceedance: 0.2 });
  await post('5', { seen: 100, impact: -2, exceedance: 0 });
  await post('6', { batch: '20261120T050000Z' });

  expect(await run()).toEqual({ sent: 3, repeated: 0 });

  expect(await texts()).toEqual([
    expect.stringMatching(/^\[긴급\] critical .*글 2 &lt;!channel&gt;/),
    expect.stringMatching(/^\[긴급\] critical .*글 5 /),
    expect.stringMatching(/^\[주의\] hot .*글 1 /),
  ]);
  expect(await alerts()).toEqual([
    { post_id: '1', level: 'hot', batch: BATCH, sent_at: '2026-11-20 05:33:20', repeated: false, impact: 4, comments_seen: 30 },
    { post_id: '2', level: 'critical', batch: BATCH, sent_at: '2026-11-20 05:33:20', repeated: false, impact: null, comments_seen: 140 },
    { post_id: '5', level: 'critical', batch: BATCH, sent_at: '2026-11-20 05:33:20', repeated: false, impact: -2, comments_seen: 100 },
  ]);
});

it('says on escalation what changed since the message before, and says it in English when asked', async () => {
  await post('1');
  await run();
  await redshift.warehouse.execute(`update community.score set comments_seen = 120, exceedance = 0 where post_id = '1'`);
  deps = { ...deps, language: 'en' };

  expect(await run()).toEqual({ sent: 1, repeated: 0 });

  const [, escalation] = await sink.messages();
  expect(escalation?.message.text).toMatch(/^\[Urgent\] critical/);
  expect(JSON.stringify(escalation?.message.blocks)).toContain('30 comments when it was told as hot at 2026-11-20 14:33; 90 more since');
});

it('sends many at once as one digest', async () => {
  for (const id of ['1', '2', '3', '4', '5', '6', '7']) await post(id);

  expect(await run()).toEqual({ sent: 7, repeated: 0 });

  expect(await texts()).toEqual([expect.stringMatching(/^\[묶음\] 알릴 글 7개: hot · 글 1 /)]);
  expect(await alerts()).toHaveLength(7);
});

it('changes nothing when it runs again, not even when its record was lost after storing', async () => {
  await post('1');
  const { ledger } = deps;
  await expect(
    sendAlarms(alarmEvent(), { ...deps, ledger: { ...ledger, markStored: () => Promise.reject(new Error('killed')) } }, fixture.invocation),
  ).rejects.toThrow('killed');

  expect(await run()).toEqual({ sent: 0, repeated: 0 });
  expect([await texts(), await alerts()]).toMatchObject([{ length: 1 }, { length: 1 }]);
});

it('waits out a planted 429, in real time', async () => {
  await post('1');
  sink.refuseNext(429, 'rate_limited', { 'retry-after': '1' });
  const startedAt = performance.now();

  expect(await run()).toEqual({ sent: 1, repeated: 0 });
  expect(performance.now() - startedAt).toBeGreaterThan(990);
});

it('names Slack’s word and nothing of the address when the webhook is gone', async () => {
  await post('1');
  sink.refuseNext(404, 'no_service');

  const error: unknown = await run().catch((reason: unknown) => reason);

  expect(error).toMatchObject({ name: 'MessageRefusedError', message: expect.stringContaining('no_service') as string });
  expect(String(error)).not.toContain('planted');
  expect(await alerts()).toEqual([]);
});
