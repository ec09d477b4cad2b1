import * as z from 'zod';
import { emrServerlessService } from '../emr-serverless/emr-serverless-service.ts';
import { emrService } from '../emr/emr-service.ts';
import { jobRuntime, type Engine } from '../emr/job-runtime.ts';
import type { WriteFile } from '../endpoint/s3/object-files.ts';
import { startEndpoint } from '../endpoint/start-endpoint.ts';
import { snsService, type PublishedMail } from '../endpoint/sns-service.ts';
import { lambdaRunner, type LambdaRunner } from '../lambda/runner.ts';
import { redshiftDataService } from '../redshift/redshift-data-service.ts';
import { usageLimitService } from '../redshift/usage-limits.ts';
import { stepFunctionsService, type StepFunctionsService } from '../step-functions/service.ts';
import { callersOf, EMR_KEY, OPERATOR_ROLE_ARN, REGION, SECRET_ACCESS_KEY } from './account.ts';
import type { Deployment } from './deploy-application.ts';
import type { Directories } from './directories.ts';
import type { Opened } from './opened.ts';

const pythonSchema = z.object({ sail: z.string(), spark: z.string().exactOptional() });
/** Waits and retry intervals of the state machine are played so much shorter; the half hours between batches are shorter still. */
const WAIT_SCALE = 0.1;

type ObjectFilesOf = (bucket: string, prefix: string) => Promise<{ readonly key: string; readonly path: string }[]>;

export interface LocalAwsOptions {
  readonly directories: Directories;
  readonly engine: Engine;
  /** Interpreters of the Python environments, by name. */
  readonly pythons: Readonly<Record<string, string>>;
  readonly writeFile?: WriteFile | undefined;
  /** Seconds between the machine's clock and the functions' domain clock. */
  readonly clockOffset: () => number;
  /** Takes the mails of SNS topics. */
  readonly deliverMail: (mail: PublishedMail) => Promise<void>;
}

export interface LocalAws {
  readonly url: string;
  readonly runner: LambdaRunner;
  readonly machines: StepFunctionsService;
}

/** Opens the endpoint with all its services, and the application's buckets and tables on it. */
export async function startLocalAws(deployment: Deployment, options: LocalAwsOptions, opened: Opened): Promise<LocalAws> {
  const { application, bundleOf, secrets } = deployment;
  const { directories, engine } = options;
  // The services and the endpoint need each other: they ask for its address and its objects when they use them.
  const late: { url: string; objectFiles?: ObjectFilesOf } = { url: '' };
  const objectFiles: ObjectFilesOf = (bucket, prefix) => late.objectFiles?.(bucket, prefix) ?? Promise.resolve([]);
  const place = { region: REGION, secretAccessKey: SECRET_ACCESS_KEY };

  const runner = opened.add(
    lambdaRunner({
      ...place,
      get endpointUrl() {
        return late.url;
      },
      functions: application.functions,
      bundleOf,
      logDirectory: directories.logs,
      extraEnvironment: () => ({ CLOCK_OFFSET_SECONDS: String(options.clockOffset()) }),
    }),
  );
  const runtime = jobRuntime({
    python: pythonSchema.parse(options.pythons),
    engine,
    endpointUrl: () => late.url,
    accessKeyId: EMR_KEY,
    objectFiles,
  });
  const emr = emrService({ directory: directories.data, runtime });
  const serverless = emrServerlessService({ directory: directories.data, runtime, applications: application.sparkApplications });
  const workgroups = [{ name: application.outputs['WorkgroupName'] ?? '', database: application.outputs['DatabaseName'] ?? '' }];
  const redshift = await redshiftDataService({
    databaseFile: directories.warehouse,
    workgroups,
    objectFiles,
    superusers: [OPERATOR_ROLE_ARN],
  });
  const machines = stepFunctionsService({
    machines: application.stateMachines,
    directory: directories.executions,
    tasks: {
      ...place,
      get endpointUrl() {
        return late.url;
      },
      lambda: runner,
    },
    waitScale: WAIT_SCALE,
  });
  const endpoint = opened.add(
    await startEndpoint({
      port: 0,
      directory: directories.endpoint,
      services: [secrets, emr, redshift, usageLimitService(), machines],
      queryServices: [
        snsService(
          application.topics.map(({ arn }) => arn),
          options.deliverMail,
        ),
      ],
      restServices: [serverless],
      lambda: { invoke: (name, payload) => runner.invoke(name, payload) },
      callers: callersOf(application),
      ...(options.writeFile ? { writeFile: options.writeFile } : {}),
    }),
  );
  late.url = endpoint.url;
  late.objectFiles = (bucket, prefix) => endpoint.s3.objectFiles(bucket, prefix);
  // Closed before the endpoint: what it stops, it stops through the endpoint.
  opened.add(machines);
  endpoint.s3.createBuckets(application.buckets.map(({ name }) => name));
  await endpoint.dynamo.ensureTables(application.tables.map(({ input }) => input));
  return { url: endpoint.url, runner, machines };
}
