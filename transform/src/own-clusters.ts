import { DescribeClusterCommand, paginateListClusters, type ClusterState, type EMRClient } from '@aws-sdk/client-emr';

/** What a cluster of ours bears: the name of the stack's clusters, and the batch that started it. */
export const CLUSTER_TAGS = { name: 'hotpost-cluster', batch: 'hotpost-batch' } as const;

export interface OwnCluster {
  readonly id: string;
  readonly state: ClusterState;
  /** That started it. */
  readonly batch: string | undefined;
}

/** The clusters of a stack in these states, told apart by a tag, in the list's order. Errors are the SDK's own. */
export async function ownClusters(client: EMRClient, name: string, states: readonly ClusterState[]): Promise<OwnCluster[]> {
  const own: OwnCluster[] = [];
  for await (const { Clusters = [] } of paginateListClusters({ client }, { ClusterStates: [...states] })) {
    // The list shows no tags; the name spares asking for those of every cluster of the account.
    for (const { Id: id, Status } of Clusters.filter(({ Name }) => Name === name)) {
      if (id === undefined || Status?.State === undefined) continue;
      const tags = await tagsOf(client, id);
      if (tags.get(CLUSTER_TAGS.name) === name) own.push({ id, state: Status.State, batch: tags.get(CLUSTER_TAGS.batch) });
    }
  }
  return own;
}

async function tagsOf(client: EMRClient, id: string): Promise<ReadonlyMap<string | undefined, string | undefined>> {
  const { Cluster } = await client.send(new DescribeClusterCommand({ ClusterId: id }));
  return new Map(Cluster?.Tags?.map(({ Key, Value }) => [Key, Value]));
}
