import { setTimeout as sleep } from 'node:timers/promises';
import { EMRClient } from '@aws-sdk/client-emr';
import * as z from 'zod';
import { readEnvironment } from '../../../common/environment.ts';
import type { RemoveClustersDependencies } from './remove-clusters.ts';

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function removeClusterDependencies(): RemoveClustersDependencies {
  const environment = readEnvironment({ CLUSTER_NAME: z.string().min(1).max(256) });
  return { emr: new EMRClient({}), name: environment.CLUSTER_NAME, wait: (milliseconds) => sleep(milliseconds) };
}
