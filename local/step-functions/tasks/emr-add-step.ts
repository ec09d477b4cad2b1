import { setTimeout as sleep } from 'node:timers/promises';
import {
  AddJobFlowStepsCommand,
  CancelStepsCommand,
  DescribeStepCommand,
  EMRClient,
  type Step,
  type StepConfig,
} from '@aws-sdk/client-emr';
import { errorMessage } from '../../error-message.ts';
import type { DeployedStateMachine } from '../../template/application.ts';
import { clientConfiguration, plain, sdkTaskError } from './sdk-client.ts';
import { endsTheWork, TaskError } from './task-error.ts';
import type { TaskDependencies, TaskFunction } from './task-function.ts';

const POLL_MILLISECONDS = 100;
/** Seen in the histories of executions: a step on an ending cluster is `EMR.AmazonElasticMapReduceException`, whose code is in the cause only. */
const EMR_ERRORS = { name: 'AmazonElasticMapReduceException', declared: ['InternalServerException', 'InvalidRequestException'] };

/**
 * `elasticmapreduce:addStep` answers { StepId }; `.sync` waits and answers { Step }.
 * A step that ends otherwise than COMPLETED is States.TaskFailed with the step as Cause; a stopped execution cancels the step, a time-out leaves it.
 */
export function addStep(machine: DeployedStateMachine, dependencies: TaskDependencies, { sync }: { readonly sync: boolean }): TaskFunction {
  return async ({ ClusterId, Step, ExecutionRoleArn }, signal) => {
    const client = new EMRClient(clientConfiguration(machine, dependencies));
    const clusterId = String(ClusterId);
    try {
      const { StepIds } = await client.send(
        new AddJobFlowStepsCommand({
          JobFlowId: clusterId,
          Steps: [Step as StepConfig],
          ...(typeof ExecutionRoleArn === 'string' ? { ExecutionRoleArn } : {}),
        }),
        { abortSignal: signal },
      );
      const stepId = StepIds?.[0];
      if (!stepId) throw new TaskError('States.TaskFailed', 'EMR gave no id for the step');
      return sync ? { Step: plain(await untilEnded(client, clusterId, stepId, signal)) } : { StepId: stepId };
    } catch (error) {
      throw sdkTaskError('EMR', error, signal, EMR_ERRORS);
    } finally {
      client.destroy();
    }
  };
}

async function untilEnded(client: EMRClient, clusterId: string, stepId: string, signal: AbortSignal): Promise<Step> {
  try {
    for (;;) {
      const { Step: step } = await client.send(new DescribeStepCommand({ ClusterId: clusterId, StepId: stepId }), { abortSignal: signal });
      const state = step?.Status?.State ?? 'PENDING';
      if (step && state === 'COMPLETED') return step;
      if (!['PENDING', 'RUNNING', 'CANCEL_PENDING'].includes(state))
        throw new TaskError('States.TaskFailed', JSON.stringify({ Step: plain(step) }));
      await sleep(POLL_MILLISECONDS, undefined, { signal });
    }
  } catch (error) {
    if (endsTheWork(signal)) await cancel(client, clusterId, stepId);
    throw error;
  }
}

/** As good as it goes: the step may have ended meanwhile, and the execution ends either way. */
async function cancel(client: EMRClient, clusterId: string, stepId: string): Promise<void> {
  const command = new CancelStepsCommand({ ClusterId: clusterId, StepIds: [stepId], StepCancellationOption: 'TERMINATE_PROCESS' });
  await client.send(command).catch((error: unknown) => {
    process.emitWarning(`EMR step ${stepId} could not be cancelled: ${errorMessage(error)}`);
  });
}
