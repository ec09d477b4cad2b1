import * as z from 'zod';
import type { TransformEngine } from '../../common/contracts/settings.ts';
import { assumed } from './assumptions.ts';
import { clusterLines } from './engines.ts';
import { merged, type Line } from './line.ts';
import { serverlessWorkers } from './serverless-workers.ts';
import type { Settings } from './settings.ts';

const boundsSchema = z.looseObject({
  TimeoutSeconds: z.number(),
  States: z.looseObject({
    TransformServerless: z.looseObject({ Parameters: z.looseObject({ ExecutionTimeoutMinutes: z.number() }) }),
  }),
});

/**
 * The most that one run can use, whatever goes wrong in it: the state machine ends it, and until then every bound is reached all the time.
 * As many functions as may run at once, of the largest memory; the warehouse at MaxCapacity; the cluster, and its idle time after it, or
 * the job's workers until the job run is cancelled; every request that Plan and the searches may plan.
 * What a cluster costs that is given by id, and what a person runs beside it, is not in it.
 */
export function mostOfRun(settings: Settings, engine: TransformEngine): Line[] {
  const { TimeoutSeconds: seconds, States } = boundsSchema.parse(settings.definition);
  const gigabytes = Math.max(...Object.values(settings.memory)) / 1024;
  const requests = settings.requestBudget + MOST_SEARCHES * settings.boardPages;
  return merged([
    { price: 'lambda-gb-second', quantity: settings.maxConcurrency * seconds * gigabytes },
    { price: 'redshift-rpu-hour', quantity: Math.min(settings.rpuHoursADay, (settings.maxCapacity * seconds) / 3600) },
    { price: 'dynamodb-write', quantity: requests * assumed('dynamodbWritesARequest') },
    { price: 'dynamodb-read', quantity: requests * assumed('dynamodbReadsARequest') },
    { price: 's3-put', quantity: requests * assumed('s3PutsAPart') },
    ...(engine === 'emr-step'
      ? clusterLines((seconds / 60 + settings.idleMinutes) / 60, settings)
      : workerLines(settings, States.TransformServerless.Parameters.ExecutionTimeoutMinutes)),
  ]);
}

/** Searches of a run at most (common/contracts/events.ts). */
const MOST_SEARCHES = 150;

function workerLines({ definition }: Settings, minutes: number): Line[] {
  const { vcpus, gigabytes } = serverlessWorkers(definition);
  return [
    { price: 'emr-serverless-vcpu-hour', quantity: (vcpus * minutes) / 60 },
    { price: 'emr-serverless-gb-hour', quantity: (gigabytes * minutes) / 60 },
  ];
}
