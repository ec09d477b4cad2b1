import { humanFailure, withoutSecrets } from './human-cause.ts';

const failureOf = (Cause: string, Error = 'SomeError') => humanFailure({ Transform: { Error, Cause } });

it.each([
  ['Job failed: ValueError: batch holds no post', 'EMR job run 00a1: Job failed: ValueError: batch holds no post'],
  ['', 'EMR job run 00a1: FAILED without a reason'],
])('says what EMR Serverless says of a job run: "%s"', (StateDetails, cause) => {
  const JobRun = { JobRunId: '00a1', ApplicationId: '00f1', State: 'FAILED', StateDetails };

  for (const shape of [JobRun, { JobRun }])
    expect(humanFailure({ Transform: { Error: 'States.TaskFailed', Cause: JSON.stringify(shape) } })).toMatchObject({ cause });
});

it('takes the message out of a Lambda’s error', () => {
  const cause = JSON.stringify({ errorType: 'UnknownSiteError', errorMessage: 'Site "naver" is not known', trace: ['at secret/path.js'] });

  expect(failureOf(cause, 'UnknownSiteError')).toEqual({
    state: 'Transform',
    error: 'UnknownSiteError',
    cause: 'Site "naver" is not known',
  });
});

it('takes reason, message and log out of an EMR step', () => {
  const FailureDetails = { Reason: 'Model missing', Message: 'Exit status 3', LogFile: 's3://logs/j-1/steps/s-1/stderr.gz' };
  const cause = JSON.stringify({ Step: { Id: 's-1', Status: { State: 'FAILED', FailureDetails } } });

  expect(failureOf(cause).cause).toBe('EMR step s-1: Model missing; Exit status 3; log: s3://logs/j-1/steps/s-1/stderr.gz');
});

it('says so when a step gave no reason', () => {
  expect(failureOf(JSON.stringify({ Step: { Status: { State: 'CANCELLED' } } })).cause).toContain('failed without a reason');
});

it.each(['Query #2 failed with ERROR: gate', '{"errorMessage":', '[]', ''])('leaves %p as it is', (cause) => {
  expect(failureOf(cause).cause).toBe(cause);
});

it('cuts the cause at 1,000 characters', () => {
  expect(failureOf('가'.repeat(5000)).cause).toHaveLength(1000);
});

it('knows what to say when nothing was caught', () => {
  expect(humanFailure({})).toEqual({ state: 'unknown', error: 'unknown', cause: '' });
});

it.each([
  'POST https://hooks.slack.com/services/T00000000/B00000000/PLANTED failed',
  'path /services/T0PLANTED/B0PLANTED/PLANTED is gone',
  'http://127.0.0.1:8802/services/T0PLANTED/B0/PLANTED',
  'https://hooks.slack.com/workflows/PLANTED',
  '{{resolve:secretsmanager:PLANTED:SecretString:url}} is no URL',
  '{{resolve:secretsmanager:PLANTED',
  'password=PLANTED user=etl',
  '"password": "PLANTED", "user": "etl"',
  'Authorization: Bearer PLANTED',
  'postgres://etl:PLANTED@host/db',
  'AKIA' + 'PLANTED1234567890',
  'xoxb-PLANTED-1',
])('strips the secret from %s', (text) => {
  expect(withoutSecrets(text)).not.toContain('PLANTED');
});

it('leaves an ordinary address and an ordinary sentence alone', () => {
  const text = 'https://www.bobaedream.co.kr/view?code=national&No=1 answered 503; s3://data/plan/x.json does not exist';

  expect(withoutSecrets(text)).toBe(text);
});
