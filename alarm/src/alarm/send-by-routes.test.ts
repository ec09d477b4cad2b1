import { answer } from '../channels/fake-channels.ts';
import { NO_ROUTES, type Destination } from '../routes/alert-routes.ts';
import { alarmEvent, alarmFixture, alertOf, BATCH } from './alarm-fixture.ts';
import { sendAlarms } from './send-alarms.ts';

const NEXT = '20261120T060000Z';
let fixture: ReturnType<typeof alarmFixture>;

beforeEach(() => {
  fixture = alarmFixture();
});

const run = (batch = BATCH) => sendAlarms(alarmEvent({ batch }), fixture.deps, fixture.invocation);
const headings = () => fixture.received.map((message) => message.text.split(':')[0]);
const storedLevels = () => fixture.stored.map(({ alert, repeated }) => [alert.post_id, alert.level, repeated]);
const to = (changes: object) => (fixture.routing.now = { routes: { ...NO_ROUTES, ...changes }, problems: [] });
const night = { to: ['slack'], from: '14:00', until: '15:00', levels: ['hot'] };
const countOf = (destination: Destination) => fixture.receivedBy.get(destination)?.length ?? 0;

it('sends each post to all its destinations, each once, and counts it once for the day', async () => {
  to({ routes: [{ keywords: ['화재'], to: ['slack:pr', 'sns'] }] });
  fixture.due.set(BATCH, [alertOf(), alertOf({ post_id: '2', keywords: ['화재'] })]);

  expect(await run()).toEqual({ sent: 3, repeated: 0 });
  expect(await run()).toEqual({ sent: 0, repeated: 0 });

  expect([countOf('slack'), countOf('slack:pr'), countOf('sns')]).toEqual([1, 1, 1]);
  expect(fixture.runs[0]).toMatchObject({ counts: { due: 2, sent: 3 } });
});

it('routes by the keyword set of the run', async () => {
  to({ routes: [{ keywordSets: ['recall'], to: ['slack:quality'] }] });
  fixture.due.set(BATCH, [alertOf()]);

  await sendAlarms(alarmEvent({ keywordSetName: 'recall' }), fixture.deps, fixture.invocation);

  expect([countOf('slack'), countOf('slack:quality')]).toEqual([0, 1]);
});

it('lets no destination suffer for another that refuses, and sends there later', async () => {
  to({ default: ['slack:pr', 'slack'] });
  fixture.due.set(BATCH, [alertOf()]);
  fixture.planted.push(answer(404, 'no_service'));

  await expect(run()).rejects.toMatchObject({ name: 'MessageRefusedError' });
  expect([countOf('slack:pr'), countOf('slack')]).toEqual([0, 1]);
  expect(await run()).toEqual({ sent: 1, repeated: 0 });
  expect([countOf('slack:pr'), countOf('slack')]).toEqual([1, 1]);
});

it('keeps hot posts until quiet hours end, and lets critical ones through', async () => {
  to({ quietHours: [night] });
  fixture.due.set(BATCH, [alertOf(), alertOf({ post_id: '2', level: 'critical' })]);

  expect(await run()).toEqual({ sent: 1, repeated: 0 });
  expect(headings()).toEqual(['[긴급] critical · 화제 기준을 넘은 글']);
  expect(fixture.runs[0]).toMatchObject({ counts: { sleeping: 1, sent: 1 } });

  to({ quietHours: [{ ...night, until: '14:30' }] });
  expect(await run(NEXT)).toEqual({ sent: 1, repeated: 0 });
  expect(storedLevels().sort()).toEqual([
    ['2', 'critical', false],
    ['2000001', 'hot', false],
  ]);
});

it('covers what sleeps as hot when it becomes critical', async () => {
  to({ quietHours: [night] });
  fixture.due.set(BATCH, [alertOf()]).set(NEXT, [alertOf({ level: 'critical' })]);
  await run();
  await run(NEXT);
  to({});

  expect(await run('20261120T063000Z')).toEqual({ sent: 0, repeated: 0 });
  expect(headings()).toEqual(['[긴급] critical · 화제 기준을 넘은 글']);
});

it('tells the operator of routes that are wrong, where the operator wants to hear it', async () => {
  fixture.routing.now = { routes: { ...NO_ROUTES, operator: 'slack:operators' }, problems: ['slack:pr is not there'] };

  await run();

  expect(countOf('slack:operators')).toBe(1);
  expect(JSON.stringify(fixture.received)).toContain('• slack:pr is not there');
});

it('tries every destination, and names those that cannot be used', async () => {
  fixture.routing.now = { routes: { ...NO_ROUTES, routes: [{ sites: ['clien'], to: ['sns'] }] }, problems: ['slack:pr is not there'] };
  const trial = sendAlarms(alarmEvent({ trial: true }), fixture.deps, fixture.invocation);

  await expect(trial).rejects.toMatchObject({ name: 'EnvironmentError', message: 'slack:pr is not there' });
  expect([countOf('slack'), countOf('sns')]).toEqual([1, 1]);
});

it('sends a marked message on trial, each time, and touches nothing else', async () => {
  fixture.due.set(BATCH, [alertOf()]);
  const trial = () => sendAlarms(alarmEvent({ trial: true }), fixture.deps, fixture.invocation);

  expect([await trial(), await trial()]).toEqual([
    { sent: 1, repeated: 0 },
    { sent: 1, repeated: 0 },
  ]);

  expect(headings()).toEqual(['[시험] hotpost 알림이 도착합니다', '[시험] hotpost 알림이 도착합니다']);
  expect([fixture.ledgerKeys(), fixture.stored, fixture.runs]).toEqual([[], [], []]);
});
