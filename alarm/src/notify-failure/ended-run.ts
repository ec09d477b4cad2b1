import * as z from 'zod';
import { batchSchema } from '../../../common/contracts/batch.ts';
import { notifyFailureEventSchema, startAtSchema, type RunEndedEvent } from '../../../common/contracts/events.ts';
import { InvalidEventError } from '../../../common/errors.ts';
import type { Language } from '../alarm/alert-words.ts';
import { failureMessage } from './failure-message.ts';
import { humanFailure } from './human-cause.ts';
import { failureKey } from './notify-failure.ts';
import type { News } from './tell-operator.ts';

const { keywordSetName, backfill, dryRun } = notifyFailureEventSchema.shape;
const inputSchema = z.object({ batch: batchSchema, startAt: startAtSchema.default('extract'), keywordSetName, backfill, dryRun });

/**
 * Says of a run that EventBridge saw end what the state machine did not get to say. Batch and settings are those of the execution's input,
 * the batch that of its name when the event holds no input. The status stands for the state that failed, unless the state machine has
 * claimed the message and Slack did not take it. @throws InvalidEventError for a run of no batch.
 */
export function endedRunNews({ detail }: RunEndedEvent, language: Language): News {
  const { name: executionName, status, error, cause } = detail;
  const input = inputSchema.safeParse(parseJson(detail.input ?? '')).data;
  const batch = input?.batch ?? /\d{8}T\d{6}Z/.exec(executionName)?.[0];
  if (batch === undefined)
    throw new InvalidEventError(`Neither the input nor the name of execution ${executionName} says which batch it ran`);
  const run = { keywordSetName: 'default', backfill: null, dryRun: false, ...input, batch, executionName };
  const payload = humanFailure({ [status]: { Error: error ?? status, Cause: cause ?? '' } });
  return {
    key: failureKey(executionName),
    batch,
    payload,
    message(told, mayRepeat) {
      const isOurs = told.state === payload.state;
      // A failed run without a claim: the state machine could not speak, or spoke while the ledger was out of reach.
      const startAt = isOurs ? (input?.startAt ?? 'extract') : undefined;
      return failureMessage({ ...run, startAt }, told, mayRepeat || (isOurs && status === 'FAILED'), language);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
