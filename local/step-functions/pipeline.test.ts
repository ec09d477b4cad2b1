import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonServer, type Answer, type JsonServer } from './json-server-fixture.ts';
import { FunctionError, stepFunctionsFixture, type FakeLambda, type StepFunctionsFixture } from './step-functions-fixture.ts';

let fixture: StepFunctionsFixture;
let aws: JsonServer | undefined;
beforeEach(() => {
  fixture = stepFunctionsFixture();
});
afterEach(async () => {
  await fixture.remove();
  await aws?.close();
});

const definition = (): object => {
  const text = readFileSync(join(import.meta.dirname, '../../workflow/pipeline.asl.json'), 'utf8');
  return JSON.parse(text.replaceAll(/\$\{(\w+)\}/g, '$1')) as object;
};
const input = {
  batch: '20261120T120000Z',
  startAt: 'extract',
  keywordSetName: 'default',
  searchTasks: [
    { site: 'bobaedream', kind: 'keyword', term: '엔진' },
    { site: 'clien', kind: 'board', term: 'cm_car' },
  ],
};

/** The functions' answers, as their contracts have them. */
const functions: FakeLambda = (name, event: Record<string, unknown>) => {
  const answers: Record<string, unknown> = {
    EnsureClusterFunctionArn: { clusterId: 'j-1' },
    SearchFunctionArn: { found: 3 },
    PlanFunctionArn: {
      partCount: 2,
      parts: [
        { site: 'bobaedream', part: 'bobaedream-0' },
        { site: 'clien', part: 'clien-0' },
      ],
    },
    ExtractFunctionArn: { posts: 5 },
    PrepareLoadFunctionArn: { sqls: ['select 1'], clientToken: 'token', statementName: 'load' },
    AlarmFunctionArn: { sent: 1, repeated: 0 },
    NotifyFailureFunctionArn: { error: Object.keys(event['errors'] ?? {}).join(), cause: JSON.stringify(event['errors']) },
  };
  if (event['site'] === 'naver') throw new FunctionError('UnknownSiteError', 'Site "naver" is unknown');
  if (name === 'ExtractFunctionArn' && event['part'] === 'clien-0') throw new FunctionError('HostBusyError', 'clien asks us to wait');
  return answers[name];
};

/** An EMR whose step ends in this state, and a warehouse that is busy once, then ends in that. */
const cloud =
  (stepState: string, loadStatus: string): Answer =>
  ({ operation }) => {
    if (operation.endsWith('AddJobFlowSteps')) return { body: { StepIds: ['s-1'] } };
    if (operation.endsWith('DescribeStep')) return { body: { Step: { Id: 's-1', Status: { State: stepState } } } };
    if (operation.endsWith('BatchExecuteStatement')) return { body: { Id: 'load-1' } };
    const describes = aws?.calls.filter((call) => call.operation.endsWith('DescribeStatement')).length ?? 0;
    return { body: describes < 2 ? { Id: 'load-1', Status: 'STARTED' } : { Id: 'load-1', Status: loadStatus, Error: 'Query #2 failed' } };
  };

async function run(answer: Answer, more: object = {}) {
  aws = await jsonServer(answer);
  return fixture.run(fixture.serve(definition(), { functions, endpointUrl: aws.url }), { ...input, ...more });
}

it('goes the whole way, past a part that fails', async () => {
  const ended = await run(cloud('COMPLETED', 'FINISHED'));
  const names = ended.states.map(({ name }) => name);

  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: { batch: '20261120T120000Z', alarm: { sent: 1, repeated: 0 } } });
  expect(names.filter((name) => !['Search', 'Extract'].includes(name))).toEqual([
    'WhereToStart',
    'EnsureCluster',
    'WhatToRead',
    'SearchAll',
    'Plan',
    'AnythingDue',
    'ExtractAll',
    'SkipFailedPart',
    'Transform',
    'PrepareLoad',
    'SubmitLoad',
    'DescribeLoad',
    'LoadOutcome',
    'WaitForLoad',
    'DescribeLoad',
    'LoadOutcome',
    'Alarm',
    'Done',
  ]);
  expect(ended.states.find(({ status }) => status === 'CAUGHT')).toMatchObject({ name: 'Extract', index: 1, error: 'HostBusyError' });
});

it('ends FAILED with what NotifyFailure says of a failed step', async () => {
  const ended = await run(cloud('FAILED', 'FINISHED'));

  expect(ended).toMatchObject({ status: 'FAILED', error: 'Transform' });
  expect(JSON.parse(ended.cause ?? '')).toMatchObject({ Transform: { Error: 'States.TaskFailed' } });
});

it('ends FAILED, naming it, when a search asks for a site that nobody knows', async () => {
  const ended = await run(cloud('COMPLETED', 'FINISHED'), {
    searchTasks: [...input.searchTasks, { site: 'naver', kind: 'board', term: 'x' }],
  });

  expect(ended).toMatchObject({ status: 'FAILED', error: 'SearchAll' });
  expect(JSON.parse(ended.cause ?? '')).toMatchObject({
    SearchAll: { Error: 'UnknownSiteError', Cause: expect.stringContaining('Site \\"naver\\" is unknown') as string },
  });
  expect(ended.states.map(({ name }) => name)).not.toContain('Plan');
});

it("ends FAILED with the warehouse's own words, from the load on", async () => {
  const ended = await run(cloud('COMPLETED', 'FAILED'), { startAt: 'load' });

  expect(ended).toMatchObject({ status: 'FAILED', error: 'Load' });
  expect(JSON.parse(ended.cause ?? '')).toEqual({ Load: { Error: 'LoadFailed', Cause: 'Query #2 failed' } });
  expect(ended.states.map(({ name }) => name)).not.toContain('Transform');
});
