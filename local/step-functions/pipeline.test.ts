import { pipelineFixture, pipelineInput, type PipelineFixture } from './pipeline-fixture.ts';
import { FunctionError, type Ended } from './step-functions-fixture.ts';

let pipeline: PipelineFixture;
beforeEach(() => {
  pipeline = pipelineFixture();
});
afterEach(() => pipeline.remove());

const ITEM_STATES = /^(HowTo|Search$|Extract$|Send|Skip)/;
const names = ({ states }: Ended) => states.map(({ name }) => name);
const way = (ended: Ended) => names(ended).filter((name) => !ITEM_STATES.test(name));
const eventsOf = (name: string) => pipeline.invoked.filter((each) => each.name === name).map(({ event }) => event);
const LOAD = ['PrepareLoad', 'SubmitLoad', 'DescribeLoad', 'LoadOutcome', 'WaitForLoad', 'DescribeLoad', 'LoadOutcome', 'Alarm', 'Done'];

it('goes the whole way, past a search and a part that fail', async () => {
  const ended = await pipeline.run(
    {},
    {
      functions(_name, { part }: { part?: string }) {
        if (part === 'bobaedream-keyword-1') throw new FunctionError('Sandbox.Timedout', 'Task timed out after 120.00 seconds');
        if (part === 'clien-0001') throw new FunctionError('HostBusyError', 'clien asks us to wait');
      },
    },
  );

  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: { batch: '20261120T120000Z', alarm: { sent: 1, repeated: 0 } } });
  expect(way(ended)).toEqual([
    'WhereToStart',
    'EnsureCluster',
    'WhatToRead',
    'SearchAll',
    'SearchesRunning',
    'OnlySearched',
    'Plan',
    'ExtractAll',
    'SettleExtract',
    'AnythingRead',
    'WhichEngine',
    'Transform',
    ...LOAD,
  ]);
  expect(names(ended).filter((name) => name.startsWith('Skip'))).toEqual(['SkipFailedSearch', 'SkipFailedPart']);
  expect(ended.states.filter(({ status }) => status === 'CAUGHT').map(({ name, error }) => [name, error])).toEqual([
    ['Search', 'Sandbox.Timedout'],
    ['Extract', 'HostBusyError'],
  ]);
});

it('gives each function what its contract names, and nothing else', async () => {
  const backfill = { from: '2026-11-01', to: '2026-11-03' };
  await pipeline.run({ keywordSetName: 'ev', environment: 'DEV', backfill, quiet: true });

  const { batch, detailBatchSize, detailFunctions } = pipelineInput();
  const of = { batch, keywordSetName: 'ev', backfill };
  expect(eventsOf('search-1')).toEqual([
    { ...of, environment: 'DEV', dryRun: false, site: 'bobaedream', kind: 'keyword', term: '엔진', part: 'bobaedream-keyword-1' },
    { ...of, environment: 'DEV', dryRun: false, site: 'clien', kind: 'board', term: 'cm_car', part: 'clien-board-cm_car' },
  ]);
  expect(eventsOf('PlanFunctionArn')).toEqual([{ batch, environment: 'DEV', backfill, detailBatchSize, detailFunctions }]);
  expect(eventsOf('extract-1')).toEqual([{ ...of, site: 'bobaedream', part: 'bobaedream-0001' }]);
  expect(eventsOf('extract-2')).toEqual([{ ...of, site: 'clien', part: 'clien-0001' }]);
  expect(eventsOf('SettleFunctionArn')).toEqual([
    {
      batch,
      stage: 'extract',
      invocation: 'sync',
      executionName: batch,
      parts: ['bobaedream-0001', 'clien-0001'],
      searches: ['bobaedream-keyword-1', 'clien-board-cm_car'],
    },
  ]);
  expect(eventsOf('AlarmFunctionArn')).toEqual([{ batch, keywordSetName: 'ev', quiet: true }]);
});

it('settles also when nothing is due, and loads without a step when nothing was read', async () => {
  const ended = await pipeline.run(
    {},
    {
      functions(name) {
        if (name === 'PlanFunctionArn') return { posts: 0, deferred: 0, collected: 0, partCount: 0, parts: [] };
        return name === 'SettleFunctionArn' ? { posts: 0, missing: 0 } : undefined;
      },
    },
  );

  expect(ended.status).toBe('SUCCEEDED');
  expect(way(ended).slice(7)).toEqual(['ExtractAll', 'SettleExtract', 'AnythingRead', ...LOAD]);
  expect(eventsOf('SettleFunctionArn')).toMatchObject([{ stage: 'extract', parts: [] }]);
});

it('ends after the searches, without a cluster, when it is a dry run', async () => {
  const ended = await pipeline.run({ dryRun: true });

  expect(ended.status).toBe('SUCCEEDED');
  expect(way(ended)).toEqual(['WhereToStart', 'SearchAll', 'SearchesRunning', 'OnlySearched', 'Done']);
  expect(eventsOf('search-1')).toMatchObject([{ dryRun: true }, { dryRun: true }]);
});

it('ends FAILED with the sentence of Settle when nothing at all could be read', async () => {
  const ended = await pipeline.run(
    { keywordSetName: 'ev', backfill: { from: '2026-11-01', to: '2026-11-03' } },
    {
      functions(name) {
        if (name === 'SettleFunctionArn') throw new FunctionError('NothingReadError', 'No list and no post could be read');
      },
    },
  );

  expect(ended).toMatchObject({ status: 'FAILED', error: 'SettleExtract' });
  expect(JSON.parse(ended.cause ?? '')).toMatchObject({
    SettleExtract: { Error: 'NothingReadError', Cause: expect.stringContaining('No list and no post could be read') as string },
  });
  expect(eventsOf('NotifyFailureFunctionArn')).toMatchObject([
    {
      executionName: '20261120T120000Z',
      keywordSetName: 'ev',
      backfill: { from: '2026-11-01', to: '2026-11-03' },
      dryRun: false,
    },
  ]);
});

it('ends FAILED with what NotifyFailure says of a failed step', async () => {
  const ended = await pipeline.run({}, { stepState: 'FAILED' });

  expect(ended).toMatchObject({ status: 'FAILED', error: 'Transform' });
  expect(JSON.parse(ended.cause ?? '')).toMatchObject({ Transform: { Error: 'States.TaskFailed' } });
});

it('asks for another cluster once when the first is ending, and goes on', async () => {
  const ended = await pipeline.run({ startAt: 'transform' }, { refusals: 1 });

  expect(way(ended)).toEqual([
    'WhereToStart',
    'EnsureCluster',
    'WhatToRead',
    'WhichEngine',
    'Transform',
    'ClusterRefused',
    'EnsureClusterAgain',
    'Transform',
    ...LOAD,
  ]);
});

it('cancels a step that takes too long, and ends FAILED', async () => {
  const ended = await pipeline.run({ startAt: 'transform' }, { stepState: 'RUNNING', transformSeconds: 1 });

  expect(ended).toMatchObject({ status: 'FAILED', error: 'Transform' });
  expect(JSON.parse(ended.cause ?? '')).toMatchObject({ Transform: { Error: 'States.Timeout' } });
  expect(eventsOf('CancelStepFunctionArn')).toEqual([{ batch: '20261120T120000Z', clusterId: 'j-1' }]);
});

it('ends FAILED with the words of EMR when the second cluster refuses the step too', async () => {
  const ended = await pipeline.run({ startAt: 'transform' }, { refusals: 2 });

  expect(ended).toMatchObject({ status: 'FAILED', error: 'Transform' });
  expect(JSON.parse(ended.cause ?? '')).toMatchObject({ Transform: { Error: 'EMR.AmazonElasticMapReduceException' } });
  expect(eventsOf('EnsureClusterFunctionArn')).toHaveLength(2);
});

it.each([
  ['extract', ['SearchAll', 'SearchesRunning', 'OnlySearched', 'Plan', 'ExtractAll', 'SettleExtract', 'AnythingRead']],
  ['transform', []],
] as const)('runs the job without a cluster on EMR Serverless, from %s', async (startAt, before) => {
  const ended = await pipeline.run({ startAt, transformEngine: 'emr-serverless' }, { stepState: 'SUCCESS' });

  expect(way(ended)).toEqual(['WhereToStart', 'WhatToRead', ...before, 'WhichEngine', 'TransformServerless', ...LOAD]);
});

it('ends FAILED with what EMR Serverless says of a failed job run', async () => {
  const ended = await pipeline.run({ startAt: 'transform', transformEngine: 'emr-serverless' }, { stepState: 'FAILED' });

  expect(ended).toMatchObject({ status: 'FAILED', error: 'Transform' });
  expect(JSON.parse(ended.cause ?? '')).toMatchObject({
    Transform: { Error: 'States.TaskFailed', Cause: expect.stringContaining('"StateDetails":"in words"') as string },
  });
});

it.each([
  ['a search asks for a site that nobody knows', 'search-1', 'UnknownSiteError', 'SearchAll', 'Plan'],
  ['a part meets a page from a private address', 'extract-2', 'PrivateAddressError', 'ExtractAll', 'SettleExtract'],
])('ends FAILED, naming it, when %s', async (_what, failing, error, state, notReached) => {
  const ended = await pipeline.run(
    {},
    {
      functions(name) {
        if (name === failing) throw new FunctionError(error, 'a person must act');
      },
    },
  );

  expect(ended).toMatchObject({ status: 'FAILED', error: state });
  expect(JSON.parse(ended.cause ?? '')).toMatchObject({
    [state]: { Error: error, Cause: expect.stringContaining('a person must act') as string },
  });
  expect(names(ended)).not.toContain(notReached);
});

it.each([
  ['load', ['WhereToStart', ...LOAD]],
  ['alarm', ['WhereToStart', 'Alarm', 'Done']],
  ['transform', ['WhereToStart', 'EnsureCluster', 'WhatToRead', 'WhichEngine', 'Transform', ...LOAD]],
] as const)('runs the rest of the way from %s', async (startAt, expected) => {
  expect(way(await pipeline.run({ startAt }))).toEqual(expected);
});

it("ends FAILED with the warehouse's own words, from the load on", async () => {
  const ended = await pipeline.run({ startAt: 'load' }, { loadStatus: 'FAILED' });

  expect(ended).toMatchObject({ status: 'FAILED', error: 'Load' });
  expect(JSON.parse(ended.cause ?? '')).toEqual({ Load: { Error: 'LoadFailed', Cause: 'Query #2 failed' } });
  expect(names(ended)).not.toContain('Transform');
});
