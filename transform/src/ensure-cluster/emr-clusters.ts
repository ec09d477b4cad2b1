import { RunJobFlowCommand, type ClusterState, type EMRClient } from '@aws-sdk/client-emr';
import { CLUSTER_TAGS, ownClusters, type OwnCluster } from '../own-clusters.ts';
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
  readonly subnetId: string;
  /** Of the primary node, the others, and EMR's own access. */
  readonly securityGroups: readonly string[];
  /** The cluster ends itself after this long without a step. */
  readonly idleMinutes: number;
}

const USABLE: ClusterState[] = ['WAITING', 'RUNNING', 'BOOTSTRAPPING', 'STARTING'];

/** Clusters in EMR. Errors are the SDK's own. */
export function emrClusters(client: EMRClient, settings: ClusterSettings): Clusters {
  return {
    async find(batch) {
      // The readiest first, and of two that start, the one that an earlier try for this batch has asked for.
      const rank = (cluster: OwnCluster) => USABLE.indexOf(cluster.state) - (cluster.batch === batch ? 0.5 : 0);
      const own = await ownClusters(client, settings.name, USABLE);
      return own.sort((a, b) => rank(a) - rank(b))[0]?.id;
    },
    async start(batch) {
      const { JobFlowId } = await client.send(new RunJobFlowCommand(newCluster(settings, batch)));
      if (JobFlowId === undefined) throw new Error(`EMR gave no id for the cluster ${settings.name}; look at it in the EMR console`);
      return JobFlowId;
    },
  };
}

function newCluster(settings: ClusterSettings, batch: string): RunJobFlowCommand['input'] {
  const [primary, others, access] = settings.securityGroups;
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
      Ec2SubnetId: settings.subnetId,
      EmrManagedMasterSecurityGroup: primary,
      EmrManagedSlaveSecurityGroup: others,
      ServiceAccessSecurityGroup: access,
    },
    AutoTerminationPolicy: { IdleTimeout: settings.idleMinutes * 60 },
    StepConcurrencyLevel: 1,
    VisibleToAllUsers: true,
    Tags: [
      { Key: 'application', Value: 'hotpost' },
      { Key: CLUSTER_TAGS.name, Value: settings.name },
      { Key: CLUSTER_TAGS.batch, Value: batch },
      // AmazonEMRServicePolicy_v2 lets EMR act only on what bears this tag.
      { Key: 'for-use-with-amazon-emr-managed-policies', Value: 'true' },
    ],
  };
}
