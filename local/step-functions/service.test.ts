import { setTimeout as sleep } from 'node:timers/promises';
import { FunctionError, lambdaState, stepFunctionsFixture, type StepFunctionsFixture } from './step-functions-fixture.ts';

let fixture: StepFunctionsFixture;
beforeEach(() => {
  fixture = stepFunctionsFixture();
});
afterEach(() => fixture.remove());

const one = (fields: object = {}) => ({ StartAt: 'Only', States: { Only: lambdaState('only', { End: true, ...fields }) } });

it('runs a task and tells its answer as AWS does', async () => {
  const service = fixture.serve(one({ ResultPath: '$.task' }), { functions: (name, event) => ({ name, event }) });

  const ended = await fixture.run(service, { batch: 'b' });

  expect(ended).toMatchObject({
    status: 'SUCCEEDED',
    output: {
      batch: 'b',
      task: {
        ExecutedVersion: '$LATEST',
        StatusCode: 200,
        Payload: { name: 'only', event: { batch: 'b' } },
        SdkHttpMetadata: { HttpStatusCode: 200 },
      },
    },
  });
  expect(ended.events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
});

it('retries by the name of the error only', async () => {
  const calls: string[] = [];
  const functions = () => {
    calls.push('call');
    throw new FunctionError(calls.length < 3 ? 'HostBusyError' : 'EnvironmentError', `attempt ${calls.length}`);
  };
  const Retry = [{ ErrorEquals: ['HostBusyError'], IntervalSeconds: 1, MaxAttempts: 5 }];

  const ended = await fixture.run(fixture.serve(one({ Retry }), { functions }));

  expect(calls).toHaveLength(3);
  expect(ended).toMatchObject({ status: 'FAILED', error: 'EnvironmentError' });
  expect(JSON.parse(ended.cause ?? '')).toEqual({ errorType: 'EnvironmentError', errorMessage: 'attempt 3', trace: [] });
  expect(ended.states).toMatchObject([{ name: 'Only', status: 'FAILED', retries: 2, error: 'EnvironmentError' }]);
  expect(ended.events.filter(({ type }) => type === 'TaskFailed')).toHaveLength(3);
  expect(ended.events.at(-1)).toMatchObject({ type: 'ExecutionFailed', executionFailedEventDetails: { error: 'EnvironmentError' } });
});

it('catches into a path whose parent is missing, and fails by ErrorPath and CausePath', async () => {
  const service = fixture.serve(
    {
      StartAt: 'Try',
      States: {
        Try: lambdaState('try', { Catch: [{ ErrorEquals: ['States.TaskFailed'], ResultPath: '$.errors.Try', Next: 'Failed' }], End: true }),
        Failed: { Type: 'Fail', ErrorPath: '$.errors.Try.Error', CausePath: '$.errors.Try.Cause' },
      },
    },
    {
      functions: () => {
        throw new FunctionError('PageFetchError', 'no page');
      },
    },
  );

  const ended = await fixture.run(service, { batch: 'b' });

  expect(ended).toMatchObject({ status: 'FAILED', error: 'PageFetchError' });
  expect(JSON.parse(ended.cause ?? '')).toMatchObject({ errorMessage: 'no page' });
  expect(ended.states.map(({ name, status }) => [name, status])).toEqual([
    ['Try', 'CAUGHT'],
    ['Failed', 'FAILED'],
  ]);
  expect(ended.events.map(({ type }) => type).slice(-3)).toEqual(['TaskStateExited', 'FailStateEntered', 'ExecutionFailed']);
});

it('ends the work of a task that times out, and says States.Timeout, which States.TaskFailed does not catch', async () => {
  let aborted = false;
  const service = fixture.serve(
    {
      StartAt: 'Slow',
      States: {
        Slow: lambdaState('slow', {
          TimeoutSeconds: 1,
          Catch: [
            { ErrorEquals: ['States.TaskFailed'], Next: 'Wrong' },
            { ErrorEquals: ['States.Timeout'], Next: 'Right' },
          ],
          End: true,
        }),
        Wrong: { Type: 'Fail' },
        Right: { Type: 'Succeed' },
      },
    },
    {
      functions: (_name, _event, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new Error('aborted'));
          });
        }),
    },
  );

  const ended = await fixture.run(service);

  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'States.Timeout' } });
  expect(aborted).toBe(true);
  expect(ended.events.map(({ type }) => type)).toContain('TaskTimedOut');
});

it('stops: the work ends, and no retry starts anything more', async () => {
  let calls = 0;
  const service = fixture.serve(one({ Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60, MaxAttempts: 4 }] }), {
    waitScale: 1,
    functions: () => {
      calls++;
      throw new FunctionError('HostBusyError', 'busy');
    },
  });
  const executionArn = await fixture.start(service);
  await sleep(50);

  const stopped = await fixture.handle(service, 'StopExecution', { executionArn, error: 'Operator', cause: 'enough' });
  const ended = await fixture.ended(service, executionArn);
  await sleep(50);

  expect(stopped['stopDate']).toEqual(expect.any(Number));
  expect(ended).toMatchObject({
    status: 'ABORTED',
    error: 'Operator',
    cause: 'enough',
    states: [{ name: 'Only', retries: expect.any(Number) as number }],
  });
  expect(ended.events.at(-1)).toMatchObject({ type: 'ExecutionAborted', executionAbortedEventDetails: { error: 'Operator' } });
  expect(calls).toBe(1);
});

it("ends TIMED_OUT at the machine's own time-out and ends the work of its tasks", async () => {
  let aborted = false;
  const service = fixture.serve(
    { TimeoutSeconds: 1, ...one() },
    {
      functions: (_name, _event, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new Error('aborted'));
          });
        }),
    },
  );

  const ended = await fixture.run(service);

  expect(ended).toMatchObject({ status: 'TIMED_OUT', states: [{ status: 'ABORTED' }] });
  expect(aborted).toBe(true);
  expect(ended.events.at(-1)?.type).toBe('ExecutionTimedOut');
});

it('gives the execution to context paths, inside a Map too, and the machine', async () => {
  const service = fixture.serve({
    StartAt: 'All',
    States: {
      All: {
        Type: 'Map',
        ItemsPath: '$.items',
        ItemSelector: { 'item.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index' },
        ItemProcessor: {
          StartAt: 'Inner',
          States: {
            Inner: {
              Type: 'Pass',
              Parameters: {
                'item.$': '$.item',
                'index.$': '$.index',
                'name.$': '$$.Execution.Name',
                'batch.$': '$$.Execution.Input.batch',
                'machine.$': '$$.StateMachine.Name',
              },
              End: true,
            },
          },
        },
        End: true,
      },
    },
  });
  const executionArn = await fixture.start(service, { batch: 'b', items: ['x', 'y'] }, 'first-run');

  expect((await fixture.ended(service, executionArn)).output).toEqual([
    { item: 'x', index: 0, name: 'first-run', batch: 'b', machine: 'pipeline' },
    { item: 'y', index: 1, name: 'first-run', batch: 'b', machine: 'pipeline' },
  ]);
});

it('polls in a loop', async () => {
  let polls = 0;
  const service = fixture.serve(
    {
      StartAt: 'Describe',
      States: {
        Describe: lambdaState('describe', { ResultSelector: { 'status.$': '$.Payload' }, Next: 'Which' }),
        Which: { Type: 'Choice', Choices: [{ Variable: '$.status', StringEquals: 'FINISHED', Next: 'Done' }], Default: 'Pause' },
        Pause: { Type: 'Wait', Seconds: 2, Next: 'Describe' },
        Done: { Type: 'Succeed' },
      },
    },
    { functions: () => (++polls < 4 ? 'STARTED' : 'FINISHED') },
  );

  const ended = await fixture.run(service);

  expect(ended.output).toEqual({ status: 'FINISHED' });
  expect(ended.states.filter(({ name }) => name === 'Pause')).toHaveLength(3);
});

it('refuses data over 256 KiB: as a result of a task, and as the output of any state', async () => {
  const large = (bytes: number) => 'x'.repeat(bytes);
  const task = fixture.serve(one({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] }), { functions: () => large(262_144) });
  const state = fixture.serve(
    {
      StartAt: 'Only',
      States: { Only: lambdaState('only', { ResultPath: '$.more', Next: 'Then' }), Then: { Type: 'Wait', Seconds: 100, End: true } },
    },
    { functions: () => large(150_000), waitScale: 1 },
  );

  expect(await fixture.run(task)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  expect(await fixture.run(state, { before: large(150_000) })).toMatchObject({
    status: 'FAILED',
    error: 'States.DataLimitExceeded',
    cause: "The state/task 'Only' returned a result with a size exceeding the maximum number of bytes service limit (262144).",
  });
});
