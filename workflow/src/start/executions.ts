import { ExecutionAlreadyExists, ListExecutionsCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { PipelineInput } from '../../../common/contracts/events.ts';

/** The runs of one state machine. */
export interface Executions {
  /** ARN of a run that goes on now. */
  running(): Promise<string | undefined>;
  /** Starts a run and gives its ARN; undefined when the name was used before (AWS keeps names for 90 days). */
  start(name: string, input: PipelineInput): Promise<string | undefined>;
  /** The ARN that an execution of this name has, whether it exists or not. */
  arnOf(name: string): string;
}

/** The runs in Step Functions. Errors that the interface does not name are the SDK's own. */
export function executions(stateMachineArn: string, client = new SFNClient({})): Executions {
  return {
    async running() {
      const { executions: found } = await client.send(
        new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1 }),
      );
      return found?.[0]?.executionArn;
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
