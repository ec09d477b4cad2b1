import { ExecutionAlreadyExists, ListExecutionsCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import type { PipelineInput } from '../../../common/contracts/events.ts';
import { executions } from './executions.ts';

const MACHINE = 'arn:aws:states:ap-northeast-2:000000000000:stateMachine:pipeline';
const ARN = 'arn:aws:states:ap-northeast-2:000000000000:execution:pipeline:20261120T053000Z';
const input: PipelineInput = {
  batch: '20261120T053000Z',
  startAt: 'extract',
  dryRun: false,
  quiet: false,
  backfill: null,
  transformEngine: 'emr-step',
  keywordSetName: 'default',
  environment: 'PROD',
  invocation: 'sync',
  detailFunctions: ['extract'],
  detailBatchSize: 20,
  maxConcurrency: 16,
  searchTasks: [],
};
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

it('finds the runs that go on, over all pages', async () => {
  const listed = (name: string) => ({
    executionArn: `${ARN}/${name}`,
    stateMachineArn: MACHINE,
    name,
    status: 'RUNNING' as const,
    startDate: new Date(0),
  });
  sfn
    .on(ListExecutionsCommand, { stateMachineArn: MACHINE, statusFilter: 'RUNNING' })
    .resolves({ executions: [listed('a')], nextToken: 'more' })
    .on(ListExecutionsCommand, { stateMachineArn: MACHINE, statusFilter: 'RUNNING', nextToken: 'more' })
    .resolves({ executions: [listed('backfill-b')] });

  expect(await executions(MACHINE).running()).toEqual([
    { name: 'a', executionArn: `${ARN}/a` },
    { name: 'backfill-b', executionArn: `${ARN}/backfill-b` },
  ]);
});

it('finds none when none goes on', async () => {
  sfn.on(ListExecutionsCommand).resolves({ executions: [] });

  expect(await executions(MACHINE).running()).toEqual([]);
});

it('spells an execution’s ARN', () => {
  expect(executions(MACHINE).arnOf('20261120T053000Z')).toBe(ARN);
});
