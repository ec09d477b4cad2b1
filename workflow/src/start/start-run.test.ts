import { Logger } from '@aws-lambda-powertools/logger';
import { Temporal } from 'temporal-polyfill';
import { startEventSchema, type PipelineInput } from '../../../common/contracts/events.ts';
import { startRun } from './start-run.ts';

const BATCH = '20261120T053000Z';
const SCHEDULED = '2026-11-20T14:30:00+09:00';
const backfill = { from: '2026-11-01', to: '2026-11-20' };
const invocation = { logger: new Logger({ logLevel: 'SILENT' }) };
const arnOf = (name: string) => `arn:aws:states:ap-northeast-2:000000000000:execution:pipeline:${name}`;
const SETTINGS = {
  keywordSetName: 'default',
  environment: 'PROD' as const,
  invocation: 'sync' as const,
  detailFunctions: ['extract'],
  detailBatchSize: 20,
  maxConcurrency: 16,
};
/** As long as CloudFormation makes the name of a function. */
const longName = (index: number) => `function-${index}-`.padEnd(64, 'x');

function fixture(now = '2026-11-20T05:31:07Z') {
  const used = new Map<string, PipelineInput>();
  let running: string[] = [];
  const skipped: string[][] = [];
  const keywords = Array.from({ length: 36 }, (_, index) => ({ name: `급발진의심${index}`, spellings: ['급발진'] }));
  const deps = {
    executions: {
      arnOf,
      running: () => Promise.resolve(running.map((name) => ({ name, executionArn: arnOf(name) }))),
      start(name: string, input: PipelineInput) {
        if (used.has(name)) return Promise.resolve(undefined);
        used.set(name, input);
        return Promise.resolve(arnOf(name));
      },
    },
    keywordSets: () =>
      Promise.resolve({
        default: { keywords: [{ name: 'kona', spellings: ['코나'] }], negative: [], boards: ['clien/cm_car', 'bobaedream/national'] },
        other: { keywords: [{ name: '화재', spellings: ['화재'] }], negative: [], boards: [] },
        wide: { keywords, negative: [], boards: ['clien/cm_car', 'bobaedream/national', 'bobaedream/freeb'] },
      }),
    settings: { ...SETTINGS, searchFunctions: ['search'] },
    transformEngine: 'emr-serverless' as const,
    clock: { now: () => Temporal.Instant.from(now) },
    noteSkipped: (batch: string, goesOn: string) => Promise.resolve(void skipped.push([batch, goesOn])),
  };
  return {
    used,
    skipped,
    start: (event: object) => startRun(startEventSchema.parse(event), deps, invocation),
    areRunning: (...names: string[]) => (running = names),
  };
}

it('starts a scheduled batch under its own name, with the deployment’s settings', async () => {
  const { start, used } = fixture();

  expect(await start({ scheduledTime: SCHEDULED })).toEqual({ batch: BATCH, status: 'started', executionArn: arnOf(BATCH) });
  expect(used.get(BATCH)).toEqual({
    batch: BATCH,
    startAt: 'extract',
    dryRun: false,
    quiet: false,
    backfill: null,
    transformEngine: 'emr-serverless',
    ...SETTINGS,
    searchTasks: [
      { site: 'clien', kind: 'keyword', term: 'kona', part: 'clien-keyword-kona', function: 'search' },
      { site: 'bobaedream', kind: 'keyword', term: 'kona', part: 'bobaedream-keyword-kona', function: 'search' },
      { site: 'clien', kind: 'board', term: 'cm_car', part: 'clien-board-cm_car', function: 'search' },
      { site: 'bobaedream', kind: 'board', term: 'national', part: 'bobaedream-board-national', function: 'search' },
    ],
  });
});

it('takes settings from the event for this run', async () => {
  const { start, used } = fixture();
  await start({ scheduledTime: SCHEDULED, invocation: 'async', environment: 'DEV', detailFunctions: ['a', 'b'], searchFunctions: ['s'] });

  expect(used.get(BATCH)).toMatchObject({
    invocation: 'async',
    environment: 'DEV',
    detailFunctions: ['a', 'b'],
    searchTasks: [{ function: 's' }, { function: 's' }, { function: 's' }, { function: 's' }],
  });
});

it('skips while a live run goes on, and names it', async () => {
  const { start, used, areRunning } = fixture();
  areRunning('backfill-20261120T040000Z', '20261120T050000Z-r1');
  const executionArn = arnOf('20261120T050000Z-r1');

  expect(await start({ scheduledTime: SCHEDULED })).toEqual({ batch: BATCH, status: 'skipped', executionArn });
  expect(await start({ batch: BATCH })).toMatchObject({ status: 'skipped', executionArn });
  expect(used.size).toBe(0);
});

it('notes a scheduled batch that was skipped for another, not one that fired twice or that a person asked for', async () => {
  const { start, skipped, areRunning } = fixture();
  areRunning('20261120T050000Z');
  await Promise.all([start({ scheduledTime: SCHEDULED }), start({ batch: BATCH })]);
  areRunning(BATCH);
  await start({ scheduledTime: SCHEDULED });

  expect(skipped).toEqual([[BATCH, '20261120T050000Z']]);
});

it('starts a scheduled batch once, however often the schedule fires', async () => {
  const { start, used } = fixture();
  await start({ scheduledTime: SCHEDULED });

  expect(await start({ scheduledTime: '2026-11-20T05:30:00Z' })).toEqual({ batch: BATCH, status: 'skipped', executionArn: arnOf(BATCH) });
  expect([...used.keys()]).toEqual([BATCH]);
});

it('names the reruns of a person -r1, -r2, from where they say', async () => {
  const { start, used } = fixture();
  await start({ scheduledTime: SCHEDULED });

  expect(await start({ batch: BATCH, startAt: 'load' })).toMatchObject({ status: 'started' });
  await start({ batch: BATCH });

  expect([...used].map(([name, { startAt }]) => [name, startAt])).toEqual([
    [BATCH, 'extract'],
    [`${BATCH}-r1`, 'load'],
    [`${BATCH}-r2`, 'extract'],
  ]);
});

it('starts a batch that never ran under its own name', async () => {
  const { start, used } = fixture();
  await start({ batch: BATCH, keywordSetName: 'other' });

  expect(used.get(BATCH)).toMatchObject({ keywordSetName: 'other', searchTasks: [] });
});

it('gives up on a batch that was run again 99 times', async () => {
  const { start } = fixture();
  for (let run = 0; run < 100; run += 1) await start({ batch: BATCH });

  await expect(start({ batch: BATCH })).rejects.toThrow('run again 99 times');
});

describe('a backfill', () => {
  it('starts now, beside a live run, quietly and under a name of its own', async () => {
    const { start, used, areRunning } = fixture();
    areRunning('20261120T050000Z');

    expect(await start({ backfill: { ...backfill, sites: ['clien'] } })).toEqual({
      batch: '20261120T053107Z',
      status: 'started',
      executionArn: arnOf('backfill-20261120T053107Z'),
    });
    expect(used.get('backfill-20261120T053107Z')).toMatchObject({
      quiet: true,
      backfill: { ...backfill, sites: ['clien'] },
      searchTasks: [{ part: 'clien-keyword-kona' }, { part: 'clien-board-cm_car' }],
    });
  });

  it('does not take the batch of a schedule that fires in the same second', async () => {
    const { start } = fixture('2026-11-20T05:30:00Z');

    expect(await start({ backfill })).toMatchObject({ batch: '20261120T053001Z' });
  });

  it('is skipped while another one runs', async () => {
    const { start, areRunning } = fixture();
    areRunning('20261120T050000Z', 'backfill-20261120T040000Z-r2');

    expect(await start({ backfill })).toMatchObject({ status: 'skipped', executionArn: arnOf('backfill-20261120T040000Z-r2') });
  });

  it('is run again by its batch, from where a person says', async () => {
    const { start, used } = fixture();
    await start({ backfill });
    await start({ backfill, batch: '20261120T053107Z', startAt: 'load' });

    expect([...used].map(([name, { startAt, quiet }]) => [name, startAt, quiet])).toEqual([
      ['backfill-20261120T053107Z', 'extract', true],
      ['backfill-20261120T053107Z-r1', 'load', true],
    ]);
  });

  it('may be tried dry', async () => {
    const { start, used } = fixture();
    await start({ backfill, dryRun: true });

    expect(used.get('backfill-20261120T053107Z')).toMatchObject({ dryRun: true, startAt: 'extract' });
  });
});

it.each([
  [{ batch: BATCH, keywordSetName: 'missing' }, 'Keyword set "missing" is not in config/keyword-sets.json of the assets bucket'],
  [{ batch: BATCH, keywordSetName: 'constructor' }, 'which has default, other, wide; add it there'],
  [{ batch: BATCH, dryRun: true, startAt: 'load' }, 'cannot start at "load"; leave startAt or dryRun out'],
  [{ backfill, startAt: 'transform' }, 'nothing to start at "transform" with; give the batch of the one that is to be run again'],
  [{ backfill: { from: '2026-10-20', to: '2026-11-20' } }, '2026-10-20 to 2026-11-20 is 32 days, at most 31'],
  [{ backfill: { from: '2026-11-20', to: '2026-11-21' } }, 'to 2026-11-21 reaches into the future; give 2026-11-20 (today in Seoul)'],
  [{ backfill: { ...backfill, sites: ['naver'] } }, 'Site "naver" is not watched by keyword set "default"'],
])('refuses %j in a sentence with the value and the remedy', async (event, message) => {
  await expect(fixture().start(event)).rejects.toMatchObject({
    name: 'InvalidEventError',
    message: expect.stringContaining(message) as string,
  });
});

it.each([
  [{ backfill: { from: '2026-11-20', to: '2026-11-01' } }, 'from must not be after to in {"from":"2026-11-20","to":"2026-11-01"}'],
  [{ backfill: { from: '20.11.2026', to: '2026-11-01' } }, 'must be a day like 2026-11-20, not "20.11.2026"'],
  [{ batch: BATCH, detailBatchSize: 1000 }, 'must be a whole number from 1 to 100, not 1000'],
  [{ batch: BATCH, environment: 'prod' }, 'must be DEV or PROD, not "prod"'],
  [{}, 'give either scheduledTime, or batch or backfill'],
])('has no place in its contract for %j', (event, message) => {
  expect(startEventSchema.safeParse(event).error?.issues[0]?.message).toBe(message);
});

it('takes a day that has begun in Seoul alone', async () => {
  const { start } = fixture('2026-11-19T15:10:00Z');

  expect(await start({ backfill: { from: '2026-10-21', to: '2026-11-20' } })).toMatchObject({ status: 'started' });
});

describe('the input of the state machine', () => {
  it('stays below 32 KiB with 150 searches and names as long as CloudFormation makes them', async () => {
    const { start, used } = fixture();
    await start({
      batch: BATCH,
      keywordSetName: 'wide',
      searchFunctions: [longName(1), longName(2)],
      detailFunctions: Array.from({ length: 10 }, (_, index) => longName(index)),
      backfill,
    });

    const input = used.get(`backfill-${BATCH}`);
    expect(input?.searchTasks).toHaveLength(150);
    expect(Buffer.byteLength(JSON.stringify(input))).toBeLessThan(32 * 1024);
  });

  it('is refused above that', async () => {
    const { start } = fixture();
    const searchFunctions = ['arn', 'brn'].map((name) => name.padEnd(170, ':'));

    await expect(start({ batch: BATCH, keywordSetName: 'wide', searchFunctions })).rejects.toThrow('at most 32768 are passed on');
  });
});
