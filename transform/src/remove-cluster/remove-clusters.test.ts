import { DescribeClusterCommand, EMRClient, ListClustersCommand, TerminateJobFlowsCommand } from '@aws-sdk/client-emr';
import { mockClient } from 'aws-sdk-client-mock';
import { removeClusters } from './remove-clusters.ts';

const emr = mockClient(EMRClient);
const waits: number[] = [];
const remove = () =>
  removeClusters({
    emr: new EMRClient({ region: 'x' }),
    name: 'ours',
    wait: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
  });
const cluster = (Id: string, State: 'WAITING' | 'TERMINATING', Name = 'ours') => ({ Id, Name, Status: { State } });

beforeEach(() => {
  waits.length = 0;
  emr.reset();
  emr.onAnyCommand().rejects(new Error('unexpected call'));
  emr.on(TerminateJobFlowsCommand).resolves({});
  emr.on(DescribeClusterCommand).resolves({ Cluster: { Tags: [{ Key: 'hotpost-cluster', Value: 'ours' }] } });
});

it('does nothing when there is no cluster of ours', async () => {
  emr.on(ListClustersCommand).resolves({ Clusters: [cluster('j-OTHER', 'WAITING', 'somebody-else')] });

  await remove();

  expect(emr.commandCalls(TerminateJobFlowsCommand)).toHaveLength(0);
});

it('leaves one alone that has our name and not our tag', async () => {
  emr.on(ListClustersCommand).resolves({ Clusters: [cluster('j-HAND', 'WAITING')] });
  emr.on(DescribeClusterCommand).resolves({ Cluster: { Tags: [{ Key: 'application', Value: 'by hand' }] } });

  await remove();

  expect(emr.commandCalls(TerminateJobFlowsCommand)).toHaveLength(0);
});

it('terminates ours once and waits until it is gone', async () => {
  emr
    .on(ListClustersCommand)
    .resolvesOnce({ Clusters: [cluster('j-OURS', 'WAITING'), cluster('j-OTHER', 'WAITING', 'somebody-else')] })
    .resolvesOnce({ Clusters: [cluster('j-OURS', 'TERMINATING')] })
    .resolves({ Clusters: [] });

  await remove();

  expect(emr.commandCalls(TerminateJobFlowsCommand).map(({ args }) => args[0].input)).toEqual([{ JobFlowIds: ['j-OURS'] }]);
  expect(waits).toEqual([15_000, 15_000]);
});

it('names a cluster that does not end', async () => {
  emr.on(ListClustersCommand).resolves({ Clusters: [cluster('j-OURS', 'TERMINATING')] });

  await expect(remove()).rejects.toThrow('Cluster j-OURS is still TERMINATING; terminate it in the EMR console and delete the stack again');
});
