import { ServiceError } from '../endpoint/service.ts';
import { statusOf, type ExecutionRecord } from './execution.ts';

/** As ListExecutions shows it. */
export function summarized(record: ExecutionRecord): Record<string, unknown> {
  const { executionArn, stateMachineArn, name, startedAt, ending } = record;
  return {
    executionArn,
    stateMachineArn,
    name,
    status: statusOf(record),
    startDate: startedAt / 1000,
    ...(ending ? { stopDate: ending.stoppedAt / 1000 } : {}),
  };
}

/** As DescribeExecution shows it. */
export function described(record: ExecutionRecord): Record<string, unknown> {
  const { input, ending } = record;
  return {
    ...summarized(record),
    input,
    inputDetails: { included: true },
    ...(ending?.status === 'SUCCEEDED' ? { output: ending.output, outputDetails: { included: true } } : {}),
    ...(ending && ending.status !== 'SUCCEEDED' ? { error: ending.error, cause: ending.cause } : {}),
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
  };
}

/**
 * A name that is taken: starting a running execution again with the same input is the same start.
 * @throws ServiceError ExecutionAlreadyExists
 */
export function alreadyStarted(known: ExecutionRecord, requested: ExecutionRecord): { executionArn: string; startDate: number } {
  if (statusOf(known) === 'RUNNING' && known.input === requested.input) {
    return { executionArn: known.executionArn, startDate: known.startedAt / 1000 };
  }
  throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${known.executionArn}'`);
}
