import { failureMessage } from './failure-message.ts';

it('finds the exception behind the engine’s log lines', () => {
  const stderr = `[2026-11-20T10:00:00Z INFO  sail] started
Traceback (most recent call last):
  File "spark-job-emr.py", line 3, in <module>
    main()
hotpost_job.errors.MissingModelError: s3://assets/model/model.json does not exist
2026-11-20T10:00:01.5Z WARN sail: stopping
26/11/20 10:00:02 INFO ShutdownHookManager: Shutdown hook called
`;
  expect(failureMessage(stderr)).toBe('hotpost_job.errors.MissingModelError: s3://assets/model/model.json does not exist');
});

it('takes the last line when nothing names an exception, and none when nothing was said', () => {
  expect(failureMessage('usage: job\njob: error: the following arguments are required: --batch\n')).toBe(
    'job: error: the following arguments are required: --batch',
  );
  expect(failureMessage('\n  \n')).toBeUndefined();
});

it('skips warnings and Java frames', () => {
  const stderr =
    'org.apache.spark.SparkException: Job aborted\n\tat org.apache.spark.Foo(Foo.scala:1)\nx.py:1: UserWarning: old\nUserWarning: old\n';
  expect(failureMessage(stderr)).toBe('org.apache.spark.SparkException: Job aborted');
});
