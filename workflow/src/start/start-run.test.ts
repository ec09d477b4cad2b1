import { Logger } from '@aws-lambda-powertools/logger';
import { startEventSchema, type PipelineInput } from '../../../common/contracts/events.ts';
import { startRun } from './start-run.ts';

const BATCH = '20261120T053000Z';
const SCHEDULED = '2026-11-20T14:30:00+09:00';
const invocation = { logger: new Logger({ logLevel: 'SILENT' }) };

function fixture() {
  const used = new Map<string, PipelineInput>();
  let running: string | undefined;
  const arnOf = (name: string) => `arn:aws:states:ap-northeast-2:000000000000:execution:pipeline:${name}`;
  const deps = {
    executions: {
      arnOf,
      running: () => Promise.resolve(running),
      start(name: string, input: PipelineInput) {
        if (used.has(name)) return Promise.resolve(undefined);
        used.set(name, input);
        return Promise.resolve(arnOf(name));
      },
    },
    keywordSets: () =>
      Promise.resolve({
        default: { keywords: [{ name: '코나', spellings: ['코나'] }], negative: [], boards: ['clien/cm_car'] },
        other: { keywords: [{ name: '화재', spellings: ['화재'] }], negative: [], boards: [] },
      }),
    defaultKeywordSetName: 'default',
  };
  const start = (event: object) => startRun(startEventSchema.parse(event), deps, invocation);
  return { deps, used, start, isRunning: (name: string) => (running = arnOf(name)) };
}

it('starts a scheduled batch under its own name', async () => {
  const { start, used, deps } = fixture();

  expect(await start({ scheduledTime: SCHEDULED })).toEqual({
    batch: BATCH,
    status: 'started',
    executionArn: deps.executions.arnOf(BATCH),
  });
  expect(used.get(BATCH)).toEqual({
    batch: BATCH,
    startAt: 'extract',
    keywordSetName: 'default',
    searchTasks: [
      { site: 'clien', kind: 'keyword', term: '코나' },
      { site: 'clien', kind: 'board', term: 'cm_car' },
    ],
  });
});

it('skips while a run goes on, and names it', async () => {
  const { start, used, isRunning } = fixture();
  const executionArn = isRunning('20261120T050000Z');

  expect(await start({ scheduledTime: SCHEDULED })).toEqual({ batch: BATCH, status: 'skipped', executionArn });
  expect(await start({ batch: BATCH })).toMatchObject({ status: 'skipped' });
  expect(used.size).toBe(0);
});

it('starts a scheduled batch once, however often the schedule fires', async () => {
  const { start, used, deps } = fixture();
  await start({ scheduledTime: SCHEDULED });

  expect(await start({ scheduledTime: '2026-11-20T05:30:00Z' })).toEqual({
    batch: BATCH,
    status: 'skipped',
    executionArn: deps.executions.arnOf(BATCH),
  });
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

it.each(['missing', 'constructor'])('names the sets there are when %s is not one of them', async (keywordSetName) => {
  const { start } = fixture();

  await expect(start({ batch: BATCH, keywordSetName })).rejects.toMatchObject({
    name: 'InvalidEventError',
    message: expect.stringContaining('which has default, other') as string,
  });
});
