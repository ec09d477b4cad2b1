import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf, endpointFixture, KNOWN_KEY, type EndpointFixture } from '../endpoint/endpoint-fixture.ts';
import { lambdaFixture, type LambdaFixture } from '../lambda/lambda-fixture.ts';
import { stepFunctionsService } from './service.ts';
import { lambdaState, machine, MACHINE_ARN } from './step-functions-fixture.ts';

let endpoints: EndpointFixture;
let functions: LambdaFixture;
beforeEach(async () => {
  endpoints = await endpointFixture();
  functions = lambdaFixture();
});
afterEach(async () => {
  await endpoints.remove();
  await functions.remove();
});

it('answers an unmodified client, with real functions behind the tasks', async () => {
  const check = functions.define(
    'Check',
    `class WarehouseError extends Error { readonly name = 'WarehouseError' }
     let calls = 0;
     export const handler = async ({ batch }) => { if (++calls === 1) throw new WarehouseError('busy'); return { batch, calls }; };`,
  );
  const lambda = await functions.start();
  const Retry = [{ ErrorEquals: ['WarehouseError'], IntervalSeconds: 1, MaxAttempts: 2 }];
  const definition = { StartAt: 'Check', States: { Check: lambdaState(check.arn, { Retry, OutputPath: '$.Payload', End: true }) } };
  const tasks = { lambda, endpointUrl: 'http://127.0.0.1:9', region: 'ap-northeast-2', secretAccessKey: 'local' };
  const service = stepFunctionsService({
    machines: [machine(definition)],
    directory: `${endpoints.directory}/executions`,
    tasks,
    waitScale: 0.01,
  });
  const client = new SFNClient(clientOf(await endpoints.start({ services: [service] }), KNOWN_KEY));
  const start = new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name: 'first', input: '{"batch":"b"}' });

  const { executionArn, startDate } = await client.send(start);
  let described = await client.send(new DescribeExecutionCommand({ executionArn }));
  while (described.status === 'RUNNING') {
    await sleep(20);
    described = await client.send(new DescribeExecutionCommand({ executionArn }));
  }
  const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true }));
  const listed = [];
  for await (const { executions } of paginateListExecutions({ client }, { stateMachineArn: MACHINE_ARN }))
    listed.push(...(executions ?? []));

  expect(described).toMatchObject({ status: 'SUCCEEDED', output: '{"batch":"b","calls":2}', input: '{"batch":"b"}', name: 'first' });
  expect(described.stopDate?.getTime()).toBeGreaterThanOrEqual(startDate?.getTime() ?? Infinity);
  expect(events?.[0]).toMatchObject({ type: 'ExecutionSucceeded', executionSucceededEventDetails: { output: '{"batch":"b","calls":2}' } });
  expect(events?.find(({ type }) => type === 'TaskFailed')?.taskFailedEventDetails).toMatchObject({
    error: 'WarehouseError',
    resource: 'invoke',
  });
  expect(listed.map(({ name, status }) => [name, status])).toEqual([['first', 'SUCCEEDED']]);
  await expect(client.send(start)).rejects.toBeInstanceOf(ExecutionAlreadyExists);
  await expect(client.send(new DescribeExecutionCommand({ executionArn: `${executionArn}x` }))).rejects.toBeInstanceOf(
    ExecutionDoesNotExist,
  );
  client.destroy();
});
