import { join } from 'node:path';
import * as z from 'zod';
import { ServiceError, unknownOperation, type JsonService } from '../endpoint/service.ts';
import { isAlive, newCluster, runJobFlowSchema, stepConfigSchema, type EmrCluster, type EmrStep } from './cluster.ts';
import { ClusterRunner } from './cluster-runner.ts';
import { clusterArn, clusterDetails, clusterSummary, stepDetails } from './cluster-views.ts';
import type { JobRuntime } from './job-runtime.ts';
import { parseInput } from './parse-input.ts';

export interface EmrOptions {
  /** Clusters and step logs lie in `<directory>/emr`. */
  readonly directory: string;
  readonly runtime: JobRuntime;
  /** Epoch milliseconds, for idle time; the machine's clock by default. */
  readonly clock?: { now(): number };
  readonly warmUpMilliseconds?: number;
}

const clusterIdSchema = z.object({ ClusterId: z.string() });

/** EMR whose clusters are this machine: each step is a process. */
export function emrService({ directory, runtime, clock = { now: () => Date.now() }, warmUpMilliseconds = 1_500 }: EmrOptions): JsonService {
  const runner = new ClusterRunner({ directory: join(directory, 'emr'), runtime, clock, warmUpMilliseconds });

  const find = (id: string): EmrCluster => {
    const cluster = runner.clusters.get(id);
    if (!cluster) throw new ServiceError('InvalidRequestException', `Cluster id '${id}' is not valid.`);
    return cluster;
  };
  const operations: Readonly<Record<string, (input: unknown) => unknown>> = {
    RunJobFlow(input) {
      const cluster = newCluster(parseInput(runJobFlowSchema, input), clock.now());
      runner.start(cluster);
      return { JobFlowId: cluster.id, ClusterArn: clusterArn(cluster) };
    },
    ListClusters(input) {
      const { ClusterStates, CreatedAfter = 0 } = parseInput(listClustersSchema, input);
      const listed = [...runner.clusters.values()].filter(
        (cluster) => (ClusterStates?.includes(cluster.state) ?? true) && cluster.createdAt > CreatedAfter * 1000,
      );
      return { Clusters: listed.reverse().map(clusterSummary) };
    },
    DescribeCluster: (input) => ({ Cluster: clusterDetails(find(parseInput(clusterIdSchema, input).ClusterId)) }),
    AddJobFlowSteps(input) {
      const { JobFlowId, Steps } = parseInput(addStepsSchema, input);
      const cluster = find(JobFlowId);
      if (!isAlive(cluster)) {
        throw new ServiceError('ValidationException', 'A job flow that is shutting down, terminated, or finished may not be modified.');
      }
      return { StepIds: runner.addSteps(cluster, Steps).map(({ id }) => id) };
    },
    DescribeStep(input) {
      const { ClusterId, StepId } = parseInput(stepIdSchema, input);
      return { Step: stepDetails(findStep(find(ClusterId), StepId)) };
    },
    ListSteps(input) {
      const { ClusterId, StepIds, StepStates } = parseInput(listStepsSchema, input);
      const listed = find(ClusterId).steps.filter(
        ({ id, state }) => (StepIds?.includes(id) ?? true) && (StepStates?.includes(state) ?? true),
      );
      return { Steps: listed.reverse().map(stepDetails) };
    },
    CancelSteps(input) {
      const { ClusterId, StepIds } = parseInput(cancelStepsSchema, input);
      const cluster = find(ClusterId);
      const cancelled = StepIds.map((StepId) => {
        const step = cluster.steps.find(({ id }) => id === StepId);
        return step && runner.cancel(step)
          ? { StepId, Status: 'SUBMITTED' }
          : { StepId, Status: 'FAILED', Reason: `Step is ${step?.state ?? 'unknown'}` };
      });
      return { CancelStepsInfoList: cancelled };
    },
    TerminateJobFlows(input) {
      const { JobFlowIds } = parseInput(z.object({ JobFlowIds: z.array(z.string()) }), input);
      for (const cluster of JobFlowIds.map(find)) runner.end(cluster, { Code: 'USER_REQUEST', Message: 'Terminated by user request' });
      return {};
    },
  };

  return {
    targetPrefix: 'ElasticMapReduce',
    handle(operation, input) {
      const run = operations[operation];
      if (!run) return Promise.reject(unknownOperation('EMR', operation));
      return Promise.resolve().then(() => {
        runner.endIdle();
        return run(input);
      });
    },
    close: () => runner.close(),
  };
}

const listClustersSchema = z.object({ ClusterStates: z.array(z.string()).optional(), CreatedAfter: z.number().optional() });
const addStepsSchema = z.object({ JobFlowId: z.string(), Steps: z.array(stepConfigSchema).min(1) });
const stepIdSchema = clusterIdSchema.extend({ StepId: z.string() });
const listStepsSchema = clusterIdSchema.extend({ StepIds: z.array(z.string()).optional(), StepStates: z.array(z.string()).optional() });
const cancelStepsSchema = clusterIdSchema.extend({ StepIds: z.array(z.string()).min(1) });

function findStep(cluster: EmrCluster, id: string): EmrStep {
  const step = cluster.steps.find((candidate) => candidate.id === id);
  if (!step) throw new ServiceError('InvalidRequestException', `Step id '${id}' is not valid.`);
  return step;
}
