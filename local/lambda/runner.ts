import { randomUUID } from 'node:crypto';
import { ServiceError } from '../endpoint/service.ts';
import { errorMessage } from '../error-message.ts';
import type { DeployedFunction } from '../template/application.ts';
import type { FunctionFailure } from './environment-messages.ts';
import { environmentPool, type PoolLimits } from './environment-pool.ts';
import type { LambdaPlace } from './environment-variables.ts';
import { startEnvironment, type Environment, type Outcome } from './environment.ts';
import { responseTooLargeFailure } from './function-failures.ts';
import { functionLog, type FunctionLog } from './function-log.ts';

/** A function's answer after its JSON round trip, or the error as Lambda reports it. */
export type InvocationResult = { readonly payload: unknown } | { readonly functionError: 'Unhandled'; readonly payload: FunctionFailure };

export interface LambdaRunner {
  /**
   * Runs a function once, synchronously (RequestResponse).
   * @throws ServiceError for an unknown function or an event that is too large; the signal's reason when it aborts.
   */
  invoke(nameOrArn: string, event: unknown, options?: { readonly signal?: AbortSignal }): Promise<InvocationResult>;
  /**
   * Takes an event (InvocationType Event) and returns: nobody hears how it ends but the function's log. What had no room within the
   * function's MaximumEventAgeInSeconds is dropped, as Lambda drops it.
   * @throws ServiceError for an unknown function, an event that is too large, or a function whose failed events Lambda would repeat.
   */
  send(nameOrArn: string, event: unknown): void;
  /** Ends all environments, running ones too. */
  close(): Promise<void>;
}

export interface LambdaRunnerOptions extends LambdaPlace {
  readonly functions: readonly DeployedFunction[];
  /** Absolute path of the function's bundle. */
  readonly bundleOf: (deployed: DeployedFunction) => string;
  readonly logDirectory: string;
  /** Read at every event: variables that change between events, such as CLOCK_OFFSET_SECONDS. */
  readonly extraEnvironment: () => Readonly<Record<string, string>>;
  readonly limits?: PoolLimits;
}

/** Lambda's quota for synchronous events and answers: 6 MB, plus what the answer's own wrapping takes. */
const MAX_EVENT_BYTES = 6_291_456;
const MAX_ANSWER_BYTES = 6_291_556;
/** Lambda's quota for asynchronous events when it was smallest; it has grown since. */
const MAX_SENT_BYTES = 262_144;

/**
 * Four at once fill two cores; the sites' pace, not ours, is the limit. A Node process with an SDK client takes 60–100 MB, and
 * keeping one a function and slot warm halves the time of a batch.
 */
const DEFAULT_LIMITS: PoolLimits = { maxConcurrent: 4, maxIdle: 16 };

export function lambdaRunner(options: LambdaRunnerOptions): LambdaRunner {
  const log = functionLog(options.logDirectory);
  const pool = environmentPool(
    (deployed) =>
      startEnvironment({
        deployed,
        bundle: options.bundleOf(deployed),
        place: options,
        extraEnvironment: options.extraEnvironment(),
        log,
      }),
    options.limits ?? DEFAULT_LIMITS,
  );
  const sent = new Set<Promise<void>>();

  const run = async (deployed: DeployedFunction, environment: Environment, event: string, signal?: AbortSignal): Promise<Outcome> => {
    const requestId = randomUUID();
    const startedAt = performance.now();
    log.write(deployed.name, `START RequestId: ${requestId} Version: $LATEST`);
    const outcome = limited(await environment.run({ requestId, event, environment: options.extraEnvironment(), signal }));
    report(log, deployed, requestId, outcome, performance.now() - startedAt);
    return outcome;
  };

  const runSent = (deployed: DeployedFunction, event: string, sentAt: number) =>
    pool.with(deployed, 'event', async (environment) => {
      const age = (performance.now() - sentAt) / 1000;
      if (age <= deployed.events.maxAgeSeconds) await run(deployed, environment, event);
      else log.write(deployed.name, `DROPPED an event that waited ${age.toFixed(1)} s (MaximumEventAgeInSeconds)`);
    });

  return {
    async invoke(nameOrArn, event, { signal } = {}) {
      const deployed = find(options.functions, nameOrArn);
      const text = eventText(deployed, event, MAX_EVENT_BYTES, 'RequestResponse');
      signal?.throwIfAborted();
      return pool.with(deployed, 'call', async (environment) => {
        signal?.throwIfAborted();
        const outcome = await run(deployed, environment, text, signal);
        if ('failure' in outcome) return { functionError: 'Unhandled', payload: outcome.failure };
        return { payload: JSON.parse(outcome.payload) as unknown };
      });
    },
    send(nameOrArn, event) {
      const deployed = find(options.functions, nameOrArn);
      if (deployed.events.retryAttempts > 0) throw repeatedEvents(deployed);
      const text = eventText(deployed, event, MAX_SENT_BYTES, 'Event');
      const work: Promise<void> = runSent(deployed, text, performance.now())
        .catch((error: unknown) => log.write(deployed.name, `DROPPED an event: ${errorMessage(error)}`))
        .finally(() => sent.delete(work));
      sent.add(work);
    },
    async close() {
      await pool.close();
      await Promise.all(sent);
      await log.close();
    },
  };
}

/** By name, by ARN, or by ARN with a version or alias. */
function find(functions: readonly DeployedFunction[], nameOrArn: string): DeployedFunction {
  const found = functions.find(({ name, arn }) => nameOrArn === name || nameOrArn === arn || nameOrArn.startsWith(`${arn}:`));
  if (found) return found;
  throw new ServiceError('ResourceNotFoundException', `Function not found: ${nameOrArn}. The templates declare no such function`, 404);
}

function eventText({ name }: DeployedFunction, event: unknown, limit: number, invocationType: string): string {
  const text = JSON.stringify(event ?? null);
  const bytes = Buffer.byteLength(text);
  if (bytes <= limit) return text;
  throw new ServiceError(
    'RequestTooLargeException',
    `${bytes} byte payload is too large for the ${invocationType} invocation type of ${name} (limit ${limit} bytes)`,
    413,
  );
}

function repeatedEvents({ name }: DeployedFunction): ServiceError {
  return new ServiceError(
    'InvalidParameterValueException',
    `Lambda would repeat a failed event of ${name}, which the laptop run does not: set MaximumRetryAttempts: 0 in its EventInvokeConfig`,
  );
}

function limited(outcome: Outcome): Outcome {
  if ('failure' in outcome || Buffer.byteLength(outcome.payload) <= MAX_ANSWER_BYTES) return outcome;
  return { failure: responseTooLargeFailure(MAX_ANSWER_BYTES) };
}

/** The lines that Lambda prints itself. */
function report(
  log: FunctionLog,
  { name, memoryMegabytes }: DeployedFunction,
  requestId: string,
  outcome: Outcome,
  milliseconds: number,
): void {
  if ('failure' in outcome) log.write(name, `ERROR RequestId: ${requestId} ${outcome.failure.errorType}: ${outcome.failure.errorMessage}`);
  const memory = outcome.maxMemoryMegabytes === undefined ? '' : ` Max Memory Used: ${outcome.maxMemoryMegabytes} MB`;
  log.write(name, `REPORT RequestId: ${requestId} Duration: ${milliseconds.toFixed(2)} ms Memory Size: ${memoryMegabytes} MB${memory}`);
}
