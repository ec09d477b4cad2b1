import { ExecutionAlreadyExists, paginateListExecutions, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { PipelineInput } from '../../../common/contracts/events.ts';

export interface RunningExecution {
  readonly name: string;
  readonly executionArn: string;
}

/** The runs of one state machine. */
export interface Executions {
  /** Runs that go on now: a live one, a backfill, or both. */
  running(): Promise<RunningExecution[]>;
  /** Starts a run and gives its ARN; undefined when the name was used before (AWS keeps names for 90 days). */
  start(name: string, input: PipelineInput): Promise<string | undefined>;
  /** The ARN that an execution of this name has, whether it exists or not. */
  arnOf(name: string): string;
}

/** The runs in Step Functions. Errors that the interface does not name are the SDK's own. */
export function executions(stateMachineArn: string, client = new SFNClient({})): Executions {
  return {
    async running() {
      const found: RunningExecution[] = [];
      for await (const page of paginateListExecutions({ client }, { stateMachineArn, statusFilter: 'RUNNING' }))
        found.push(...(page.executions ?? []).flatMap(({ name, executionArn }) => (name && executionArn ? [{ name, executionArn }] : [])));
      return found;
    },
    async start(name, input) {
      try {
        const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
        return executionArn;
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return undefined;
        throw error;
      }
    },
    arnOf: (name) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`,
  };
}
