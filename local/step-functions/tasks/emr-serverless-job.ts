import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CancelJobRunCommand,
  EMRServerlessClient,
  GetJobRunCommand,
  StartJobRunCommand,
  type JobRun,
} from '@aws-sdk/client-emr-serverless';
import * as z from 'zod';
import { errorMessage } from '../../error-message.ts';
import type { DeployedStateMachine } from '../../template/application.ts';
import { clientConfiguration, plain, sdkTaskError } from './sdk-client.ts';
import { endsTheWork, TaskError } from './task-error.ts';
import type { TaskDependencies, TaskFunction } from './task-function.ts';

const POLL_MILLISECONDS = 100;
const ENDED = ['SUCCESS', 'FAILED', 'CANCELLED'];

/** StartJobRun's fields as Step Functions spells them; what the laptop run does not know is refused. */
const parametersSchema = z.strictObject({
  ApplicationId: z.string(),
  ExecutionRoleArn: z.string(),
  Name: z.string().exactOptional(),
  ClientToken: z.string().default(() => randomUUID()),
  ExecutionTimeoutMinutes: z.number().exactOptional(),
  JobDriver: z.strictObject({
    SparkSubmit: z.strictObject({
      EntryPoint: z.string(),
      EntryPointArguments: z.array(z.string()).default([]),
      SparkSubmitParameters: z.string().default(''),
    }),
  }),
  ConfigurationOverrides: z
    .strictObject({
      MonitoringConfiguration: z.strictObject({ S3MonitoringConfiguration: z.strictObject({ LogUri: z.string() }) }),
    })
    .optional(),
});

/**
 * `emr-serverless:startJobRun.sync`: starts a job run, waits for its end and answers it. One that ends otherwise than SUCCESS is
 * States.TaskFailed with the job run as Cause; a stopped execution cancels it, a time-out leaves it. That its fields stand bare in Cause is assumed.
 */
export function startJobRun(machine: DeployedStateMachine, dependencies: TaskDependencies): TaskFunction {
  return async (input, signal) => {
    const client = new EMRServerlessClient(clientConfiguration(machine, dependencies));
    try {
      const { applicationId, jobRunId } = await client.send(commandOf(input), { abortSignal: signal });
      return pascal(plain(await untilEnded(client, { applicationId, jobRunId }, signal)));
    } catch (error) {
      throw sdkTaskError('EMRServerless', error, signal);
    } finally {
      client.destroy();
    }
  };
}

/** @throws TaskError States.Runtime, as Step Functions fails a task whose parameters the service's API does not have. */
function commandOf(input: unknown): StartJobRunCommand {
  const parsed = parametersSchema.safeParse(input);
  if (!parsed.success) throw new TaskError('States.Runtime', `startJobRun: ${z.prettifyError(parsed.error)}`, { terminal: true });
  const { ApplicationId, ExecutionRoleArn, ClientToken, Name, ExecutionTimeoutMinutes, JobDriver, ConfigurationOverrides } = parsed.data;
  const { EntryPoint, EntryPointArguments, SparkSubmitParameters } = JobDriver.SparkSubmit;
  const logUri = ConfigurationOverrides?.MonitoringConfiguration.S3MonitoringConfiguration.LogUri;
  return new StartJobRunCommand({
    applicationId: ApplicationId,
    executionRoleArn: ExecutionRoleArn,
    clientToken: ClientToken,
    name: Name,
    executionTimeoutMinutes: ExecutionTimeoutMinutes,
    jobDriver: {
      sparkSubmit: { entryPoint: EntryPoint, entryPointArguments: EntryPointArguments, sparkSubmitParameters: SparkSubmitParameters },
    },
    ...(logUri ? { configurationOverrides: { monitoringConfiguration: { s3MonitoringConfiguration: { logUri } } } } : {}),
  });
}

type JobRunKey = Pick<JobRun, 'applicationId' | 'jobRunId'>;

async function untilEnded(client: EMRServerlessClient, key: JobRunKey, signal: AbortSignal): Promise<JobRun> {
  try {
    for (;;) {
      const { jobRun } = await client.send(new GetJobRunCommand(key), { abortSignal: signal });
      if (jobRun?.state === 'SUCCESS') return jobRun;
      if (ENDED.includes(jobRun?.state ?? '')) throw new TaskError('States.TaskFailed', JSON.stringify(pascal(plain(jobRun))));
      await sleep(POLL_MILLISECONDS, undefined, { signal });
    }
  } catch (error) {
    if (endsTheWork(signal)) await cancel(client, key);
    throw error;
  }
}

/** As good as it goes: the job run may have ended meanwhile, and the execution ends either way. */
async function cancel(client: EMRServerlessClient, key: JobRunKey): Promise<void> {
  await client.send(new CancelJobRunCommand(key)).catch((error: unknown) => {
    process.emitWarning(`Job run ${key.jobRunId ?? ''} could not be cancelled: ${errorMessage(error)}`);
  });
}

/** Step Functions spells the fields of a service's answer with a capital. */
function pascal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.charAt(0).toUpperCase() + key.slice(1), pascal(inner)]));
}
