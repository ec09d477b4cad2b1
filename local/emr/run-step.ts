import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { errorMessage } from '../error-message.ts';
import { failureMessage } from './failure-message.ts';
import type { JobRuntime } from './job-runtime.ts';
import { parseS3Uri } from './s3-uri.ts';
import { parseSparkSubmit, type SparkSubmit } from './spark-submit.ts';
import { stageObjects } from './staged-objects.ts';
import { startStepProcess, type StepProcess } from './step-process.ts';

export interface StepToRun {
  readonly jar: string;
  readonly arguments: readonly string[];
  /** The step's own folder. */
  readonly directory: string;
}

export type StepOutcome = { readonly completed: true } | { readonly completed: false; readonly reason: string; readonly message: string };

/** Runs one spark-submit step. @param onStart is told the process, to cancel it. */
export async function runStep(step: StepToRun, runtime: JobRuntime, onStart: (process: StepProcess) => void): Promise<StepOutcome> {
  try {
    return await runJob(parseSparkSubmit(step.jar, step.arguments), step.directory, runtime, onStart);
  } catch (error) {
    return { completed: false, reason: 'The step could not be run', message: errorMessage(error) };
  }
}

/**
 * Runs a job in a new process, as EMR does on a node: fetches script and modules from S3, runs, waits.
 * @param directory the job's own folder. @param onStart is told the process, to cancel it.
 */
export async function runJob(
  submit: SparkSubmit,
  directory: string,
  runtime: JobRuntime,
  onStart: (process: StepProcess) => void,
): Promise<StepOutcome> {
  const credentials = { accessKeyId: runtime.accessKeyId, secretAccessKey: 'local' };
  const client = new S3Client({ endpoint: runtime.endpointUrl(), region: runtime.region, credentials });
  try {
    return await fetchAndRun(submit, directory, runtime, client, onStart);
  } catch (error) {
    return { completed: false, reason: 'The job could not be run', message: errorMessage(error) };
  } finally {
    client.destroy();
  }
}

async function fetchAndRun(
  submit: SparkSubmit,
  directory: string,
  runtime: JobRuntime,
  client: S3Client,
  onStart: (process: StepProcess) => void,
): Promise<StepOutcome> {
  await mkdir(directory, { recursive: true });
  const script = await fetchFile(submit.script, directory, client);
  const modules = await Promise.all(submit.pythonFiles.map((uri) => fetchFile(uri, directory, client)));
  const staged = runtime.engine === 'spark' ? await stageObjects(submit.arguments, join(directory, 's3'), runtime.objectFiles) : undefined;
  const stderrFile = join(directory, 'stderr.txt');
  const child = await startStepProcess({
    command: runtime.python,
    arguments: [runtime.launcher, script, ...(staged?.arguments ?? submit.arguments)],
    directory,
    environment: { ...stepEnvironment(runtime), PYTHONPATH: modules.join(delimiter), ...submit.environment },
    stdoutFile: join(directory, 'stdout.txt'),
    stderrFile,
  });
  onStart(child);
  const { exitCode, signal } = await child.ended;
  if (exitCode !== 0) {
    const how = signal === null ? `exit code ${exitCode ?? -1}` : `signal ${signal}`;
    const message = failureMessage(await readFile(stderrFile, 'utf8'));
    return {
      completed: false,
      reason: `The job ended with ${how}`,
      message: message ?? `${basename(script)} ended with ${how} and wrote no error`,
    };
  }
  await staged?.copyBack(client);
  return { completed: true };
}

/** As on a cluster node: nothing of the user's own environment but where programs and the temporary folder are. */
function stepEnvironment(runtime: JobRuntime): Record<string, string> {
  const passed = ['PATH', 'HOME', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...(Object.fromEntries(passed) as Record<string, string>),
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    PYTHONUNBUFFERED: '1',
    AWS_ENDPOINT_URL: runtime.endpointUrl(),
    AWS_ALLOW_HTTP: 'true',
    AWS_REGION: runtime.region,
    AWS_DEFAULT_REGION: runtime.region,
    AWS_ACCESS_KEY_ID: runtime.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'local',
  };
}

/** @throws Error naming the URI that is missing. */
async function fetchFile(uri: string, directory: string, client: S3Client): Promise<string> {
  const { bucket, key } = parseS3Uri(uri) ?? {};
  if (!bucket || !key) throw new Error(`${uri} is no S3 object; the laptop run fetches script and modules from S3 only`);
  const path = join(directory, basename(key));
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    await writeFile(path, (await Body?.transformToByteArray()) ?? new Uint8Array());
    return path;
  } catch (cause) {
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new Error(`${uri} could not be fetched (${why})`, { cause });
  }
}
