import { ExecutionAlreadyExists, ListExecutionsCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { executions } from './executions.ts';

const MACHINE = 'arn:aws:states:ap-northeast-2:000000000000:stateMachine:pipeline';
const ARN = 'arn:aws:states:ap-northeast-2:000000000000:execution:pipeline:20261120T053000Z';
const input = { batch: '20261120T053000Z', startAt: 'extract' as const, keywordSetName: 'default', searchTasks: [] };
const sfn = mockClient(SFNClient);

beforeEach(() => {
  sfn.reset();
  sfn.rejects('not expected');
});

it('starts an execution with its input as JSON', async () => {
  sfn
    .on(StartExecutionCommand, { stateMachineArn: MACHINE, name: '20261120T053000Z', input: JSON.stringify(input) })
    .resolves({ executionArn: ARN });

  expect(await executions(MACHINE).start('20261120T053000Z', input)).toBe(ARN);
});

it('gives nothing for a name that was used', async () => {
  sfn.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: 'used', $metadata: {} }));

  expect(await executions(MACHINE).start('20261120T053000Z', input)).toBeUndefined();
});

it('lets every other error through', async () => {
  sfn.on(StartExecutionCommand).rejects(new Error('throttled'));

  await expect(executions(MACHINE).start('20261120T053000Z', input)).rejects.toThrow('throttled');
});

it('finds the run that goes on', async () => {
  sfn
    .on(ListExecutionsCommand, { stateMachineArn: MACHINE, statusFilter: 'RUNNING', maxResults: 1 })
    .resolvesOnce({ executions: [{ executionArn: ARN, stateMachineArn: MACHINE, name: 'a', status: 'RUNNING', startDate: new Date(0) }] })
    .resolvesOnce({ executions: [] });

  expect(await executions(MACHINE).running()).toBe(ARN);
  expect(await executions(MACHINE).running()).toBeUndefined();
});

it('spells an execution’s ARN', () => {
  expect(executions(MACHINE).arnOf('20261120T053000Z')).toBe(ARN);
});
