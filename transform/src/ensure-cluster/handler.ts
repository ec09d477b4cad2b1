import { ensureClusterEventSchema } from '../../../common/contracts/events.ts';
import { lambdaHandler } from '../../../common/lambda-handler.ts';
import { ensureClusterDependencies } from './dependencies.ts';
import { ensureCluster } from './ensure-cluster.ts';

export const handler = lambdaHandler(ensureClusterEventSchema, ensureClusterDependencies, ensureCluster);
