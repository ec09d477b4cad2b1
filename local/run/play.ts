import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import type { Temporal } from 'temporal-polyfill';
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
export const startedSchema = z.object({ batch: z.string(), status: z.enum(['started', 'skipped']), executionArn: z.string() });

/** Every execution of the application's one state machine so far, all pages. */
export async function pastExecutions({ application, stepFunctions }: Laptop): Promise<PastExecution[]> {
  const stateMachineArn = application.stateMachines[0]?.arn ?? '';
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
export function playBatch(laptop: Laptop, { batch, rerun }: PlannedBatch): Promise<PlayedBatch> {
  return startAndWait(laptop, instantOf(batch), rerun ? { batch } : { scheduledTime: instantOf(batch).toString() });
}

/**
 * Invokes StartFunction at an instant of the community and waits until the execution has ended.
 * @throws UserError when StartFunction itself fails, or another run goes on.
 */
export async function startAndWait(laptop: Laptop, at: Temporal.Instant, event: object): Promise<PlayedBatch> {
  laptop.setTime(at);
  const result = await laptop.runner.invoke(laptop.functionNamed('StartFunction').arn, event);
  if ('functionError' in result) {
    throw new UserError(`StartFunction failed with ${result.payload.errorType}: ${result.payload.errorMessage}`);
  }
  const { status, batch, executionArn } = startedSchema.parse(result.payload);
  if (status === 'skipped') throw new UserError(`Batch ${batch} was skipped: ${executionArn} runs already. Run npm start again.`);
  return untilEnded(laptop, batch, executionArn);
}

/** Waits until an execution has ended and says how. */
export async function untilEnded(laptop: Laptop, batch: string, executionArn: string): Promise<PlayedBatch> {
  const startedAt = new Date().toISOString();
  const began = performance.now();
  await laptop.machines.untilEnded(executionArn);
  const ended = await laptop.stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
  return {
    batch,
    executionName: executionArn.split(':').at(-1) ?? '',
    executionArn,
    status: ended.status ?? 'UNKNOWN',
    ...(ended.error === undefined ? {} : { error: ended.error }),
    ...(ended.cause === undefined ? {} : { cause: ended.cause }),
    startedAt,
    milliseconds: performance.now() - began,
  };
}
