import { EMRClient } from '@aws-sdk/client-emr';
import * as z from 'zod';
import { readEnvironment } from '../../../common/environment.ts';
import { emrClusters } from './emr-clusters.ts';
import type { EnsureClusterDependencies } from './ensure-cluster.ts';

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function ensureClusterDependencies(): EnsureClusterDependencies {
  const environment = readEnvironment({
    EMR_CLUSTER_ID: z.union([z.literal(''), z.string().regex(/^j-[A-Z0-9]+$/, 'must be a cluster id like j-2AXXXXXXGAPLF')]).default(''),
    CLUSTER_NAME: z.string().min(1).max(256),
    RELEASE_LABEL: z.string().startsWith('emr-'),
    INSTANCE_TYPE: z.string().min(1),
    SPOT: z.enum(['true', 'false']),
    LOG_URI: z.string().startsWith('s3://'),
    INSTANCE_PROFILE: z.string().min(1),
    SERVICE_ROLE: z.string().min(1),
    SUBNET_ID: z.string().startsWith('subnet-'),
    /** Of the primary node, the others and EMR's own access, by comma. */
    SECURITY_GROUPS: z.string().regex(/^[^,]+,[^,]+,[^,]+$/, 'must be three groups'),
    IDLE_MINUTES: z.coerce.number().int().min(1).max(10_080),
  });
  return {
    givenClusterId: environment.EMR_CLUSTER_ID,
    clusters: emrClusters(new EMRClient({}), {
      name: environment.CLUSTER_NAME,
      releaseLabel: environment.RELEASE_LABEL,
      instanceType: environment.INSTANCE_TYPE,
      isSpot: environment.SPOT === 'true',
      logUri: environment.LOG_URI,
      instanceProfile: environment.INSTANCE_PROFILE,
      serviceRole: environment.SERVICE_ROLE,
      subnetId: environment.SUBNET_ID,
      securityGroups: environment.SECURITY_GROUPS.split(','),
      idleMinutes: environment.IDLE_MINUTES,
    }),
  };
}
