import { parseServerlessSubmit, parseSparkSubmit } from './spark-submit.ts';

const parse = (...stepArguments: string[]) => parseSparkSubmit('command-runner.jar', stepArguments);

it('takes the script, its modules and what follows', () => {
  const submit = parse(
    ...[
      'spark-submit',
      '--deploy-mode',
      'cluster',
      '--conf',
      'spark.hadoop.fs.s3.maxConnections=500',
      '--py-files',
      's3://a/one.zip,s3://a/two.zip',
    ],
    ...['--conf=spark.yarn.appMasterEnv.MODE=a=b', 's3://a/job.py', '--batch', '20261120T000000Z', '--conf', 'of the job'],
  );

  expect(submit).toEqual({
    script: 's3://a/job.py',
    pythonFiles: ['s3://a/one.zip', 's3://a/two.zip'],
    environment: { MODE: 'a=b' },
    arguments: ['--batch', '20261120T000000Z', '--conf', 'of the job'],
  });
});

it.each([
  [['spark-submit', '--packages', 'x:y:1', 's3://a/job.py'], 'does not know --packages'],
  [['spark-submit', '--conf'], 'does not know --conf'],
  [['spark-submit', '--deploy-mode', 'cluster'], 'names no script'],
  [['hive-script'], 'only steps of command-runner.jar with spark-submit, not command-runner.jar hive-script'],
])('refuses %j', (stepArguments, message) => {
  expect(() => parse(...stepArguments)).toThrow(message);
});

it('refuses another jar', () => {
  expect(() => parseSparkSubmit('s3://a/job.jar', ['spark-submit'])).toThrow('not s3://a/job.jar');
});

describe('a job run of EMR Serverless', () => {
  const serverless = (sparkSubmitParameters: string) =>
    parseServerlessSubmit({ entryPoint: 's3://a/job.py', entryPointArguments: ['--batch', 'b'], sparkSubmitParameters });

  it('takes the entry point, its modules and the driver’s environment', () => {
    expect(serverless('--conf spark.emr-serverless.driverEnv.MODE=a  --py-files s3://a/one.zip')).toEqual({
      script: 's3://a/job.py',
      pythonFiles: ['s3://a/one.zip'],
      environment: { MODE: 'a' },
      arguments: ['--batch', 'b'],
    });
  });

  it.each([
    ['--deploy-mode cluster', 'EMR Serverless does not know --deploy-mode'],
    ['--conf a=b s3://a/other.py', 'EMR Serverless does not know s3://a/other.py'],
    ['--conf "a=b c"', 'does not know quotes'],
    ['--packages x:y:1', 'does not know --packages'],
  ])('refuses %s', (parameters, message) => {
    expect(() => serverless(parameters)).toThrow(message);
  });
});
