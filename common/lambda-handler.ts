import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda-types';
import type * as z from 'zod';
import type { CompletionReport } from './completion-markers.ts';
import type { Completion } from './contracts/completion.ts';
import { parseEvent } from './parse-event.ts';

/** What a handler knows of its invocation: how long it may still run, in real milliseconds. */
export interface Invocation {
  remainingMilliseconds(): number;
  readonly logger: Logger;
}

/**
 * Makes a Lambda handler: parses the event, builds the dependencies once a container, runs, logs one line. With `report` it also says
 * how it ended (malformed events and wrong environments included) to whoever waits for the event's task.
 * @throws InvalidEventError with the path and the value's problem; every typed error of `run` passes through.
 */
export function lambdaHandler<Event, Dependencies, Result>(
  schema: z.ZodType<Event>,
  buildDependencies: () => Dependencies,
  run: (event: Event, dependencies: Dependencies, invocation: Invocation) => Promise<Result>,
  report?: CompletionReport,
): (event: unknown, context: Context) => Promise<Result> {
  const logger = new Logger();
  let dependencies: Dependencies | undefined;

  /** A report that fails changes nothing about the task: the one who waits sees that it is missing. */
  const tell = async (input: unknown, completion: Completion) => {
    try {
      await report?.write(input, completion);
    } catch (error) {
      logger.error('the completion marker was not written', { error_name: error instanceof Error ? error.name : 'unknown' });
    }
  };

  return async (input, context) => {
    logger.addContext(context);
    const startedAt = performance.now();
    try {
      const event = parseEvent(schema, input, 'The event is malformed');
      dependencies ??= buildDependencies();
      const result = await run(event, dependencies, { remainingMilliseconds: () => context.getRemainingTimeInMillis(), logger });
      await tell(input, { ok: true });
      logger.info('done', { milliseconds: Math.round(performance.now() - startedAt) });
      return result;
    } catch (error) {
      logger.error('failed', error instanceof Error ? { error_name: error.name, error_message: error.message } : { error_name: 'unknown' });
      await tell(input, failedWith(error));
      throw error;
    }
  };
}

function failedWith(error: unknown): Completion {
  const { name, message } = error instanceof Error ? error : { name: 'unknown', message: '' };
  return { ok: false, error: name, cause: message.slice(0, 1000) };
}
