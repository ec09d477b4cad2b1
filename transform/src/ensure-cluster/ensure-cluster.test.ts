import { DescribeClusterCommand, EMRClient, ListClustersCommand, RunJobFlowCommand } from '@aws-sdk/client-emr';
import { mockClient } from 'aws-sdk-client-mock';
import { emrClusters, type ClusterSettings } from './emr-clusters.ts';
import { ensureCluster } from './ensure-cluster.ts';

const emr = mockClient(EMRClient);
const event = { batch: '20261120T050000Z' };
const settings: ClusterSettings = {
  name: 'hotpost-cluster',
  releaseLabel: 'emr-7.13.0',
  instanceType: 'm6g.xlarge',
  isSpot: false,
  logUri: 's3://assets/logs/emr/',
  instanceProfile: 'profile',
  serviceRole: 'role',
  subnetId: 'subnet-1',
  securityGroups: ['sg-1', 'sg-2', 'sg-3'],
  idleMinutes: 60,
};
const usable = { ClusterStates: ['WAITING', 'RUNNING', 'BOOTSTRAPPING', 'STARTING'] } as const;
const ensure = (given = '', changed: Partial<ClusterSettings> = {}) =>
  ensureCluster(event, { givenClusterId: given, clusters: emrClusters(new EMRClient({ region: 'x' }), { ...settings, ...changed }) });

const tagged = (tags: Record<string, string>) => ({ Cluster: { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) } });

beforeEach(() => {
  emr.reset();
  emr.onAnyCommand().rejects(new Error('unexpected call'));
  emr.on(DescribeClusterCommand).resolves(tagged({ 'hotpost-cluster': 'hotpost-cluster', 'hotpost-batch': '20261120T043000Z' }));
});

it('uses a given cluster without asking EMR', async () => {
  expect(await ensure('j-GIVEN')).toEqual({ clusterId: 'j-GIVEN' });
  expect(emr.calls()).toHaveLength(0);
});

it('finds a cluster of its name on any page, and prefers one that waits for work', async () => {
  emr.on(ListClustersCommand, { ClusterStates: [...usable.ClusterStates] }).resolves({
    Clusters: [
      { Id: 'j-OTHER', Name: 'somebody-else', Status: { State: 'WAITING' } },
      { Id: 'j-STARTING', Name: 'hotpost-cluster', Status: { State: 'STARTING' } },
    ],
    Marker: 'more',
  });
  emr.on(ListClustersCommand, { ClusterStates: [...usable.ClusterStates], Marker: 'more' }).resolves({
    Clusters: [{ Id: 'j-WAITING', Name: 'hotpost-cluster', Status: { State: 'WAITING' } }],
  });

  expect(await ensure()).toEqual({ clusterId: 'j-WAITING' });
  expect(emr.commandCalls(RunJobFlowCommand)).toHaveLength(0);
});

it.each([
  [
    'that an earlier try for this batch asked for, of two that start',
    'j-TRIED',
    { 'hotpost-cluster': 'hotpost-cluster', 'hotpost-batch': event.batch },
  ],
  ['whose tag says that it is ours, and not one of its name alone', 'j-FIRST', { application: 'by hand', 'hotpost-batch': event.batch }],
])('takes the cluster %s', async (_, chosen, tags) => {
  const clusters = ['j-FIRST', 'j-TRIED'].map((Id) => ({ Id, Name: 'hotpost-cluster', Status: { State: 'STARTING' as const } }));
  emr.on(ListClustersCommand).resolves({ Clusters: clusters });
  emr.on(DescribeClusterCommand, { ClusterId: 'j-TRIED' }).resolves(tagged(tags));

  expect(await ensure()).toEqual({ clusterId: chosen });
});

it('starts one when the only one of its name is not ours', async () => {
  emr.on(ListClustersCommand).resolves({ Clusters: [{ Id: 'j-HAND', Name: 'hotpost-cluster', Status: { State: 'WAITING' } }] });
  emr.on(DescribeClusterCommand).resolves(tagged({ application: 'by hand' }));
  emr.on(RunJobFlowCommand).resolves({ JobFlowId: 'j-NEW' });

  expect(await ensure()).toEqual({ clusterId: 'j-NEW' });
});

it('starts one that stays up, ends itself when idle, and can be told by its tags', async () => {
  emr.on(ListClustersCommand).resolves({ Clusters: [{ Id: 'j-OTHER', Name: 'somebody-else', Status: { State: 'WAITING' } }] });
  emr.on(RunJobFlowCommand).resolves({ JobFlowId: 'j-NEW' });

  expect(await ensure()).toEqual({ clusterId: 'j-NEW' });

  const input = emr.commandCalls(RunJobFlowCommand)[0]?.args[0].input;
  expect(input).toMatchObject({
    Name: 'hotpost-cluster',
    ReleaseLabel: 'emr-7.13.0',
    Applications: [{ Name: 'Spark' }],
    LogUri: 's3://assets/logs/emr/',
    JobFlowRole: 'profile',
    ServiceRole: 'role',
    Instances: { KeepJobFlowAliveWhenNoSteps: true, Ec2SubnetId: 'subnet-1', ServiceAccessSecurityGroup: 'sg-3' },
    AutoTerminationPolicy: { IdleTimeout: 3600 },
  });
  expect(input?.Tags).toEqual(
    expect.arrayContaining([
      { Key: 'application', Value: 'hotpost' },
      { Key: 'hotpost-cluster', Value: 'hotpost-cluster' },
      { Key: 'hotpost-batch', Value: event.batch },
    ]),
  );
});

it.each([
  [true, 'SPOT'],
  [false, 'ON_DEMAND'],
] as const)('takes its instance from the market that was chosen: %s, %s', async (isSpot, Market) => {
  emr.on(ListClustersCommand).resolves({});
  emr.on(RunJobFlowCommand).resolves({ JobFlowId: 'j-NEW' });

  await ensure('', { isSpot });

  expect(emr.commandCalls(RunJobFlowCommand)[0]?.args[0].input.Instances?.InstanceGroups).toMatchObject([{ Market }]);
});

it('lets EMR errors through', async () => {
  emr.on(ListClustersCommand).rejects(new Error('Rate exceeded'));

  await expect(ensure()).rejects.toThrow('Rate exceeded');
});
