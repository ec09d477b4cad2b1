import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { instantOf } from '../../common/contracts/batch.ts';
import { createWorld, type CommunityWorld } from '../community/community-world.ts';
import { serveCommunity, type Community } from '../community/serve-community.ts';
import type { Faults } from '../community/faults.ts';
import { readArrivals } from '../community/world/arrivals.ts';
import { emrService } from '../emr/emr-service.ts';
import { secretsService } from '../endpoint/secrets-service.ts';
import type { WriteFile } from '../endpoint/s3/object-files.ts';
import { startEndpoint, type Endpoint } from '../endpoint/start-endpoint.ts';
import { bundleFunctions } from '../lambda/bundle.ts';
import { lambdaRunner, type LambdaRunner } from '../lambda/runner.ts';
import { redshiftDataService } from '../redshift/redshift-data-service.ts';
import { slackSink, type SlackSink } from '../slack/slack-sink.ts';
import { stepFunctionsService, type StepFunctionsService } from '../step-functions/service.ts';
import type { DeployedApplication, DeployedFunction } from '../template/application.ts';
import { resolveApplication } from '../template/resolve-application.ts';
import { createCustomResources } from './custom-resources.ts';
import { repository, type Directories } from './directories.ts';
import { localSecrets } from './local-secrets.ts';
import { localParameters } from './local-parameters.ts';
import { FIRST_BATCH } from './timeline.ts';
import { UserError } from './user-error.ts';

export interface LaptopOptions {
  readonly directories: Directories;
  /** bobaedream is served here, clien on the next one. 0: any free ports. */
  readonly port: number;
  readonly engine: 'sail' | 'spark';
  /** Interpreters of the Python environments, by name. */
  readonly pythons: Readonly<Record<string, string>>;
  /** The root template; a test gives a changed copy. */
  readonly rootTemplate?: string;
  /** Faults that the communities show; none by default. */
  readonly faults?: Faults;
  /** How S3 puts bytes on the disk; a test fills it. */
  readonly writeFile?: WriteFile;
}

/** Everything that runs on the laptop, up and deployed. */
export interface Laptop {
  readonly application: DeployedApplication;
  readonly runner: LambdaRunner;
  readonly community: Community;
  readonly world: CommunityWorld;
  readonly sink: SlackSink;
  readonly stepFunctions: SFNClient;
  readonly machines: StepFunctionsService;
  readonly s3: S3Client;
  readonly redshift: RedshiftDataClient;
  functionNamed(logicalId: string): DeployedFunction;
  /** Moves the community and the functions' domain clock to an instant; both go on from there, the community standing still. */
  setTime(instant: Temporal.Instant): void;
  close(): Promise<void>;
}

const ACCOUNT = '000000000000';
const REGION = 'ap-northeast-2';
const OPERATOR_KEY = 'LOCALKEYOPERATOR';
const EMR_KEY = 'LOCALKEYEMRINSTANCE';
/** Real waits of the state machine are played this much shorter; half an hour is shorter still here. */
const WAIT_SCALE = 0.1;

/** @throws UserError or an Error of one sentence when something cannot start; what had started is closed again. */
export async function startLaptop(options: LaptopOptions): Promise<Laptop> {
  const opened: { close(): unknown }[] = [];
  const close = async () => {
    for (const part of opened.splice(0).reverse()) await part.close();
  };
  try {
    return { ...(await openLaptop(options, opened)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openLaptop(options: LaptopOptions, opened: { close(): unknown }[]): Promise<Omit<Laptop, 'close'>> {
  const { directories } = options;
  const opening = <T extends { close(): unknown }>(part: T): T => {
    opened.push(part);
    return part;
  };
  const world = createWorld({
    seed: 'hotpost',
    epoch: instantOf(FIRST_BATCH).subtract({ minutes: 30 }),
    arrivals: readArrivals(join(repository, 'data/comment-arrivals/kona-fire.ndjson.gz')),
  });
  const community = opening(
    await serveCommunity({
      world,
      bobaedreamPort: options.port,
      clienPort: options.port === 0 ? 0 : options.port + 1,
      ...(options.faults ? { faults: options.faults } : {}),
      log: (entry) => appendFileSync(directories.communityLog, `${JSON.stringify(entry)}\n`),
    }),
  );
  const sink = opening(await slackSink({ port: 0, host: '127.0.0.1', file: directories.messages }));
  const secretStore = secretsService({ file: directories.secrets, region: REGION, accountId: ACCOUNT });
  const secrets = await localSecrets(secretStore, sink.url('T000/B000/laptop'));
  const application = resolveApplication({
    rootTemplate: options.rootTemplate ?? join(repository, 'template.yaml'),
    parameters: localParameters({
      bobaedreamUrl: community.bobaedreamUrl,
      clienUrl: community.clienUrl,
      slackOrigin: new URL(sink.url('')).origin,
    }),
    stackName: 'de3-team-project',
    region: REGION,
    accountId: ACCOUNT,
    secretValue: secrets.value,
    generatedSecret: secrets.generated,
  });
  await secrets.register(application.secrets);
  const bundleOf = await bundleFunctions({
    functions: application.functions,
    outDirectory: directories.bundles,
    projectDirectory: repository,
  });

  let endpoint: Endpoint | undefined;
  const endpointUrl = () => endpoint?.url ?? '';
  let offsetSeconds = 0;
  const runner = opening(
    lambdaRunner({
      functions: application.functions,
      bundleOf,
      get endpointUrl() {
        return endpointUrl();
      },
      region: REGION,
      secretAccessKey: 'local',
      logDirectory: directories.logs,
      extraEnvironment: () => ({ CLOCK_OFFSET_SECONDS: String(offsetSeconds) }),
    }),
  );
  const objectFiles = (bucket: string, prefix: string) => endpoint?.s3.objectFiles(bucket, prefix) ?? Promise.resolve([]);
  const python = z.object({ sail: z.string(), spark: z.string().optional() }).parse(options.pythons);
  const emr = emrService({
    directory: directories.data,
    python: { sail: python.sail, ...(python.spark ? { spark: python.spark } : {}) },
    engine: options.engine,
    endpointUrl,
    accessKeyId: EMR_KEY,
    objectFiles,
  });
  const workgroup = { name: application.outputs['WorkgroupName'] ?? '', database: 'hotpost' };
  const redshift = await redshiftDataService({ databaseFile: directories.warehouse, workgroups: [workgroup], objectFiles });
  const machines = stepFunctionsService({
    machines: application.stateMachines,
    directory: directories.executions,
    tasks: {
      lambda: runner,
      region: REGION,
      secretAccessKey: 'local',
      get endpointUrl() {
        return endpointUrl();
      },
    },
    waitScale: WAIT_SCALE,
  });
  endpoint = opening(
    await startEndpoint({
      port: 0,
      directory: directories.endpoint,
      services: [secretStore, emr, redshift, machines],
      lambda: { invoke: (name, payload) => runner.invoke(name, payload) },
      ...(options.writeFile ? { writeFile: options.writeFile } : {}),
      callers: callersOf(application),
    }),
  );
  await endpoint.s3.createBuckets(application.buckets.map(({ name }) => name));
  await endpoint.dynamo.ensureTables(application.tables.map(({ input }) => input));
  await createCustomResources(application.customResources, runner);

  const client = { endpoint: endpoint.url, region: REGION, credentials: { accessKeyId: OPERATOR_KEY, secretAccessKey: 'local' } };
  return {
    application,
    runner,
    community,
    world,
    sink,
    machines,
    stepFunctions: opening(closing(new SFNClient(client))),
    s3: opening(closing(new S3Client({ ...client, forcePathStyle: true }))),
    redshift: opening(closing(new RedshiftDataClient(client))),
    functionNamed: (logicalId) => functionNamed(application, logicalId),
    setTime(instant) {
      community.setTime(instant);
      offsetSeconds = Math.ceil((instant.epochMilliseconds - Date.now()) / 1000);
    },
  };
}

function functionNamed(application: DeployedApplication, logicalId: string): DeployedFunction {
  const found = application.functions.find((deployed) => deployed.logicalId === logicalId);
  if (found) return found;
  const names = application.functions.map((deployed) => deployed.logicalId);
  throw new UserError(`There is no function "${logicalId}". The templates declare ${names.join(', ')}.`);
}

/** Every role's own key, so that the endpoint can ask who calls. */
function callersOf(application: DeployedApplication): (accessKeyId: string) => string | undefined {
  const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const known = new Map([
    [OPERATOR_KEY, role('operator')],
    [EMR_KEY, role('emr-instance')],
    ...[...application.functions, ...application.stateMachines].map(({ accessKeyId, roleArn }) => [accessKeyId, roleArn] as const),
  ]);
  return (accessKeyId) => known.get(accessKeyId);
}

/** SDK clients end by `destroy`. */
function closing<T extends { destroy(): void }>(client: T): T & { close(): void } {
  return Object.assign(client, { close: () => client.destroy() });
}
