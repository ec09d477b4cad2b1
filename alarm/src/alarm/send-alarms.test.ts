import type { Manifest } from '../../../common/contracts/manifest.ts';
import { WarehouseError } from '../../../common/errors.ts';
import { answer } from '../channels/fake-channels.ts';
import type { MessageLedger } from '../alert-state/message-ledger.ts';
import { alarmEvent, alarmFixture, alertOf, BATCH } from './alarm-fixture.ts';
import { sendAlarms, type AlarmDependencies } from './send-alarms.ts';

const NEXT = '20261120T060000Z';
let fixture: ReturnType<typeof alarmFixture>;

beforeEach(() => {
  fixture = alarmFixture();
});

const layoutOf = (batch: string, counts: Manifest['counts']): Manifest => {
  const problems = [{ kind: 'LayoutChangedError', subject: 'national/1', message: 'no title on the page of a post' }];
  return { batch, stage: 'extract', part: 'clien-0001', site: 'clien', counts, problems };
};
const run = (batch = BATCH, deps: AlarmDependencies = fixture.deps) => sendAlarms(alarmEvent({ batch }), deps, fixture.invocation);
const headings = () => fixture.received.map((message) => message.text.split(':')[0]);
const withLedger = (changes: Partial<MessageLedger>): AlarmDependencies => ({
  ...fixture.deps,
  ledger: { ...fixture.deps.ledger, ...changes },
});
const killed = () => Promise.reject(new Error('killed'));
const storedLevels = () => fixture.stored.map(({ alert, repeated }) => [alert.post_id, alert.level, repeated]);

it('sends what is due, stores it, and folds the run', async () => {
  fixture.due.set(BATCH, [alertOf(), alertOf({ post_id: '2', level: 'critical' })]);

  expect(await run()).toEqual({ sent: 2, repeated: 0 });

  expect(headings()).toEqual(['[긴급] critical · 화제 기준을 넘은 글', '[주의] hot · 빠르게 번지는 글']);
  expect(storedLevels().sort()).toEqual([
    ['2', 'critical', false],
    ['2000001', 'hot', false],
  ]);
  expect(fixture.stored[0]?.sentAt).toBe('2026-11-20T05:33:20Z');
  expect(fixture.runs).toEqual([
    { batch: BATCH, counts: { due: 2, withheld: 0, muted: 0, sleeping: 0, sent: 2, repeated: 0 }, figures: {} },
    { batch: BATCH, end: { status: 'SUCCEEDED', quiet: false } },
  ]);
});

it('keeps back what is above the limit of the day, and sends it when a later batch has room', async () => {
  fixture.due.set(BATCH, [alertOf({ post_id: '1' }), alertOf({ post_id: '2' }), alertOf({ post_id: '3', level: 'critical' })]);
  fixture.due.set(NEXT, [alertOf({ post_id: '2' })]);

  expect(await run(BATCH, { ...fixture.deps, maxAlertsPerDay: 2 })).toEqual({ sent: 2, repeated: 0 });
  expect(fixture.runs[0]).toMatchObject({ counts: { due: 3, withheld: 1, sent: 2 } });
  expect(await run(NEXT, { ...fixture.deps, maxAlertsPerDay: 2 })).toEqual({ sent: 0, repeated: 0 });
  expect(await run(NEXT, { ...fixture.deps, maxAlertsPerDay: 3 })).toEqual({ sent: 1, repeated: 0 });

  expect(fixture.stored.map(({ alert }) => alert.post_id)).toEqual(['3', '1', '2']);
});

it('says nothing of what a person muted, and counts it', async () => {
  fixture.due.set(BATCH, [alertOf(), alertOf({ post_id: '2', keywords: ['화재'] })]);
  await fixture.mutes.mute({ keyword: '화재' }, '2026-11-21T00:00:00Z');

  expect(await run()).toEqual({ sent: 1, repeated: 0 });
  expect(fixture.runs[0]).toMatchObject({ counts: { due: 2, muted: 1, sent: 1 } });
});

it('keeps back what was claimed before it was muted, until the mute ends', async () => {
  fixture.due.set(BATCH, [alertOf()]);
  await expect(run(BATCH, withLedger({ take: killed }))).rejects.toThrow('killed');
  await fixture.mutes.mute({ keyword: '코나' }, '2026-11-21T00:00:00Z');

  expect(await run(NEXT)).toEqual({ sent: 0, repeated: 0 });
  await fixture.mutes.mute({ keyword: '코나' }, '2026-11-20T00:00:00Z');
  expect(await run(NEXT)).toEqual({ sent: 1, repeated: 0 });
});

it('sends what is critical although the levels cannot be set, and fails then', async () => {
  fixture.due.set(BATCH, [alertOf({ level: 'critical' })]);
  const setLevels = () => Promise.reject(new WarehouseError('division by zero'));

  await expect(run(BATCH, { ...fixture.deps, warehouse: { ...fixture.deps.warehouse, setLevels } })).rejects.toThrow('division by zero');
  expect(storedLevels()).toEqual([['2000001', 'critical', false]]);

  expect(await run()).toEqual({ sent: 0, repeated: 0 });
});

it('keeps cuts and stability in the manifest, and tells of readings that changed', async () => {
  const cut = { site: 'clien', posts_per_day: 300, hot_share: 0.03, finished_posts: 90, hot_cut: 0.02, watch_cut: 0.07 };
  const shift = { site: 'clien', measure: 'score', batches: 3, lowest: 0.3, latest: 0.4 };
  const setLevels = () => Promise.resolve({ cuts: [cut], stability: [shift] });

  await run(BATCH, { ...fixture.deps, warehouse: { ...fixture.deps.warehouse, setLevels } });

  expect(fixture.runs[0]?.figures).toEqual({
    posts_per_day: 300,
    hot_share: 0.03,
    'hot_cut/clien': 0.02,
    'watch_cut/clien': 0.07,
    'stability/clien/score': 0.4,
  });
  expect(headings()).toEqual(['[운영] 점수 분포가 바뀜']);
});

it('sends nothing when the batch is run again, and nothing when the post stays hot', async () => {
  fixture.due.set(BATCH, [alertOf()]).set(NEXT, [alertOf()]);
  await run();

  expect(await run()).toEqual({ sent: 0, repeated: 0 });
  expect(await run(NEXT)).toEqual({ sent: 0, repeated: 0 });

  expect([fixture.received.length, fixture.stored.length]).toEqual([1, 1]);
});

it('sends critical after hot, and never hot again after critical', async () => {
  fixture.due.set(BATCH, [alertOf()]).set(NEXT, [alertOf({ level: 'critical' })]);
  await run();
  await run(NEXT);
  fixture.due.set('20261120T063000Z', [alertOf()]);
  await run('20261120T063000Z');

  expect(headings()).toEqual(['[주의] hot · 빠르게 번지는 글', '[긴급] critical · 화제 기준을 넘은 글']);
});

it('sends one message for a post that is critical at once, and no hot later', async () => {
  fixture.due.set(BATCH, [alertOf({ level: 'critical' })]).set(NEXT, [alertOf()]);
  await run();
  await run(NEXT);

  expect(headings()).toEqual(['[긴급] critical · 화제 기준을 넘은 글']);
  expect(storedLevels()).toEqual([['2000001', 'critical', false]]);
});

it('lets a critical message stand for a hot one that an earlier run claimed and never sent', async () => {
  fixture.due.set(BATCH, [alertOf()]).set(NEXT, [alertOf({ level: 'critical' })]);
  await expect(run(BATCH, withLedger({ take: killed }))).rejects.toThrow('killed');

  await run(NEXT);

  expect(headings()).toEqual(['[긴급] critical · 화제 기준을 넘은 글']);
});

it('repeats, marked, what Slack took before the run was killed', async () => {
  fixture.due.set(BATCH, [alertOf()]);
  await expect(run(BATCH, withLedger({ recordSent: killed }))).rejects.toThrow('killed');

  expect(await run()).toEqual({ sent: 1, repeated: 1 });

  expect(headings()).toEqual(['[주의] hot · 빠르게 번지는 글', '[반복일 수 있음] [주의] hot · 빠르게 번지는 글']);
  expect(storedLevels()).toEqual([['2000001', 'hot', true]]);
  expect(await run()).toEqual({ sent: 0, repeated: 0 });
});

it('sends in the next run what an earlier one claimed, though its post is no longer due', async () => {
  fixture.due.set(BATCH, [alertOf()]);
  await expect(run(BATCH, withLedger({ renew: killed }))).rejects.toThrow('killed');
  fixture.pass(1_800_000 - 120_000);
  fixture.invocation = { ...fixture.invocation, remainingMilliseconds: () => 120_000 };

  expect(await run(NEXT)).toEqual({ sent: 1, repeated: 1 });

  expect(fixture.stored.map(({ alert }) => alert.batch)).toEqual([BATCH]);
});

it('sends an unmarked message in the next run when none was begun', async () => {
  fixture.due.set(BATCH, [alertOf()]);
  await expect(run(BATCH, withLedger({ take: killed }))).rejects.toThrow('killed');

  expect(await run(NEXT)).toEqual({ sent: 1, repeated: 0 });
});

it('stores in the next run what was sent and not stored', async () => {
  fixture.due.set(BATCH, [alertOf()]);
  const warehouse = { ...fixture.deps.warehouse, store: killed };
  await expect(run(BATCH, { ...fixture.deps, warehouse })).rejects.toThrow('killed');

  expect(await run(NEXT)).toEqual({ sent: 0, repeated: 0 });

  expect(storedLevels()).toEqual([['2000001', 'hot', false]]);
  expect(fixture.received).toHaveLength(1);
});

it('sends each message once when two invocations run at the same time', async () => {
  fixture.due.set(
    BATCH,
    ['1', '2', '3', '4'].map((post_id) => alertOf({ post_id })),
  );

  const results = await Promise.all([run(), run()]);

  expect(results.reduce((sum, { sent }) => sum + sent, 0)).toBe(4);
  expect(fixture.received).toHaveLength(4);
  expect(new Set(fixture.received.map(({ blocks }) => JSON.stringify(blocks))).size).toBeLessThanOrEqual(4);
});

it('stops at a webhook that is gone, keeps what was sent, and sends the rest unmarked when it is back', async () => {
  fixture.due.set(BATCH, [alertOf({ post_id: '1' }), alertOf({ post_id: '2' }), alertOf({ post_id: '3' })]);
  fixture.planted.push(answer(200, 'ok'), answer(404, 'no_service'));

  await expect(run()).rejects.toMatchObject({ name: 'MessageRefusedError', message: expect.stringContaining('no_service') as string });
  expect(storedLevels()).toEqual([['1', 'hot', false]]);
  expect(fixture.runs).toEqual([]);

  expect(await run()).toEqual({ sent: 2, repeated: 0 });
  expect(storedLevels().map(([id]) => id)).toEqual(['1', '2', '3']);
});

it('asks for another try, losing nothing, when no time is left', async () => {
  fixture.due.set(BATCH, [alertOf()]);
  fixture.planted.push(answer(429, 'rate_limited', '600'));

  await expect(run()).rejects.toMatchObject({ name: 'MessageBusyError' });
  expect(await run()).toEqual({ sent: 1, repeated: 0 });
});

it('folds a quiet batch and sends nothing, neither of it nor of what earlier runs left', async () => {
  fixture.due.set(BATCH, [alertOf()]).set(NEXT, [alertOf({ post_id: '2' })]);
  await expect(run(BATCH, withLedger({ take: killed }))).rejects.toThrow('killed');
  fixture.tasks.set(NEXT, [layoutOf(NEXT, { posts: 0, layoutChanged: 9 })]);

  expect(await sendAlarms(alarmEvent({ batch: NEXT, quiet: true }), fixture.deps, fixture.invocation)).toEqual({ sent: 0, repeated: 0 });

  expect(fixture.received).toEqual([]);
  expect(fixture.runs).toEqual([{ batch: NEXT, end: { status: 'SUCCEEDED', quiet: true } }]);
});

it('never warns of a backfilled batch, not even when a person runs its alarm again like any other', async () => {
  fixture.due.set(BATCH, [alertOf()]);
  await sendAlarms(alarmEvent({ quiet: true }), fixture.deps, fixture.invocation);

  expect(await run()).toEqual({ sent: 0, repeated: 0 });

  expect([fixture.received, fixture.ledgerKeys()]).toEqual([[], []]);
});

it('tells of a changed layout after the warnings, when the manifests are folded', async () => {
  fixture.due.set(BATCH, [alertOf()]);
  fixture.tasks.set(BATCH, [layoutOf(BATCH, { posts: 2, layoutChanged: 3 })]);

  expect(await run()).toEqual({ sent: 1, repeated: 0 });

  expect(headings()).toEqual(['[주의] hot · 빠르게 번지는 글', '[운영] 화면이 바뀜']);
  expect(JSON.stringify(fixture.received[1])).toContain('• no title on the page of a post');
});
