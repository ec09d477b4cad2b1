import { DescribeExecutionCommand, ListExecutionsCommand, type SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { instantOf } from '../../common/contracts/batch.ts';
import type { Laptop } from './laptop.ts';
import type { PastExecution, PlannedBatch } from './timeline.ts';
import { UserError } from './user-error.ts';

/** How one execution ended. */
export interface PlayedBatch {
  readonly batch: string;
  readonly executionName: string;
  readonly executionArn: string;
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
  /** When it began, on the clock of this machine. */
  readonly startedAt: string;
  readonly milliseconds: number;
}

/** What StartFunction answers. */
export const startedSchema = z.object({ status: z.enum(['started', 'skipped']), executionArn: z.string() });

/** Every execution so far, all pages. */
export async function pastExecutions(stepFunctions: SFNClient, stateMachineArn: string): Promise<PastExecution[]> {
  const past: PastExecution[] = [];
  let nextToken: string | undefined;
  do {
    const page = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn, ...(nextToken ? { nextToken } : {}) }));
    past.push(...(page.executions ?? []).map(({ name, status }) => ({ name: name ?? '', status: status ?? '' })));
    nextToken = page.nextToken;
  } while (nextToken);
  return past;
}

/**
 * Plays the scheduler for one batch: moves the community and the domain clock to its time, invokes StartFunction and waits
 * until the execution has ended.
 * @throws UserError when StartFunction itself fails.
 */
export async function playBatch(laptop: Laptop, { batch, rerun }: PlannedBatch): Promise<PlayedBatch> {
  const startedAt = new Date().toISOString();
  const began = performance.now();
  laptop.setTime(instantOf(batch));
  const event = rerun ? { batch } : { scheduledTime: instantOf(batch).toString() };
  const result = await laptop.runner.invoke(laptop.functionNamed('StartFunction').arn, event);
  if ('functionError' in result) {
    throw new UserError(`StartFunction failed with ${result.payload.errorType}: ${result.payload.errorMessage}`);
  }
  const started = startedSchema.parse(result.payload);
  if (started.status === 'skipped')
    throw new UserError(`Batch ${batch} was skipped: ${started.executionArn} runs already. Run npm start again.`);
  await laptop.machines.untilEnded(started.executionArn);
  const ended = await laptop.stepFunctions.send(new DescribeExecutionCommand({ executionArn: started.executionArn }));
  return {
    batch,
    executionName: started.executionArn.split(':').at(-1) ?? '',
    executionArn: started.executionArn,
    status: ended.status ?? 'UNKNOWN',
    ...(ended.error === undefined ? {} : { error: ended.error }),
    ...(ended.cause === undefined ? {} : { cause: ended.cause }),
    startedAt,
    milliseconds: performance.now() - began,
  };
}
