import { ListBootstrapActionsCommand, ListClustersCommand, TerminateJobFlowsCommand } from '@aws-sdk/client-emr';
import { join } from 'node:path';
import { startHost } from '../endpoint/host-process.ts';
import { sparkStep } from './emr-fixture.ts';
import { EmrSession, processEnds } from './emr-session.ts';

let session: EmrSession;

beforeEach(async () => {
  session = await EmrSession.open();
});
afterEach(() => session.remove());

describe('a cluster', () => {
  it('warms up, waits, and is found by its state', async () => {
    await session.restart({ warmUpMilliseconds: 300 });
    const cluster = await session.runCluster();

    expect(await session.clusterState(cluster)).toBe('STARTING');
    await session.clusterIs(cluster, 'WAITING');
    const { Clusters } = await session.emr.send(new ListClustersCommand({ ClusterStates: ['WAITING', 'RUNNING'] }));
    expect(Clusters).toMatchObject([{ Id: cluster, Name: 'hotpost', Status: { State: 'WAITING' } }]);
  });

  it('ends itself after its idle time and takes no step any more', async () => {
    let now = Date.parse('2026-11-20T00:00:00Z');
    await session.restart({ clock: { now: () => now } });
    const cluster = await session.runCluster({ AutoTerminationPolicy: { IdleTimeout: 3600 } });
    await session.clusterIs(cluster, 'WAITING');

    now += 3_599_000;
    expect(await session.clusterState(cluster)).toBe('WAITING');
    now += 1_000;

    expect(await session.clusterState(cluster)).toBe('TERMINATED');
    await expect(session.addStep(cluster, sparkStep('greet.py'))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'A job flow that is shutting down, terminated, or finished may not be modified.',
    });
  });

  it('is ended by request and cancels what it runs', async () => {
    const cluster = await session.runCluster();
    const step = await session.addStep(cluster, sparkStep('sleep.py'));
    const pid = await session.processOf(cluster, step);

    await session.emr.send(new TerminateJobFlowsCommand({ JobFlowIds: [cluster] }));

    expect(await session.clusterState(cluster)).toBe('TERMINATED');
    expect((await session.step(cluster, step))?.State).toBe('CANCELLED');
    await processEnds(pid);
  });

  it('obeys ActionOnFailure', async () => {
    const waitingCluster = await session.runCluster({ Name: 'waits' });
    const failing = await session.addStep(waitingCluster, { ...sparkStep('fail.py'), ActionOnFailure: 'CANCEL_AND_WAIT' });
    const after = await session.addStep(waitingCluster, sparkStep('greet.py'));
    const endingCluster = await session.runCluster({ Steps: [{ ...sparkStep('fail.py'), ActionOnFailure: 'TERMINATE_CLUSTER' }] });

    await session.endedStep(waitingCluster, failing);

    expect((await session.step(waitingCluster, after))?.State).toBe('CANCELLED');
    await session.clusterIs(endingCluster, 'TERMINATED_WITH_ERRORS');
  });

  it('is TERMINATED after a restart, and still described', async () => {
    const cluster = await session.runCluster();
    const step = await session.addStep(cluster, sparkStep('greet.py'));
    await session.endedStep(cluster, step);

    await session.restart();

    expect(await session.clusterState(cluster)).toBe('TERMINATED');
    expect((await session.step(cluster, step))?.State).toBe('COMPLETED');
  });
});

describe('kill -9 of the host', () => {
  it('ends the running step’s process, and the next start knows that the cluster is gone', async () => {
    await session.endpoint.close();
    const host = await startHost(join(import.meta.dirname, 'killable-host.ts'), session.directory);
    session.connect(host.url);
    const cluster = await session.runCluster();
    const step = await session.addStep(cluster, sparkStep('sleep.py'));
    const pid = await session.processOf(cluster, step);

    await host.kill();

    await processEnds(pid);
    await session.start();
    expect(await session.clusterState(cluster)).toBe('TERMINATED');
    expect((await session.step(cluster, step))?.State).toBe('CANCELLED');
  });
});

it('refuses what it does not know, loudly', async () => {
  await expect(session.emr.send(new ListBootstrapActionsCommand({ ClusterId: 'j-X' }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
  await expect(session.clusterState('j-UNKNOWN')).rejects.toMatchObject({ name: 'InvalidRequestException' });
  await expect(session.runCluster({ StepConcurrencyLevel: 5 })).rejects.toThrow('StepConcurrencyLevel: ');
});
