import { paginateListClusters, TerminateJobFlowsCommand, type ClusterSummary, type EMRClient } from '@aws-sdk/client-emr';

export interface RemoveClustersDependencies {
  readonly emr: EMRClient;
  /** The name that EnsureCluster gives its clusters. */
  readonly name: string;
  wait(milliseconds: number): Promise<void>;
}

const POLL_MILLISECONDS = 15_000;
/** Within the function's 15 minutes; EMR needs two or three. */
const MOST_POLLS = 52;

/** Terminates the stack's own clusters and waits until they are gone. @throws Error naming one that lives on after 13 minutes; SDK errors pass. */
export async function removeClusters(deps: RemoveClustersDependencies): Promise<void> {
  for (let poll = 0; ; poll += 1) {
    const living = await clustersNamed(deps);
    const [first] = living;
    if (first === undefined) return;
    if (poll === MOST_POLLS)
      throw new Error(
        `Cluster ${first.Id ?? ''} is still ${first.Status?.State ?? 'there'}; terminate it in the EMR console and delete the stack again`,
      );
    const running = living.flatMap(({ Id, Status }) => (Id !== undefined && Status?.State !== 'TERMINATING' ? [Id] : []));
    if (running.length > 0) await deps.emr.send(new TerminateJobFlowsCommand({ JobFlowIds: running }));
    await deps.wait(POLL_MILLISECONDS);
  }
}

async function clustersNamed({ emr, name }: RemoveClustersDependencies): Promise<ClusterSummary[]> {
  const found: ClusterSummary[] = [];
  const states = ['STARTING', 'BOOTSTRAPPING', 'RUNNING', 'WAITING', 'TERMINATING'] as const;
  for await (const { Clusters = [] } of paginateListClusters({ client: emr }, { ClusterStates: [...states] }))
    found.push(...Clusters.filter(({ Name }) => Name === name));
  return found;
}
