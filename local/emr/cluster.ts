import { randomInt } from 'node:crypto';
import * as z from 'zod';

export const stepConfigSchema = z.object({
  Name: z.string(),
  ActionOnFailure: z.enum(['CONTINUE', 'CANCEL_AND_WAIT', 'TERMINATE_CLUSTER', 'TERMINATE_JOB_FLOW']).default('CONTINUE'),
  HadoopJarStep: z.object({
    Jar: z.string(),
    Args: z.array(z.string()).default([]),
    MainClass: z.string().optional(),
    Properties: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
  }),
});

/** What the laptop run reads of RunJobFlow; the rest is kept and shown again. */
export const runJobFlowSchema = z.looseObject({
  Name: z.string(),
  Instances: z.looseObject({ KeepJobFlowAliveWhenNoSteps: z.boolean().default(false) }),
  JobFlowRole: z.string(),
  ServiceRole: z.string(),
  StepConcurrencyLevel: z.literal(1).optional(),
  AutoTerminationPolicy: z.object({ IdleTimeout: z.number().min(60).max(604_800).optional() }).optional(),
  Steps: z.array(stepConfigSchema).default([]),
});

export type ClusterState = 'STARTING' | 'RUNNING' | 'WAITING' | 'TERMINATED' | 'TERMINATED_WITH_ERRORS';
export type StepState = 'PENDING' | 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

export interface Reason {
  readonly Code?: string;
  readonly Message: string;
}

export interface EmrStep {
  readonly id: string;
  readonly config: z.infer<typeof stepConfigSchema>;
  state: StepState;
  reason?: Reason;
  failure?: { readonly Reason: string; readonly Message: string; readonly LogFile: string };
  /** Epoch milliseconds, as all instants here. */
  readonly createdAt: number;
  startedAt?: number;
  endedAt?: number;
}

export interface EmrCluster {
  readonly id: string;
  readonly request: z.infer<typeof runJobFlowSchema>;
  state: ClusterState;
  reason?: Reason;
  readonly createdAt: number;
  readyAt?: number;
  endedAt?: number;
  /** Since when no step waits or runs; what AutoTerminationPolicy counts from. */
  idleSince?: number;
  readonly steps: EmrStep[];
}

export function isAlive({ state }: EmrCluster): boolean {
  return state === 'STARTING' || state === 'RUNNING' || state === 'WAITING';
}

export function newCluster(request: EmrCluster['request'], now: number): EmrCluster {
  return { id: `j-${randomId()}`, request, state: 'STARTING', createdAt: now, steps: request.Steps.map((step) => newStep(step, now)) };
}

export function newStep(config: EmrStep['config'], now: number): EmrStep {
  return { id: `s-${randomId()}`, config, state: 'PENDING', createdAt: now };
}

/** Ends a cluster: what did not end by itself is CANCELLED, as the SDK's waiters know it. */
export function terminate(cluster: EmrCluster, reason: Reason, now: number): void {
  if (!isAlive(cluster)) return;
  cluster.state = reason.Code === 'STEP_FAILURE' ? 'TERMINATED_WITH_ERRORS' : 'TERMINATED';
  cluster.reason = reason;
  cluster.endedAt = now;
  for (const step of cluster.steps) {
    if (step.state === 'PENDING' || step.state === 'RUNNING')
      endStep(step, 'CANCELLED', now, { Message: `The cluster ended: ${reason.Message}` });
  }
}

export function endStep(step: EmrStep, state: StepState, now: number, reason?: Reason): void {
  step.state = state;
  step.endedAt = now;
  if (reason) step.reason = reason;
}

/** EMR's ids: 13 capitals and digits. */
function randomId(): string {
  return Array.from({ length: 13 }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.charAt(randomInt(36))).join('');
}
