import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emrServerlessService } from '../emr-serverless/emr-serverless-service.ts';
import { emrService, type EmrOptions } from './emr-service.ts';
import { jobRuntime, type JobRuntimeOptions } from './job-runtime.ts';
import { startEndpoint, type Endpoint } from '../endpoint/start-endpoint.ts';

/** Stands in for run_sail.py: no engine, but the same promise to end when its parent does. */
const LAUNCHER = `
import os, runpy, sys, threading
def end_with_parent():
    while os.read(0, 1):  # not sys.stdin: its lock, held at exit, aborts the interpreter
        pass
    os._exit(70)
if os.environ.get("HOTPOST_PARENT_PIPE") == "1":
    threading.Thread(target=end_with_parent, daemon=True).start()
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
`;

const CLUSTER_KEY = 'LKIAEMRINSTANCEROLE';
export const ASSETS = 'assets-bucket';
export const APPLICATION = { id: '00f1a2b3c4d5e6f7', releaseLabel: 'emr-7.13.0' };

export type EmrFixtureOptions = Partial<JobRuntimeOptions & Omit<EmrOptions, 'runtime'>>;

/** An endpoint with EMR whose jobs run on the system's Python, without an engine. */
export async function startEmrEndpoint(directory: string, options: EmrFixtureOptions = {}): Promise<Endpoint> {
  const launcher = join(directory, 'launcher.py');
  writeFileSync(launcher, LAUNCHER);
  const runtime = jobRuntime({
    python: { sail: 'python3', spark: 'python3' },
    engine: 'sail',
    endpointUrl: () => endpoint.url,
    accessKeyId: CLUSTER_KEY,
    objectFiles: (bucket, prefix) => endpoint.s3.objectFiles(bucket, prefix),
    launchers: { sail: launcher, spark: launcher },
    ...options,
  });
  const emr = emrService({ directory, runtime, warmUpMilliseconds: 20, ...options });
  const serverless = emrServerlessService({ directory, runtime, applications: [APPLICATION], startMilliseconds: 20 });
  const endpoint = await startEndpoint({
    port: 0,
    directory,
    services: [emr],
    restServices: [serverless],
    callers: (key) => `arn:aws:iam::000000000000:role/${key}`,
  });
  endpoint.s3.createBuckets([ASSETS]);
  return endpoint;
}

/** The step that the state machine adds, for a script of the assets bucket. */
export function sparkStep(script: string, ...jobArguments: string[]) {
  const submit = ['spark-submit', '--deploy-mode', 'cluster', '--conf', 'spark.hadoop.fs.s3.maxConnections=500'];
  const Args = [...submit, '--py-files', `s3://${ASSETS}/code/job.zip`, `s3://${ASSETS}/code/${script}`, ...jobArguments];
  return { Name: 'hotpost', ActionOnFailure: 'CONTINUE' as const, HadoopJarStep: { Jar: 'command-runner.jar', Args } };
}

export const CLUSTER = {
  Name: 'hotpost',
  ReleaseLabel: 'emr-7.13.0',
  Applications: [{ Name: 'Spark' }],
  Instances: { KeepJobFlowAliveWhenNoSteps: true, MasterInstanceType: 'm6g.xlarge', InstanceCount: 1 },
  JobFlowRole: 'instance-profile',
  ServiceRole: 'service-role',
};
