import { customResourceHandler } from '../../../common/custom-resource.ts';
import { removeClusterDependencies } from './dependencies.ts';
import { removeClusters } from './remove-clusters.ts';

// A cluster is no resource of the stack: EnsureCluster starts it. Its network cannot be removed while it lives.
export const handler = customResourceHandler(
  removeClusterDependencies,
  () => Promise.resolve({}),
  (_, dependencies) => removeClusters(dependencies),
);
