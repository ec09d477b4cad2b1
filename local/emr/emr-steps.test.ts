import { join } from 'node:path';
import { CancelStepsCommand, ListStepsCommand } from '@aws-sdk/client-emr';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ASSETS, sparkStep } from './emr-fixture.ts';
import { EmrSession, processEnds } from './emr-session.ts';

let session: EmrSession;

beforeEach(async () => {
  session = await EmrSession.open();
});
afterEach(() => session.remove());

describe('a step', () => {
  it('runs the script with its modules, as the cluster’s role and in a clean environment', async () => {
    process.env['SECRET_OF_USER'] = 'never passed on';
    const cluster = await session.runCluster();
    const step = await session.addStep(cluster, sparkStep('greet.py', '--batch', '20261120T000000Z'));

    const status = await session.completedStep(cluster, step);

    expect(status).toMatchObject({ State: 'COMPLETED' });
    expect(status?.Timeline?.EndDateTime).toBeInstanceOf(Date);
    expect(await session.stdout(cluster, step)).toBe(
      `['--batch', '20261120T000000Z'] job from the zip LKIAEMRINSTANCEROLE ${session.endpoint.url} None\n`,
    );
    expect(await session.clusterState(cluster)).toBe('WAITING');
    delete process.env['SECRET_OF_USER'];
  });

  it('fails with the job’s own words', async () => {
    const cluster = await session.runCluster();
    const raised = await session.addStep(cluster, sparkStep('fail.py'));
    const exited = await session.addStep(cluster, sparkStep('exit.py'));

    expect(await session.endedStep(cluster, raised)).toMatchObject({
      State: 'FAILED',
      FailureDetails: {
        Reason: 'The job ended with exit code 1',
        Message: 'ValueError: batch 20261120T000000Z holds no post',
        LogFile: join(session.directory, 'emr', cluster, 'steps', raised, 'stderr.txt'),
      },
    });
    expect((await session.endedStep(cluster, exited))?.FailureDetails?.Message).toBe('exit.py ended with exit code 3 and wrote no error');
  });

  it('fails when script or modules are not in S3, and the next one runs', async () => {
    const cluster = await session.runCluster();
    const missing = await session.addStep(cluster, sparkStep('absent.py'));
    const good = await session.addStep(cluster, sparkStep('greet.py'));

    expect((await session.endedStep(cluster, missing))?.FailureDetails?.Message).toMatch(
      /^s3:\/\/assets-bucket\/code\/absent\.py could not be fetched \(NoSuchKey: /,
    );
    expect((await session.endedStep(cluster, good))?.State).toBe('COMPLETED');
  });

  it('is cancelled, running or waiting, and leaves no process', async () => {
    const cluster = await session.runCluster();
    const running = await session.addStep(cluster, sparkStep('sleep.py'));
    const waiting = await session.addStep(cluster, sparkStep('greet.py'));
    const pid = await session.processOf(cluster, running);

    const { CancelStepsInfoList } = await session.emr.send(
      new CancelStepsCommand({ ClusterId: cluster, StepIds: [waiting, running, 's-NONE'] }),
    );

    expect(CancelStepsInfoList?.map(({ Status }) => Status)).toEqual(['SUBMITTED', 'SUBMITTED', 'FAILED']);
    expect((await session.endedStep(cluster, running))?.State).toBe('CANCELLED');
    expect((await session.endedStep(cluster, waiting))?.State).toBe('CANCELLED');
    await processEnds(pid);
    await session.clusterIs(cluster, 'WAITING');
  });

  it('is listed, newest first, with a filter', async () => {
    const cluster = await session.runCluster();
    const first = await session.addStep(cluster, sparkStep('greet.py'));
    const second = await session.addStep(cluster, sparkStep('fail.py'));
    await session.endedStep(cluster, second);

    const all = await session.emr.send(new ListStepsCommand({ ClusterId: cluster }));
    const failed = await session.emr.send(new ListStepsCommand({ ClusterId: cluster, StepStates: ['FAILED'] }));

    expect(all.Steps?.map(({ Id }) => Id)).toEqual([second, first]);
    expect(failed.Steps?.map(({ Id }) => Id)).toEqual([second]);
  });
});

describe('on Spark', () => {
  it('the job works on folders, finds the model that the pointer names, and S3 gets what it wrote', async () => {
    await session.restart({ engine: 'spark' });
    session.endpoint.s3.createBuckets(['data-bucket']);
    await session.put('data-bucket', 'raw/one.txt', 'text ');
    await session.put('data-bucket', 'processed/old.txt', 'stale');
    await session.put(ASSETS, 'model/one.json', '{}');
    await session.put(ASSETS, 'model/current.json', 'one.json');

    const cluster = await session.runCluster();
    const step = await session.addStep(cluster, sparkStep('folders.py', 's3://data-bucket', `s3://${ASSETS}/model/current.json`));

    expect(await session.endedStep(cluster, step)).toMatchObject({ State: 'COMPLETED' });
    const { Contents } = await session.s3.send(new ListObjectsV2Command({ Bucket: 'data-bucket' }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(['processed/post/new.txt', 'raw/one.txt']);
    const { Body } = await session.s3.send(new GetObjectCommand({ Bucket: 'data-bucket', Key: 'processed/post/new.txt' }));
    expect(await Body?.transformToString()).toBe('TEXT {}');
  });
});
