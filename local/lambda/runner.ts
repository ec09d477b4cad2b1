import { randomUUID } from 'node:crypto';
import { ServiceError } from '../endpoint/service.ts';
import type { DeployedFunction } from '../template/application.ts';
import type { FunctionFailure } from './environment-messages.ts';
import { environmentPool, type PoolLimits } from './environment-pool.ts';
import type { LambdaPlace } from './environment-variables.ts';
import { startEnvironment, type Outcome } from './environment.ts';
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

  return {
    async invoke(nameOrArn, event, { signal } = {}) {
      const deployed = find(options.functions, nameOrArn);
      const text = eventText(deployed, event);
      signal?.throwIfAborted();
      return pool.with(deployed, async (environment) => {
        signal?.throwIfAborted();
        const requestId = randomUUID();
        const startedAt = performance.now();
        log.write(deployed.name, `START RequestId: ${requestId} Version: $LATEST`);
        const outcome = limited(await environment.run({ requestId, event: text, environment: options.extraEnvironment(), signal }));
        report(log, deployed, requestId, outcome, performance.now() - startedAt);
        if ('failure' in outcome) return { functionError: 'Unhandled', payload: outcome.failure };
        return { payload: JSON.parse(outcome.payload) as unknown };
      });
    },
    async close() {
      await pool.close();
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

function eventText({ name }: DeployedFunction, event: unknown): string {
  const text = JSON.stringify(event ?? null);
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_EVENT_BYTES) return text;
  throw new ServiceError(
    'RequestTooLargeException',
    `${bytes} byte payload is too large for the RequestResponse invocation type of ${name} (limit ${MAX_EVENT_BYTES} bytes)`,
    413,
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
