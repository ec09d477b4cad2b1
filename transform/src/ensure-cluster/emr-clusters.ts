import { ListClustersCommand, RunJobFlowCommand, type ClusterState, type EMRClient } from '@aws-sdk/client-emr';
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

/** Clusters in EMR, told apart by name. Errors are the SDK's own. */
export function emrClusters(client: EMRClient, settings: ClusterSettings): Clusters {
  return {
    async find() {
      const found: { id: string; state: ClusterState }[] = [];
      let marker: string | undefined;
      do {
        const page = await client.send(new ListClustersCommand({ ClusterStates: USABLE, ...(marker ? { Marker: marker } : {}) }));
        for (const { Id, Name, Status } of page.Clusters ?? [])
          if (Id !== undefined && Name === settings.name && Status?.State) found.push({ id: Id, state: Status.State });
        marker = page.Marker;
      } while (marker);
      // The readiest first: a second cluster, started by hand under our name, must not make the batch wait.
      return found.sort((a, b) => USABLE.indexOf(a.state) - USABLE.indexOf(b.state))[0]?.id;
    },
    async start() {
      const { JobFlowId } = await client.send(new RunJobFlowCommand(newCluster(settings)));
      if (JobFlowId === undefined) throw new Error(`EMR gave no id for the cluster ${settings.name}; look at it in the EMR console`);
      return JobFlowId;
    },
  };
}

function securityGroups([primary, others, access]: readonly string[]) {
  if (primary === undefined) return {};
  return { EmrManagedMasterSecurityGroup: primary, EmrManagedSlaveSecurityGroup: others, ServiceAccessSecurityGroup: access };
}

function newCluster(settings: ClusterSettings): RunJobFlowCommand['input'] {
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
      { Key: 'hotpost-cluster', Value: settings.name },
      // AmazonEMRServicePolicy_v2 lets EMR act only on what bears this tag.
      { Key: 'for-use-with-amazon-emr-managed-policies', Value: 'true' },
    ],
  };
}
