import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '../../endpoint/service.ts';
import { jsonServer, type Answer, type JsonCall, type JsonServer } from '../json-server-fixture.ts';
import { stepFunctionsFixture, type StepFunctionsFixture } from '../step-functions-fixture.ts';
import type { TaskDependencies } from './task-function.ts';

let fixture: StepFunctionsFixture;
let aws: JsonServer;
let answer: Answer;
beforeEach(async () => {
  fixture = stepFunctionsFixture();
  aws = await jsonServer((call) => answer(call));
});
afterEach(async () => {
  await fixture.remove();
  await aws.close();
});

function serve(resource: string, parameters: object, fields: object = {}, lambda?: TaskDependencies['lambda']) {
  const definition = {
    StartAt: 'Only',
    States: { Only: { Type: 'Task', Resource: resource, Parameters: parameters, TimeoutSeconds: 20, End: true, ...fields } },
  };
  const tasks = { endpointUrl: aws.url, region: 'ap-northeast-2', secretAccessKey: 'local' };
  return fixture.serve(definition, { endpointUrl: aws.url, ...(lambda ? { tasks: { ...tasks, lambda } } : {}) });
}

describe('elasticmapreduce:addStep.sync', () => {
  const step = { Name: 'transform', ActionOnFailure: 'CONTINUE', HadoopJarStep: { Jar: 'command-runner.jar', Args: ['spark-submit'] } };
  const parameters = { 'ClusterId.$': '$.clusterId', Step: step };
  const emr = (states: string[]) => (call: JsonCall) => {
    if (call.operation === 'ElasticMapReduce.AddJobFlowSteps') return { body: { StepIds: ['s-1'] } };
    if (call.operation === 'ElasticMapReduce.CancelSteps') return { body: { CancelStepsInfoList: [] } };
    const State = states.length > 1 ? states.shift() : states[0];
    return { body: { Step: { Id: 's-1', Name: 'transform', Status: { State, Timeline: { CreationDateTime: 1_763_600_000 } } } } };
  };

  it('waits for the step as the role of the state machine and answers it', async () => {
    answer = emr(['PENDING', 'RUNNING', 'COMPLETED']);

    const ended = await fixture.run(serve('arn:aws:states:::elasticmapreduce:addStep.sync', parameters), { clusterId: 'j-1' });

    expect(ended).toMatchObject({
      status: 'SUCCEEDED',
      output: { Step: { Id: 's-1', Status: { State: 'COMPLETED', Timeline: { CreationDateTime: '2025-11-20T00:53:20.000Z' } } } },
    });
    expect(aws.calls[0]?.input).toEqual({ JobFlowId: 'j-1', Steps: [step] });
    expect(aws.calls[0]?.authorization).toContain('Credential=KEYPIPELINE/');
    expect(aws.calls.filter(({ operation }) => operation.endsWith('DescribeStep'))).toHaveLength(3);
  });

  it('fails as States.TaskFailed with the step as its cause', async () => {
    answer = emr(['FAILED']);

    const ended = await fixture.run(serve('arn:aws:states:::elasticmapreduce:addStep.sync', parameters), { clusterId: 'j-1' });

    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(ended.cause ?? '')).toMatchObject({ Step: { Id: 's-1', Status: { State: 'FAILED' } } });
  });

  it('is refused by an ending cluster under the name of the base class, with the code in the cause', async () => {
    answer = () => ({
      status: 400,
      body: { __type: 'ValidationException', message: 'A job flow that is shutting down may not be modified.' },
    });

    const ended = await fixture.run(serve('arn:aws:states:::elasticmapreduce:addStep.sync', parameters), { clusterId: 'j-1' });

    expect(ended).toMatchObject({ status: 'FAILED', error: 'EMR.AmazonElasticMapReduceException' });
    expect(ended.cause).toContain('Error Code: ValidationException');
  });

  it.each(['time-out', 'stop'])('ends at a %s, and cancels the step only when the execution is stopped', async (how) => {
    answer = emr(['RUNNING']);
    const service = serve('arn:aws:states:::elasticmapreduce:addStep.sync', parameters, { TimeoutSeconds: how === 'stop' ? 20 : 1 });
    const executionArn = await fixture.start(service, { clusterId: 'j-1' });
    while (how === 'stop' && aws.calls.length < 2) await sleep(10);
    if (how === 'stop') await fixture.handle(service, 'StopExecution', { executionArn });

    const ended = await fixture.ended(service, executionArn);

    expect(ended).toMatchObject(how === 'stop' ? { status: 'ABORTED' } : { status: 'FAILED', error: 'States.Timeout' });
    const cancelled = aws.calls.filter(({ operation }) => operation === 'ElasticMapReduce.CancelSteps').map(({ input }) => input);
    const request = { ClusterId: 'j-1', StepIds: ['s-1'], StepCancellationOption: 'TERMINATE_PROCESS' };
    expect(cancelled).toEqual(how === 'stop' ? [request] : []);
  });
});

describe('lambda:invoke', () => {
  const invoke = 'arn:aws:states:::lambda:invoke';
  const parameters = { FunctionName: 'extract', 'InvocationType.$': '$.type', Payload: { 'part.$': '$.part' } };

  it('of the type Event answers 202 and an empty payload at once, whatever becomes of the function', async () => {
    const sent: unknown[] = [];
    const lambda = { invoke: () => Promise.reject(new Error('not expected')), send: (...event: unknown[]) => void sent.push(event) };
    const service = serve(invoke, parameters, {}, lambda);

    const ended = await fixture.run(service, { type: 'Event', part: 'clien-0001' });

    expect(ended.output).toEqual({ Payload: '', SdkHttpMetadata: { HttpStatusCode: 202 }, StatusCode: 202 });
    expect(sent).toEqual([['extract', { part: 'clien-0001' }]]);
  });

  it.each([
    [
      'a function that does not exist',
      new ServiceError('ResourceNotFoundException', 'Function not found: extract', 404),
      'Lambda.ResourceNotFoundException',
    ],
    ['a fault of our own', new TypeError('broken'), 'States.Runtime'],
  ])('of the type Event fails at once for %s', async (_what, error, name) => {
    const send = () => {
      throw error;
    };
    const service = serve(invoke, parameters, {}, { invoke: () => Promise.reject(new Error('not expected')), send });

    expect(await fixture.run(service, { type: 'Event', part: 'x' })).toMatchObject({ status: 'FAILED', error: name });
  });

  it('refuses another type', async () => {
    const ended = await fixture.run(serve(invoke, parameters), { type: 'DryRun', part: 'x' });

    expect(ended).toMatchObject({ status: 'FAILED', cause: 'The laptop run does not know InvocationType DryRun of lambda:invoke' });
  });
});

describe('aws-sdk:redshiftdata', () => {
  const submit = 'arn:aws:states:::aws-sdk:redshiftdata:batchExecuteStatement';
  const parameters = { WorkgroupName: 'local', Database: 'hotpost', 'Sqls.$': '$.sqls', ClientToken: 'token' };

  it('sends PascalCase parameters as the role of the state machine, and gives instants as texts', async () => {
    answer = () => ({ body: { Id: 'id-1', CreatedAt: 1_763_600_000.25, Database: 'hotpost' } });

    const ended = await fixture.run(serve(submit, parameters), { sqls: ['select 1', 'select 2'] });

    expect(ended.output).toEqual({ Id: 'id-1', CreatedAt: '2025-11-20T00:53:20.250Z', Database: 'hotpost' });
    expect(aws.calls).toMatchObject([
      {
        operation: 'RedshiftData.BatchExecuteStatement',
        input: { WorkgroupName: 'local', Database: 'hotpost', Sqls: ['select 1', 'select 2'], ClientToken: 'token' },
        authorization: expect.stringContaining('Credential=KEYPIPELINE/') as string,
      },
    ]);
  });

  it('names errors as Step Functions does, so that Retry and Catch match them', async () => {
    answer = () =>
      aws.calls.length < 3
        ? { status: 400, body: { __type: 'ActiveStatementsExceededException', message: 'too many' } }
        : { status: 400, body: { __type: 'ValidationException', message: 'Sqls is empty' } };
    const Retry = [{ ErrorEquals: ['RedshiftData.ActiveStatementsExceededException'], IntervalSeconds: 1, MaxAttempts: 3 }];

    const ended = await fixture.run(serve(submit, parameters, { Retry }), { sqls: [] });

    expect(aws.calls).toHaveLength(3);
    expect(ended).toMatchObject({
      status: 'FAILED',
      error: 'RedshiftData.ValidationException',
      cause: 'Sqls is empty (Service: RedshiftData, Status Code: 400, Request ID: request-1)',
    });
  });

  it('names an endpoint that nobody answers at', async () => {
    const service = serve(submit, parameters);
    await aws.close();

    expect(await fixture.run(service, { sqls: [] })).toMatchObject({ status: 'FAILED', error: 'RedshiftData.SdkClientException' });
  });
});
