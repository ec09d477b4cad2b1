import { setTimeout as sleep } from 'node:timers/promises';
import { jsonServer, type Answer, type JsonCall, type JsonServer } from '../json-server-fixture.ts';
import { stepFunctionsFixture, type StepFunctionsFixture } from '../step-functions-fixture.ts';

let fixture: StepFunctionsFixture;
let aws: JsonServer;
let answer: Answer;
beforeEach(async () => {
  fixture = stepFunctionsFixture();
  aws = await jsonServer((call) => answer(call));
});
afterEach(async () => {
  await fixture.remove();
  await aws.close();
});

const KEY = { applicationId: '00f1', jobRunId: '00a1' };
const PARAMETERS = {
  ApplicationId: '00f1',
  ExecutionRoleArn: 'arn:aws:iam::000000000000:role/job',
  Name: 'hotpost',
  ExecutionTimeoutMinutes: 25,
  JobDriver: {
    SparkSubmit: { EntryPoint: 's3://a/job.py', 'EntryPointArguments.$': "States.Array('--batch', $.batch)", SparkSubmitParameters: '' },
  },
  ConfigurationOverrides: { MonitoringConfiguration: { S3MonitoringConfiguration: { LogUri: 's3://a/logs/' } } },
};

/** Goes through these states, and stays in the last. */
function jobRun(states: string[]): Answer {
  return ({ operation }: JsonCall) => {
    if (operation.startsWith('POST') || operation.startsWith('DELETE')) return { body: { ...KEY, arn: 'arn' } };
    const state = states.length > 1 ? states.shift() : states[0];
    return { body: { jobRun: { ...KEY, state, stateDetails: 'in words', createdAt: 1_763_600_000 } } };
  };
}

function serve(parameters: object = PARAMETERS, seconds = 20) {
  const Resource = 'arn:aws:states:::emr-serverless:startJobRun.sync';
  const Only = { Type: 'Task', Resource, Parameters: parameters, TimeoutSeconds: seconds, End: true };
  return fixture.serve({ StartAt: 'Only', States: { Only } }, { endpointUrl: aws.url });
}

it('waits for the job run as the role of the state machine and answers it', async () => {
  answer = jobRun(['SUBMITTED', 'SCHEDULED', 'RUNNING', 'SUCCESS']);

  const ended = await fixture.run(serve(), { batch: 'b' });

  expect(ended).toMatchObject({
    status: 'SUCCEEDED',
    output: { JobRunId: '00a1', State: 'SUCCESS', CreatedAt: '2025-11-20T00:53:20.000Z' },
  });
  expect(aws.calls[0]).toMatchObject({
    operation: 'POST /applications/00f1/jobruns',
    input: {
      executionRoleArn: 'arn:aws:iam::000000000000:role/job',
      name: 'hotpost',
      executionTimeoutMinutes: 25,
      jobDriver: { sparkSubmit: { entryPoint: 's3://a/job.py', entryPointArguments: ['--batch', 'b'], sparkSubmitParameters: '' } },
      configurationOverrides: { monitoringConfiguration: { s3MonitoringConfiguration: { logUri: 's3://a/logs/' } } },
    },
  });
  expect(aws.calls[0]?.input['clientToken']).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
  expect(aws.calls[0]?.authorization).toContain('Credential=KEYPIPELINE/');
  expect(aws.calls.filter(({ operation }) => operation.startsWith('GET'))).toHaveLength(4);
});

it.each(['FAILED', 'CANCELLED'])('fails as States.TaskFailed with the job run as its cause when it is %s', async (state) => {
  answer = jobRun([state]);

  const ended = await fixture.run(serve(), { batch: 'b' });

  expect(ended).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
  expect(JSON.parse(ended.cause ?? '')).toMatchObject({ JobRunId: '00a1', State: state, StateDetails: 'in words' });
});

it("fails with the service's own error", async () => {
  answer = () => ({ status: 404, body: { __type: 'ResourceNotFoundException', message: 'Application 00f1 does not exist' } });

  const ended = await fixture.run(serve(), { batch: 'b' });

  expect(ended).toMatchObject({ status: 'FAILED', error: 'EMRServerless.ResourceNotFoundException' });
});

it('refuses a field that the API does not have', async () => {
  const ended = await fixture.run(serve({ ...PARAMETERS, Role: 'x' }), { batch: 'b' });

  expect(ended).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: expect.stringContaining('"Role"') as string });
  expect(aws.calls).toEqual([]);
});

it.each(['time-out', 'stop'])('ends at a %s, and cancels the job run only when the execution is stopped', async (how) => {
  answer = jobRun(['RUNNING']);
  const service = serve(PARAMETERS, how === 'stop' ? 20 : 1);
  const executionArn = await fixture.start(service, { batch: 'b' });
  while (how === 'stop' && aws.calls.length < 2) await sleep(10);
  if (how === 'stop') await fixture.handle(service, 'StopExecution', { executionArn });

  const ended = await fixture.ended(service, executionArn);

  expect(ended).toMatchObject(how === 'stop' ? { status: 'ABORTED' } : { status: 'FAILED', error: 'States.Timeout' });
  const cancelled = aws.calls.filter(({ operation }) => operation === 'DELETE /applications/00f1/jobruns/00a1');
  expect(cancelled).toHaveLength(how === 'stop' ? 1 : 0);
});
