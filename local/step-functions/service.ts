import { ServiceError, unknownOperation, type JsonService } from '../endpoint/service.ts';
import type { DeployedStateMachine } from '../template/application.ts';
import { alreadyStarted, described, summarized } from './describe-execution.ts';
import { executionStates, type ExecutionState } from './execution-states.ts';
import { executionStore, type ExecutionStory } from './execution-store.ts';
import { statusOf, type ExecutionOutcome, type ExecutionRecord } from './execution.ts';
import { historyOf } from './history.ts';
import { orderedEvents } from './order-events.ts';
import { page } from './paging.ts';
import { prepare, type PreparedMachine } from './prepare.ts';
import { runExecution, type RunningExecution, type RunnerEvent } from './run-execution.ts';
import { requestedExecution } from './start-request.ts';
import { messageOf } from './tasks/sdk-client.ts';
import { isKnownResource, taskFunction, type TaskDependencies } from './tasks/task-function.ts';

export interface StepFunctionsOptions {
  readonly machines: readonly DeployedStateMachine[];
  /** Where executions and their histories are kept. */
  readonly directory: string;
  readonly tasks: TaskDependencies;
  /** Waits and retry intervals times this; 1 as on AWS. */
  readonly waitScale?: number;
}

export interface StepFunctionsService extends JsonService {
  /** The visits of the author's states, for a report; empty for an unknown execution. */
  executionStates(executionArn: string): Promise<readonly ExecutionState[]>;
  /** Resolves when the execution has ended and is written; at once when it is not running. */
  untilEnded(executionArn: string): Promise<void>;
}

type Input = Readonly<Record<string, unknown>>;
type Machine = DeployedStateMachine & { readonly prepared: PreparedMachine };

const INTERRUPTED = { error: 'Local.Interrupted', cause: 'The process that ran this execution ended before it did. Run the batch again.' };

/**
 * Step Functions on aws-local-stepfunctions. Executions that an earlier process left RUNNING are ABORTED at once.
 * @throws Error naming every field of a machine that cannot be run as AWS would run it.
 */
export function stepFunctionsService(options: StepFunctionsOptions): StepFunctionsService {
  const machines = options.machines.map((machine) => ({ ...machine, prepared: prepared(machine, options) }));
  const store = executionStore(options.directory);
  const running = new Map<string, RunningExecution & { readonly written: Promise<void> }>();
  let closed = false;
  const interrupted = abortInterrupted();

  const operations: Readonly<Record<string, (input: Input) => Promise<unknown>>> = {
    async StartExecution(input) {
      await interrupted;
      if (closed) throw new ServiceError('InternalFailure', 'The local run is closing', 500);
      const machine = machineOf(input['stateMachineArn']);
      const requested = requestedExecution(machine.arn, input);
      const known = store.get(requested.executionArn);
      if (known) return alreadyStarted(known, requested);
      await store.put(requested).catch((error: unknown) => {
        store.forget(requested.executionArn);
        throw error;
      });
      start(machine, requested);
      return { executionArn: requested.executionArn, startDate: requested.startedAt / 1000 };
    },
    async DescribeExecution(input) {
      await interrupted;
      return described(executionOf(input));
    },
    async ListExecutions(input) {
      await interrupted;
      const { arn } = machineOf(input['stateMachineArn']);
      const wanted = store.list(arn).filter((record) => input['statusFilter'] === undefined || statusOf(record) === input['statusFilter']);
      const { items, nextToken } = page(wanted, input);
      return { executions: items.map(summarized), nextToken };
    },
    async GetExecutionHistory(input) {
      await interrupted;
      const record = executionOf(input);
      const { events } = await storyOf(record);
      const { items, nextToken } = page(input['reverseOrder'] === true ? events.toReversed() : events, input);
      return { events: items, nextToken };
    },
    async StopExecution(input) {
      const record = executionOf(input);
      const execution = running.get(record.executionArn);
      execution?.stop({ status: 'ABORTED', ...textOf('error', input), ...textOf('cause', input) });
      await execution?.written;
      return { stopDate: (executionOf(input).ending?.stoppedAt ?? Date.now()) / 1000 };
    },
  };

  function start(machine: Machine, record: ExecutionRecord): void {
    const taskOf = (resource: string) => taskFunction(resource, machine, options.tasks);
    const execution = runExecution({ machine, prepared: machine.prepared, execution: record, taskOf });
    const written = execution.outcome.then(async (outcome) => {
      await end(record, outcome, execution.events);
      running.delete(record.executionArn);
    });
    running.set(record.executionArn, { ...execution, written });
  }

  async function end(record: ExecutionRecord, outcome: ExecutionOutcome, events: readonly RunnerEvent[]): Promise<void> {
    const ended = { ...record, ending: { stoppedAt: Date.now(), ...outcome } };
    try {
      await store.put(ended);
      await store.putStory(record.executionArn, tell(ended, events));
    } catch (error) {
      process.emitWarning(`${record.name} ended ${outcome.status}, which could not be written: ${messageOf(error)}`);
    }
  }

  function tell(record: ExecutionRecord, events: readonly RunnerEvent[]): ExecutionStory {
    const machine = machines.find(({ arn }) => arn === record.stateMachineArn);
    const ordered = machine ? orderedEvents(events, machine.prepared) : [];
    const source = {
      execution: record,
      roleArn: machine?.roleArn ?? '',
      region: options.tasks.region,
      states: machine?.prepared.states ?? new Map(),
    };
    return { events: historyOf(ordered, source), states: executionStates(ordered, record.ending) };
  }

  async function storyOf(record: ExecutionRecord): Promise<ExecutionStory> {
    const execution = running.get(record.executionArn);
    if (execution) return tell(record, execution.events);
    return (await store.story(record.executionArn)) ?? tell(record, []);
  }

  async function abortInterrupted(): Promise<void> {
    for (const machine of machines) {
      for (const record of store.list(machine.arn)) {
        if (statusOf(record) === 'RUNNING') await end(record, { status: 'ABORTED', ...INTERRUPTED }, []);
      }
    }
  }

  function machineOf(arn: unknown): Machine {
    const machine = machines.find((each) => each.arn === arn);
    if (machine) return machine;
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${String(arn)}'`);
  }

  function executionOf({ executionArn }: Input): ExecutionRecord {
    const record = store.get(String(executionArn));
    if (record) return record;
    throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${String(executionArn)}'`);
  }

  return {
    targetPrefix: 'AWSStepFunctions',
    async handle(operation, input) {
      const answer = operations[operation];
      if (!answer) throw unknownOperation('Step Functions', operation);
      return answer(input);
    },
    async executionStates(executionArn) {
      await interrupted;
      const record = store.get(executionArn);
      return record ? (await storyOf(record)).states : [];
    },
    async untilEnded(executionArn) {
      await running.get(executionArn)?.written;
    },
    async close() {
      closed = true;
      await interrupted;
      for (const execution of running.values()) execution.stop({ status: 'ABORTED', ...INTERRUPTED });
      await Promise.all([...running.values()].map(({ written }) => written));
    },
  };
}

function prepared({ name, definition }: DeployedStateMachine, { waitScale = 1 }: StepFunctionsOptions): PreparedMachine {
  return prepare(name, definition, { isKnownResource, waitScale });
}

function textOf<Field extends string>(field: Field, input: Input): { [Name in Field]?: string } {
  const value = input[field];
  return typeof value === 'string' ? ({ [field]: value } as { [Name in Field]?: string }) : {};
}
