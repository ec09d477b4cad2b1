import { DescribeClusterCommand, paginateListClusters, RunJobFlowCommand, type ClusterState, type EMRClient } from '@aws-sdk/client-emr';
import type { Clusters } from './ensure-cluster.ts';

export interface ClusterSettings {
  readonly name: string;
  readonly releaseLabel: string;
  readonly instanceType: string;
  /** From EC2's spare capacity: a step that loses its instance fails, and its batch is run again. */
  readonly isSpot: boolean;
  readonly logUri: string;
  /** Name or ARN; EMR takes the name of an instance profile. */
  readonly instanceProfile: string;
  readonly serviceRole: string;
  /** '' lets EMR choose. */
  readonly subnetId: string;
  /** Of the primary node, the others, and EMR's own access; empty lets EMR make them. */
  readonly securityGroups: readonly string[];
  /** The cluster ends itself after this long without a step. */
  readonly idleMinutes: number;
}

const USABLE: ClusterState[] = ['WAITING', 'RUNNING', 'BOOTSTRAPPING', 'STARTING'];

/** What a cluster of ours bears: the name of the stack's clusters, and the batch that started it. */
const TAGS = { cluster: 'hotpost-cluster', batch: 'hotpost-batch' } as const;

/** Clusters in EMR, told apart by a tag. Errors are the SDK's own. */
export function emrClusters(client: EMRClient, settings: ClusterSettings): Clusters {
  return {
    async find(batch) {
      const found: { id: string; rank: number }[] = [];
      for await (const { Clusters = [] } of paginateListClusters({ client }, { ClusterStates: USABLE }))
        // The list shows no tags; the name spares asking for those of every cluster of the account.
        for (const { Id, Name, Status } of Clusters)
          if (Id !== undefined && Name === settings.name && Status?.State) {
            const tags = await tagsOf(client, Id);
            // The readiest first, and of two that start, the one that an earlier try for this batch has asked for.
            const rank = USABLE.indexOf(Status.State) - (tags.get(TAGS.batch) === batch ? 0.5 : 0);
            if (tags.get(TAGS.cluster) === settings.name) found.push({ id: Id, rank });
          }
      return found.sort((a, b) => a.rank - b.rank)[0]?.id;
    },
    async start(batch) {
      const { JobFlowId } = await client.send(new RunJobFlowCommand(newCluster(settings, batch)));
      if (JobFlowId === undefined) throw new Error(`EMR gave no id for the cluster ${settings.name}; look at it in the EMR console`);
      return JobFlowId;
    },
  };
}

async function tagsOf(client: EMRClient, id: string): Promise<ReadonlyMap<string | undefined, string | undefined>> {
  const { Cluster } = await client.send(new DescribeClusterCommand({ ClusterId: id }));
  return new Map(Cluster?.Tags?.map(({ Key, Value }) => [Key, Value]));
}

function securityGroups([primary, others, access]: readonly string[]) {
  if (primary === undefined) return {};
  return { EmrManagedMasterSecurityGroup: primary, EmrManagedSlaveSecurityGroup: others, ServiceAccessSecurityGroup: access };
}

function newCluster(settings: ClusterSettings, batch: string): RunJobFlowCommand['input'] {
  return {
    Name: settings.name,
    ReleaseLabel: settings.releaseLabel,
    Applications: [{ Name: 'Spark' }],
    LogUri: settings.logUri,
    JobFlowRole: settings.instanceProfile,
    ServiceRole: settings.serviceRole,
    Instances: {
      // One machine is the whole cluster: a batch holds some thousand comments.
      InstanceGroups: [
        {
          Name: 'primary',
          InstanceRole: 'MASTER',
          InstanceType: settings.instanceType,
          InstanceCount: 1,
          Market: settings.isSpot ? 'SPOT' : 'ON_DEMAND',
        },
      ],
      KeepJobFlowAliveWhenNoSteps: true,
      TerminationProtected: false,
      ...(settings.subnetId === '' ? {} : { Ec2SubnetId: settings.subnetId }),
      ...securityGroups(settings.securityGroups),
    },
    AutoTerminationPolicy: { IdleTimeout: settings.idleMinutes * 60 },
    StepConcurrencyLevel: 1,
    VisibleToAllUsers: true,
    Tags: [
      { Key: 'application', Value: 'hotpost' },
      { Key: TAGS.cluster, Value: settings.name },
      { Key: TAGS.batch, Value: batch },
      // AmazonEMRServicePolicy_v2 lets EMR act only on what bears this tag.
      { Key: 'for-use-with-amazon-emr-managed-policies', Value: 'true' },
    ],
  };
}
