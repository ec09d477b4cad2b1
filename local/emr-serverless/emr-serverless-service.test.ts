import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CancelJobRunCommand,
  EMRServerlessClient,
  GetJobRunCommand,
  ListJobRunsCommand,
  StartJobRunCommand,
  type StartJobRunCommandInput,
} from '@aws-sdk/client-emr-serverless';
import { CREDENTIALS } from '../endpoint/endpoint-fixture.ts';
import { APPLICATION, ASSETS } from '../emr/emr-fixture.ts';
import { EmrSession, processEnds, until } from '../emr/emr-session.ts';

let session: EmrSession;
let client: EMRServerlessClient;

beforeEach(async () => {
  session = await EmrSession.open();
  client = new EMRServerlessClient({ ...CREDENTIALS, endpoint: session.endpoint.url });
});
afterEach(async () => {
  client.destroy();
  await session.remove();
});

function jobOf(script: string, entryPointArguments: string[] = [], changes: Partial<StartJobRunCommandInput> = {}) {
  return {
    applicationId: APPLICATION.id,
    executionRoleArn: 'arn:aws:iam::000000000000:role/job',
    clientToken: crypto.randomUUID(),
    jobDriver: {
      sparkSubmit: {
        entryPoint: `s3://${ASSETS}/code/${script}`,
        entryPointArguments,
        sparkSubmitParameters: `--conf spark.driver.cores=2 --py-files s3://${ASSETS}/code/job.zip`,
      },
    },
    ...changes,
  };
}
const start = async (...job: Parameters<typeof jobOf>) => (await client.send(new StartJobRunCommand(jobOf(...job)))).jobRunId ?? '';
const get = async (jobRunId: string) => (await client.send(new GetJobRunCommand({ applicationId: APPLICATION.id, jobRunId }))).jobRun;
const ended = (jobRunId: string) =>
  until(
    () => get(jobRunId),
    (run) => run?.state !== 'SUBMITTED' && run?.state !== 'RUNNING',
  );
const stdout = (jobRunId: string) => readFile(join(session.directory, 'emr-serverless', jobRunId, 'stdout.txt'), 'utf8');

it('runs the script with its modules and arguments', async () => {
  const jobRunId = await start('greet.py', ['--batch', '20261120T000000Z']);

  expect(await ended(jobRunId)).toMatchObject({ state: 'SUCCESS', releaseLabel: 'emr-7.13.0', endedAt: expect.any(Date) as Date });
  expect(await stdout(jobRunId)).toBe(
    `['--batch', '20261120T000000Z'] job from the zip LKIAEMRINSTANCEROLE ${session.endpoint.url} None\n`,
  );
});

it('fails with the job’s own words', async () => {
  const run = await ended(await start('fail.py'));

  expect(run).toMatchObject({ state: 'FAILED', stateDetails: expect.stringContaining('holds no post') as string });
});

it('fails when the script is not in S3', async () => {
  expect((await ended(await start('absent.py')))?.stateDetails).toMatch(/absent\.py could not be fetched \(NoSuchKey: /);
});

it('is cancelled, and leaves no process', async () => {
  const jobRunId = await start('sleep.py');
  const text = await until(
    () => stdout(jobRunId).catch(() => ''),
    (found) => found.endsWith('\n'),
  );

  await client.send(new CancelJobRunCommand({ applicationId: APPLICATION.id, jobRunId }));

  expect((await ended(jobRunId))?.state).toBe('CANCELLED');
  await processEnds(Number(text));
  await expect(client.send(new CancelJobRunCommand({ applicationId: APPLICATION.id, jobRunId }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

it('starts once for a client token', async () => {
  const clientToken = 'token-1';

  const runs = [await start('greet.py', [], { clientToken }), await start('greet.py', [], { clientToken })];

  expect(new Set(runs).size).toBe(1);
  await expect(start('fail.py', [], { clientToken })).rejects.toMatchObject({ name: 'ConflictException' });
});

it.each([
  ['an unknown application', { applicationId: '00zzzz' }, 'ResourceNotFoundException', 'Application 00zzzz does not exist'],
  ['a role that is no ARN', { executionRoleArn: 'job-role-of-nobody-at-all' }, 'ValidationException', 'executionRoleArn'],
  ['no time to run', { executionTimeoutMinutes: 0 }, 'ValidationException', 'executionTimeoutMinutes'],
  ['what it does not show', { retryPolicy: { maxAttempts: 2 } }, 'ValidationException', 'retryPolicy'],
])('refuses %s', async (_what, changes, name, message) => {
  await expect(start('greet.py', [], changes)).rejects.toMatchObject({ name, message: expect.stringContaining(message) as string });
});

it('refuses loudly what it cannot do, and a job run that it does not know', async () => {
  await expect(client.send(new ListJobRunsCommand({ applicationId: APPLICATION.id }))).rejects.toThrow(
    'The local EMR Serverless does not know GET /applications/00f1a2b3c4d5e6f7/jobruns',
  );
  await expect(get('00unknown')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
