import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddJobFlowStepsCommand,
  DescribeClusterCommand,
  DescribeStepCommand,
  EMRClient,
  RunJobFlowCommand,
  waitUntilStepComplete,
  type RunJobFlowCommandInput,
  type StepConfig,
} from '@aws-sdk/client-emr';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { zipSync } from 'fflate';
import { CREDENTIALS } from '../endpoint/endpoint-fixture.ts';
import type { Endpoint } from '../endpoint/start-endpoint.ts';
import { ASSETS, CLUSTER, startEmrEndpoint, type EmrFixtureOptions } from './emr-fixture.ts';

const SCRIPTS = {
  'greet.py': `
import os, sys, hotpost_job
print(sys.argv[1:], hotpost_job.NAME, os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_ENDPOINT_URL"], os.environ.get("SECRET_OF_USER"))
`,
  'fail.py': 'raise ValueError("batch 20261120T000000Z holds no post")',
  'exit.py': 'raise SystemExit(3)',
  'sleep.py': 'import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(60)',
  'folders.py': `
import os, sys
data, pointer = sys.argv[1:3]
model = os.path.join(os.path.dirname(pointer), open(pointer).read())
with open(os.path.join(data, "raw/one.txt")) as file:
    text = file.read()
os.remove(os.path.join(data, "processed/old.txt"))
os.makedirs(os.path.join(data, "processed/post"))
with open(os.path.join(data, "processed/post/new.txt"), "w") as file:
    file.write(text.upper() + open(model).read())
open(os.path.join(data, "processed/post/.new.txt.crc"), "w").close()
`,
};

/** What a test of EMR does through real clients, over one temporary directory. */
export class EmrSession {
  readonly directory: string;
  endpoint!: Endpoint;
  emr!: EMRClient;
  s3!: S3Client;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** An endpoint with EMR whose assets bucket holds the test scripts. */
  static async open(): Promise<EmrSession> {
    const session = new EmrSession(await mkdtemp(join(tmpdir(), 'hotpost-emr-')));
    await session.start();
    for (const [name, body] of Object.entries(SCRIPTS)) await session.put(ASSETS, `code/${name}`, body);
    await session.put(ASSETS, 'code/job.zip', zipSync({ 'hotpost_job/__init__.py': Buffer.from('NAME = "job from the zip"') }));
    return session;
  }

  async start(options: EmrFixtureOptions = {}): Promise<void> {
    this.endpoint = await startEmrEndpoint(this.directory, options);
    this.connect(this.endpoint.url);
  }

  connect(url: string): void {
    this.emr = new EMRClient({ ...CREDENTIALS, endpoint: url });
    this.s3 = new S3Client({ ...CREDENTIALS, endpoint: url });
  }

  async restart(options: EmrFixtureOptions = {}): Promise<void> {
    await this.endpoint.close();
    await this.start(options);
  }

  async remove(): Promise<void> {
    await this.endpoint.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  async put(bucket: string, key: string, body: string | Uint8Array): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }

  async runCluster(more: Partial<RunJobFlowCommandInput> = {}): Promise<string> {
    return (await this.emr.send(new RunJobFlowCommand({ ...CLUSTER, ...more }))).JobFlowId ?? '';
  }

  async addStep(cluster: string, step: StepConfig): Promise<string> {
    return (await this.emr.send(new AddJobFlowStepsCommand({ JobFlowId: cluster, Steps: [step] }))).StepIds?.[0] ?? '';
  }

  async step(cluster: string, step: string) {
    return (await this.emr.send(new DescribeStepCommand({ ClusterId: cluster, StepId: step }))).Step?.Status;
  }

  async endedStep(cluster: string, step: string) {
    return until(
      () => this.step(cluster, step),
      (status) => status?.State !== 'PENDING' && status?.State !== 'RUNNING',
    );
  }

  /** Waits as an SDK client would; rejects when the step does not complete. */
  async completedStep(cluster: string, step: string) {
    const waiting = waitUntilStepComplete(
      { client: this.emr, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
      { ClusterId: cluster, StepId: step },
    );
    await waiting;
    return this.step(cluster, step);
  }

  async clusterState(cluster: string) {
    return (await this.emr.send(new DescribeClusterCommand({ ClusterId: cluster }))).Cluster?.Status?.State;
  }

  clusterIs(cluster: string, state: string): Promise<unknown> {
    return until(
      () => this.clusterState(cluster),
      (found) => found === state,
    );
  }

  stdout(cluster: string, step: string): Promise<string> {
    return readFile(join(this.directory, 'emr', cluster, 'steps', step, 'stdout.txt'), 'utf8');
  }

  /** The process that sleep.py prints once it runs. */
  async processOf(cluster: string, step: string): Promise<number> {
    const text = await until(
      () => this.stdout(cluster, step).catch(() => ''),
      (found) => found.endsWith('\n'),
    );
    return Number(text);
  }
}

export function processEnds(pid: number): Promise<unknown> {
  return until(
    () => Promise.resolve(isAlive(pid)),
    (alive) => !alive,
  );
}

/** Polls until the value satisfies; the test's own time-out bounds it. */
export async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
