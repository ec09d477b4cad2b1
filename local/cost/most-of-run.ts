import * as z from 'zod';
import { MOST_SEARCHES } from '../../common/contracts/events.ts';
import type { TransformEngine } from '../../common/contracts/settings.ts';
import { assumed } from './assumptions.ts';
import { costOfRun } from './cost-of-run.ts';
import { clusterLines } from './engines.ts';
import { merged, type Line } from './line.ts';
import type { RunCounts } from './run-counts.ts';
import { serverlessWorkers } from './serverless-workers.ts';
import type { Settings } from './settings.ts';

const boundsSchema = z.looseObject({
  TimeoutSeconds: z.number(),
  States: z.looseObject({
    WaitForLoad: z.looseObject({ Seconds: z.number() }),
    TransformServerless: z.looseObject({ Parameters: z.looseObject({ ExecutionTimeoutMinutes: z.number() }) }),
  }),
});

export interface MostOfRun {
  /** Until the state machine ends the run. */
  readonly minutes: number;
  readonly lines: readonly Line[];
}

/**
 * What one run uses when it reaches every bound until the state machine ends it: as many functions as may run at once, of the largest
 * memory; the warehouse at MaxCapacity; the cluster and its idle time after it, or the job's workers until the job run is cancelled; every
 * request that Plan and the searches may plan; a poll of the load whenever there may be one. The rest is as in a usual run.
 * Not in it: a statement that outlives the run (RpuHoursADay bounds the day), a second cluster after a refused step, a cluster given by id.
 */
export function mostOfRun(counts: RunCounts, settings: Settings, engine: TransformEngine): MostOfRun {
  const { TimeoutSeconds: seconds, States } = boundsSchema.parse(settings.definition);
  const gigabytes = Math.max(...Object.values(settings.memory)) / 1024;
  const requests = settings.requestBudget + MOST_SEARCHES * settings.boardPages;
  const usual = costOfRun(counts, settings, 60, engine).lines;
  const bounded = merged([
    { price: 'lambda-gb-second', quantity: settings.maxConcurrency * seconds * gigabytes },
    { price: 'redshift-rpu-hour', quantity: (settings.maxCapacity * seconds) / 3600 },
    { price: 'dynamodb-write', quantity: requests * assumed('dynamodbWritesARequest') },
    { price: 'dynamodb-read', quantity: requests * assumed('dynamodbReadsARequest') },
    { price: 's3-put', quantity: requests * assumed('s3PutsAPart') },
    { price: 's3-get', quantity: requests * assumed('s3GetsAPart') },
    { price: 'transition', quantity: STATES_A_POLL * (seconds / States.WaitForLoad.Seconds) + STATES_A_TASK * (MOST_SEARCHES + requests) },
    ...(engine === 'emr-step'
      ? clusterLines((seconds / 60 + settings.idleMinutes) / 60, settings)
      : workerLines(settings, States.TransformServerless.Parameters.ExecutionTimeoutMinutes)),
  ]);
  const others = usual.filter(({ price }) => !bounded.some((line) => line.price === price));
  return { minutes: seconds / 60, lines: [...bounded, ...others] };
}

/** DescribeLoad, LoadOutcome, WaitForLoad. */
const STATES_A_POLL = 3;
/** HowTo…, the task, and Skip… when it fails; a part reads one post at least. */
const STATES_A_TASK = 3;

function workerLines({ definition }: Settings, minutes: number): Line[] {
  const { vcpus, gigabytes } = serverlessWorkers(definition);
  return [
    { price: 'emr-serverless-vcpu-hour', quantity: (vcpus * minutes) / 60 },
    { price: 'emr-serverless-gb-hour', quantity: (gigabytes * minutes) / 60 },
  ];
}
