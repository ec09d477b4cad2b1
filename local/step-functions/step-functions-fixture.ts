import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InvocationResult } from '../lambda/runner.ts';
import type { DeployedStateMachine } from '../template/application.ts';
import type { ExecutionState } from './execution-states.ts';
import type { HistoryEvent } from './history.ts';
import { stepFunctionsService, type StepFunctionsOptions, type StepFunctionsService } from './service.ts';

export const MACHINE_ARN = 'arn:aws:states:ap-northeast-2:000000000000:stateMachine:pipeline';
const LAMBDA = 'arn:aws:states:::lambda:invoke';
const CALLER = { accessKeyId: 'KEY', roleArn: 'arn:aws:iam::000000000000:role/start' };

/** Stands for all functions; throw a FunctionError to fail. */
export type FakeLambda = (name: string, event: never, signal: AbortSignal) => unknown;

export class FunctionError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export interface Ended {
  readonly status: string;
  readonly output: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly events: readonly HistoryEvent[];
  readonly states: readonly ExecutionState[];
}

export interface StepFunctionsFixture {
  readonly directory: string;
  /** A service of one machine, `pipeline`. */
  serve(
    definition: object,
    options?: Partial<StepFunctionsOptions> & { readonly functions?: FakeLambda; readonly endpointUrl?: string },
  ): StepFunctionsService;
  start(service: StepFunctionsService, input?: unknown, name?: string): Promise<string>;
  ended(service: StepFunctionsService, executionArn: string): Promise<Ended>;
  /** Starts and waits for the end. */
  run(service: StepFunctionsService, input?: unknown): Promise<Ended>;
  handle(service: StepFunctionsService, operation: string, input: object): Promise<Record<string, unknown>>;
  remove(): Promise<void>;
}

export function stepFunctionsFixture(): StepFunctionsFixture {
  const directory = mkdtempSync(join(tmpdir(), 'hotpost-step-functions-'));
  const services: StepFunctionsService[] = [];
  const handle = async (service: StepFunctionsService, operation: string, input: object) =>
    (await service.handle(operation, { ...input }, CALLER)) as Record<string, unknown>;
  const fixture: StepFunctionsFixture = {
    directory,
    handle,
    serve(definition, { functions = () => null, endpointUrl = 'http://127.0.0.1:9', ...options } = {}) {
      const service = stepFunctionsService({
        machines: [machine(definition)],
        directory,
        waitScale: 0.01,
        tasks: {
          lambda: {
            invoke: (name, event, { signal } = {}) => invoke(functions, name, event, signal),
            send: (name, event) => void invoke(functions, name, event),
          },
          endpointUrl,
          region: 'ap-northeast-2',
          secretAccessKey: 'local',
        },
        ...options,
      });
      services.push(service);
      return service;
    },
    async start(service, input = {}, name) {
      const request = { stateMachineArn: MACHINE_ARN, input: JSON.stringify(input), ...(name ? { name } : {}) };
      return String((await handle(service, 'StartExecution', request))['executionArn']);
    },
    async ended(service, executionArn) {
      await service.untilEnded(executionArn);
      const { status, output, error, cause } = (await handle(service, 'DescribeExecution', { executionArn })) as Record<string, string>;
      const events: HistoryEvent[] = [];
      let nextToken: unknown;
      do {
        const page = await handle(service, 'GetExecutionHistory', { executionArn, maxResults: 1000, ...(nextToken ? { nextToken } : {}) });
        events.push(...(page['events'] as HistoryEvent[]));
        nextToken = page['nextToken'];
      } while (nextToken);
      return {
        status: status ?? '',
        output: output === undefined ? undefined : (JSON.parse(output) as unknown),
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
        events,
        states: await service.executionStates(executionArn),
      };
    },
    run: async (service, input) => fixture.ended(service, await fixture.start(service, input)),
    async remove() {
      await Promise.all(services.map((service) => service.close()));
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return fixture;
}

export function machine(definition: object): DeployedStateMachine {
  return {
    logicalId: 'Pipeline',
    name: 'pipeline',
    arn: MACHINE_ARN,
    roleArn: 'arn:aws:iam::000000000000:role/pipeline',
    accessKeyId: 'KEYPIPELINE',
    definition: definition as Record<string, unknown>,
  };
}

/** A Task state that invokes a function with its whole input. */
export function lambdaState(functionName: string, fields: object): object {
  return {
    Type: 'Task',
    Resource: LAMBDA,
    Parameters: { FunctionName: functionName, 'Payload.$': '$' },
    TimeoutSeconds: 10,
    ...fields,
  };
}

async function invoke(
  functions: FakeLambda,
  name: string,
  event: unknown,
  signal = new AbortController().signal,
): Promise<InvocationResult> {
  try {
    return { payload: await functions(name, event as never, signal) };
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    return { functionError: 'Unhandled', payload: { errorType: error.name, errorMessage: error.message, trace: [] } };
  }
}
