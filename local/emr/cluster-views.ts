import type { EmrCluster, EmrStep } from './cluster.ts';

/* How EMR's answers show clusters and steps. Instants are epoch seconds. */

export function clusterSummary(cluster: EmrCluster) {
  return {
    Id: cluster.id,
    Name: cluster.request.Name,
    Status: clusterStatus(cluster),
    NormalizedInstanceHours: 0,
    ClusterArn: clusterArn(cluster),
  };
}

export function clusterArn({ id }: EmrCluster): string {
  return `arn:aws:elasticmapreduce:ap-northeast-2:000000000000:cluster/${id}`;
}

/** The request's own fields come back under the names that DescribeCluster gives them. */
export function clusterDetails(cluster: EmrCluster) {
  const { Instances, JobFlowRole, ReleaseLabel, LogUri, Applications, Configurations, Tags, ServiceRole } = cluster.request;
  return {
    ...clusterSummary(cluster),
    ReleaseLabel,
    LogUri,
    Applications: Applications ?? [],
    Configurations: Configurations ?? [],
    Tags: Tags ?? [],
    ServiceRole,
    AutoTerminate: !Instances.KeepJobFlowAliveWhenNoSteps,
    TerminationProtected: false,
    VisibleToAllUsers: true,
    StepConcurrencyLevel: 1,
    MasterPublicDnsName: '127.0.0.1',
    Ec2InstanceAttributes: { IamInstanceProfile: JobFlowRole },
  };
}

export function stepDetails(step: EmrStep) {
  const { Jar, Args, MainClass, Properties } = step.config.HadoopJarStep;
  return {
    Id: step.id,
    Name: step.config.Name,
    ActionOnFailure: step.config.ActionOnFailure,
    Config: { Jar, Args, MainClass, Properties: Object.fromEntries(Properties.map(({ Key, Value }) => [Key, Value])) },
    Status: {
      State: step.state,
      StateChangeReason: step.reason ?? {},
      FailureDetails: step.failure,
      Timeline: { CreationDateTime: seconds(step.createdAt), StartDateTime: seconds(step.startedAt), EndDateTime: seconds(step.endedAt) },
    },
  };
}

function clusterStatus({ state, reason, createdAt, readyAt, endedAt }: EmrCluster) {
  return {
    State: state,
    StateChangeReason: reason ?? {},
    Timeline: { CreationDateTime: seconds(createdAt), ReadyDateTime: seconds(readyAt), EndDateTime: seconds(endedAt) },
  };
}

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}
