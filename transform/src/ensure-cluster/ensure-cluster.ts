import type { EnsureClusterEvent, EnsureClusterResult } from '../../../common/contracts/events.ts';

export interface Clusters {
  /** Id of a cluster of ours that runs or is about to, one started for the batch before others; undefined when there is none. */
  find(batch: string): Promise<string | undefined>;
  /** Asks for a new cluster, in the batch's name, and returns its id at once, long before it can work. */
  start(batch: string): Promise<string>;
}

export interface EnsureClusterDependencies {
  /** A cluster that is kept by somebody else and used as it is; '' for none. */
  readonly givenClusterId: string;
  readonly clusters: Clusters;
}

/**
 * Names the cluster that the batch's step will go to, starting one when there is none. Returns at once: the cluster warms up while
 * the scrape runs, and a step waits in its queue. Two batches cannot start two clusters, because one execution runs at a time.
 */
export async function ensureCluster({ batch }: EnsureClusterEvent, deps: EnsureClusterDependencies): Promise<EnsureClusterResult> {
  if (deps.givenClusterId !== '') return { clusterId: deps.givenClusterId };
  return { clusterId: (await deps.clusters.find(batch)) ?? (await deps.clusters.start(batch)) };
}
