import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda-types';
import type * as z from 'zod';
import { parseEvent } from './parse-event.ts';

/** What a handler knows of its invocation: how long it may still run, in real milliseconds. */
export interface Invocation {
  remainingMilliseconds(): number;
  readonly logger: Logger;
}

/**
 * Makes a Lambda handler: parses the event, builds the dependencies once a container, runs, logs one line.
 * @throws InvalidEventError with the path and the value's problem; every typed error of `run` passes through.
 */
export function lambdaHandler<Event, Dependencies, Result>(
  schema: z.ZodType<Event>,
  buildDependencies: () => Dependencies,
  run: (event: Event, dependencies: Dependencies, invocation: Invocation) => Promise<Result>,
): (event: unknown, context: Context) => Promise<Result> {
  const logger = new Logger();
  let dependencies: Dependencies | undefined;
  return async (input, context) => {
    logger.addContext(context);
    const event = parseEvent(schema, input, 'The event is malformed');
    dependencies ??= buildDependencies();
    const startedAt = performance.now();
    try {
      const result = await run(event, dependencies, { remainingMilliseconds: () => context.getRemainingTimeInMillis(), logger });
      logger.info('done', { milliseconds: Math.round(performance.now() - startedAt) });
      return result;
    } catch (error) {
      logger.error('failed', error instanceof Error ? { error_name: error.name, error_message: error.message } : { error_name: 'unknown' });
      throw error;
    }
  };
}
