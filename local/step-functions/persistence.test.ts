import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lambdaState, MACHINE_ARN, stepFunctionsFixture, type StepFunctionsFixture } from './step-functions-fixture.ts';

let fixture: StepFunctionsFixture;
beforeEach(() => {
  fixture = stepFunctionsFixture();
});
afterEach(() => fixture.remove());

const pass = { StartAt: 'Only', States: { Only: { Type: 'Pass', End: true } } };
const hanging = { StartAt: 'Only', States: { Only: lambdaState('only', { End: true }) } };
const hang = (_name: string, _event: never, signal: AbortSignal) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

it('takes a name once: the same start while it runs, an error otherwise', async () => {
  const service = fixture.serve(hanging, { functions: hang });

  const first = await fixture.start(service, { batch: 'b' }, '20261120T120000Z');
  const again = await fixture.start(service, { batch: 'b' }, '20261120T120000Z');

  expect(first).toBe('arn:aws:states:ap-northeast-2:000000000000:execution:pipeline:20261120T120000Z');
  expect(again).toBe(first);
  await expect(fixture.start(service, { batch: 'other' }, '20261120T120000Z')).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
  await fixture.handle(service, 'StopExecution', { executionArn: first });
  await expect(fixture.start(service, { batch: 'b' }, '20261120T120000Z')).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
});

it('keeps names, outcomes and histories over a restart', async () => {
  const before = fixture.serve(pass);
  const executionArn = await fixture.start(before, { x: 1 }, 'run-1');
  const told = await fixture.ended(before, executionArn);
  await before.close();

  const after = fixture.serve(pass);

  expect(await fixture.ended(after, executionArn)).toEqual(told);
  await expect(fixture.start(after, { x: 1 }, 'run-1')).rejects.toMatchObject({ code: 'ExecutionAlreadyExists' });
  expect(readdirSync(join(fixture.directory, 'pipeline')).sort()).toEqual(['run-1.execution.json', 'run-1.history.json']);
});

it('aborts what an earlier process left running, and says so', async () => {
  const killed = fixture.serve(hanging, { functions: hang });
  const executionArn = await fixture.start(killed, {}, 'run-1');

  const next = fixture.serve(hanging, { functions: hang }); // The first is still there, as a killed process would have left its files.

  expect(await fixture.handle(next, 'DescribeExecution', { executionArn })).toMatchObject({
    status: 'ABORTED',
    error: 'Local.Interrupted',
    cause: 'The process that ran this execution ended before it did. Run the batch again.',
    stopDate: expect.any(Number) as number,
  });
  const { events } = (await fixture.handle(next, 'GetExecutionHistory', { executionArn })) as { events: { type: string }[] };
  expect(events.map(({ type }) => type)).toEqual(['ExecutionStarted', 'ExecutionAborted']);
});

it('aborts what runs when it is closed', async () => {
  const service = fixture.serve(hanging, { functions: hang });
  const executionArn = await fixture.start(service, {}, 'run-1');

  await service.close();

  expect(await fixture.handle(service, 'DescribeExecution', { executionArn })).toMatchObject({
    status: 'ABORTED',
    error: 'Local.Interrupted',
  });
  await expect(fixture.start(service)).rejects.toMatchObject({ code: 'InternalFailure' });
});

it('lists executions by status, the newest first, in pages', async () => {
  const service = fixture.serve(pass);
  for (const name of ['one', 'two', 'three']) {
    await fixture.ended(service, await fixture.start(service, {}, name));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const list = async (more: object) => {
    const { executions, nextToken } = await fixture.handle(service, 'ListExecutions', { stateMachineArn: MACHINE_ARN, ...more });
    return { names: (executions as { name: string }[]).map(({ name }) => name), nextToken };
  };

  expect(await list({ statusFilter: 'SUCCEEDED', maxResults: 2 })).toEqual({ names: ['three', 'two'], nextToken: '2' });
  expect(await list({ statusFilter: 'SUCCEEDED', maxResults: 2, nextToken: '2' })).toEqual({ names: ['one'], nextToken: undefined });
  expect(await list({ statusFilter: 'RUNNING' })).toEqual({ names: [], nextToken: undefined });
});

it('gives a history backwards and in pages', async () => {
  const service = fixture.serve(pass);
  const executionArn = await fixture.start(service);
  await service.untilEnded(executionArn);

  const last = await fixture.handle(service, 'GetExecutionHistory', { executionArn, reverseOrder: true, maxResults: 1 });

  expect(last).toMatchObject({ events: [{ type: 'ExecutionSucceeded', id: 4 }], nextToken: '1' });
});

it.each([
  ['a name with a colon', { name: 'a:b' }, 'InvalidName'],
  ['a name with a space', { name: 'a b' }, 'InvalidName'],
  ['a name of 81 characters', { name: 'x'.repeat(81) }, 'InvalidName'],
  ['input that is no JSON', { input: '{' }, 'InvalidExecutionInput'],
  ['input over 262144 bytes', { input: JSON.stringify('가'.repeat(87_382)) }, 'InvalidExecutionInput'],
  ['an unknown machine', { stateMachineArn: 'arn:other' }, 'StateMachineDoesNotExist'],
])('refuses to start with %s', async (_what, fields, code) => {
  const service = fixture.serve(pass);

  await expect(fixture.handle(service, 'StartExecution', { stateMachineArn: MACHINE_ARN, ...fields })).rejects.toMatchObject({ code });
});

it('refuses unknown executions and operations', async () => {
  const service = fixture.serve(pass);

  await expect(fixture.handle(service, 'DescribeExecution', { executionArn: 'arn:none' })).rejects.toMatchObject({
    code: 'ExecutionDoesNotExist',
  });
  await expect(fixture.handle(service, 'CreateStateMachine', {})).rejects.toMatchObject({ code: 'UnknownOperationException' });
});
