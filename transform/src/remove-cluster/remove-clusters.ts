import { TerminateJobFlowsCommand, type EMRClient } from '@aws-sdk/client-emr';
import { ownClusters } from '../own-clusters.ts';

export interface RemoveClustersDependencies {
  readonly emr: EMRClient;
  /** The name that EnsureCluster gives its clusters. */
  readonly name: string;
  wait(milliseconds: number): Promise<void>;
}

const POLL_MILLISECONDS = 15_000;
/** Within the function's 15 minutes; EMR needs two or three. */
const MOST_POLLS = 52;
const LIVING = ['STARTING', 'BOOTSTRAPPING', 'RUNNING', 'WAITING', 'TERMINATING'] as const;

/** Terminates the stack's own clusters and waits until they are gone. @throws Error naming one that lives on after 13 minutes; SDK errors pass. */
export async function removeClusters(deps: RemoveClustersDependencies): Promise<void> {
  for (let poll = 0; ; poll += 1) {
    const living = await ownClusters(deps.emr, deps.name, LIVING);
    const [first] = living;
    if (first === undefined) return;
    if (poll === MOST_POLLS)
      throw new Error(`Cluster ${first.id} is still ${first.state}; terminate it in the EMR console and delete the stack again`);
    const running = living.filter(({ state }) => state !== 'TERMINATING').map(({ id }) => id);
    if (running.length > 0) await deps.emr.send(new TerminateJobFlowsCommand({ JobFlowIds: running }));
    await deps.wait(POLL_MILLISECONDS);
  }
}
