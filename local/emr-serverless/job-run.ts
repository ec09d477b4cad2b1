import { randomInt } from 'node:crypto';
import * as z from 'zod';

/** What the laptop run reads of StartJobRun; another field is refused. Limits: API reference of StartJobRun, read 2026-11. */
export const startJobRunSchema = z.strictObject({
  clientToken: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  executionRoleArn: z.string().regex(/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/),
  name: z.string().min(1).max(256).optional(),
  executionTimeoutMinutes: z.number().int().min(1).max(10_080).default(720),
  jobDriver: z.strictObject({
    sparkSubmit: z.strictObject({
      entryPoint: z.string().min(1).max(4_096),
      entryPointArguments: z.array(z.string().min(1).max(10_280)).default([]),
      sparkSubmitParameters: z.string().max(102_400).default(''),
    }),
  }),
  configurationOverrides: z
    .strictObject({
      monitoringConfiguration: z.strictObject({ s3MonitoringConfiguration: z.strictObject({ logUri: z.string().startsWith('s3://') }) }),
    })
    .optional(),
});
export type StartJobRun = z.infer<typeof startJobRunSchema>;

export interface JobRun {
  readonly id: string;
  readonly applicationId: string;
  readonly request: StartJobRun;
  state: 'SUBMITTED' | 'RUNNING' | 'SUCCESS' | 'FAILED' | 'CANCELLED';
  stateDetails: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  endedAt?: number;
}

export function newJobRun(applicationId: string, request: StartJobRun, now: number): JobRun {
  return { id: `00${randomId(14)}`, applicationId, request, state: 'SUBMITTED', stateDetails: '', createdAt: now };
}

export function hasEnded({ state }: JobRun): boolean {
  return state !== 'SUBMITTED' && state !== 'RUNNING';
}

export function jobRunArn({ applicationId, id }: JobRun): string {
  return `arn:aws:emr-serverless:ap-northeast-2:000000000000:/applications/${applicationId}/jobruns/${id}`;
}

/** As GetJobRun shows it. Instants are epoch seconds. */
export function jobRunDetails(run: JobRun, releaseLabel: string) {
  const { name, executionRoleArn, executionTimeoutMinutes, jobDriver, configurationOverrides } = run.request;
  const endedAt = run.endedAt === undefined ? undefined : run.endedAt / 1000;
  return {
    applicationId: run.applicationId,
    jobRunId: run.id,
    name,
    arn: jobRunArn(run),
    createdBy: executionRoleArn,
    createdAt: run.createdAt / 1000,
    updatedAt: endedAt ?? run.createdAt / 1000,
    endedAt,
    executionRole: executionRoleArn,
    executionTimeoutMinutes,
    state: run.state,
    stateDetails: run.stateDetails,
    releaseLabel,
    jobDriver,
    configurationOverrides,
    mode: 'BATCH',
    attempt: 1,
  };
}

/** Ids are lower-case letters and digits. */
export function randomId(length: number): string {
  return Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(randomInt(36))).join('');
}
