import * as z from 'zod';
import { batchSchema } from '../../../common/contracts/batch.ts';
import { notifyFailureEventSchema, type NotifyFailureEvent, type RunEndedEvent } from '../../../common/contracts/events.ts';
import { InvalidEventError } from '../../../common/errors.ts';

const runSchema = z
  .object({ ...notifyFailureEventSchema.shape, batch: batchSchema.optional() })
  .omit({ executionName: true, errors: true });

/**
 * What the state machine would have said of the run, had it come to that: batch and settings from the execution's input, the batch from its
 * name when there is no input. The status stands for the state that failed. @throws InvalidEventError for a run of no batch.
 */
export function failureOfEndedRun({ detail }: RunEndedEvent): NotifyFailureEvent {
  const run = runSchema.safeParse(parseJson(detail.input ?? '')).data;
  const batch = run?.batch ?? /\d{8}T\d{6}Z/.exec(detail.name)?.[0];
  if (batch === undefined)
    throw new InvalidEventError(`Neither the input nor the name of execution ${detail.name} says which batch it ran`);
  return {
    batch,
    executionName: detail.name,
    keywordSetName: run?.keywordSetName ?? 'default',
    backfill: run?.backfill ?? null,
    dryRun: run?.dryRun ?? false,
    errors: { [detail.status]: { Error: detail.error ?? detail.status, Cause: detail.cause ?? '' } },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
