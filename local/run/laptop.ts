import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EMRClient } from '@aws-sdk/client-emr';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Temporal } from 'temporal-polyfill';
import { instantOf } from '../../common/contracts/batch.ts';
import type { TransformEngine } from '../../common/contracts/settings.ts';
import { createWorld, type CommunityWorld } from '../community/community-world.ts';
import type { Faults } from '../community/faults.ts';
import { serveCommunity, type Community } from '../community/serve-community.ts';
import { readArrivals } from '../community/world/arrivals.ts';
import type { Engine } from '../emr/job-runtime.ts';
import type { WriteFile } from '../endpoint/s3/object-files.ts';
import type { LambdaRunner } from '../lambda/runner.ts';
import { slackSink, type SlackSink } from '../slack/slack-sink.ts';
import type { StepFunctionsService } from '../step-functions/service.ts';
import type { DeployedApplication, DeployedFunction } from '../template/application.ts';
import { OPERATOR_KEY, REGION, SECRET_ACCESS_KEY } from './account.ts';
import { createCustomResources } from './custom-resources.ts';
import { deployApplication } from './deploy-application.ts';
import { repository, type Directories } from './directories.ts';
import { startLocalAws } from './local-aws.ts';
import { liveParameters, realSites, type LiveSite } from './live-site.ts';
import { Opened } from './opened.ts';
import { simulatedAddresses } from './simulated-addresses.ts';
import { FIRST_BATCH } from './timeline.ts';
import { UserError } from './user-error.ts';

export interface LaptopOptions {
  readonly directories: Directories;
  /** The first of the communities' ports, see CommunityOptions. 0: any free ones. */
  readonly port: number;
  readonly engine: Engine;
  /** Interpreters of the Python environments, by name. */
  readonly pythons: Readonly<Record<string, string>>;
  /** The template's TransformEngine. */
  readonly transformEngine?: TransformEngine;
  /** `.aws-sam/build` after a `sam build`: its artefacts run instead of bundles made now. */
  readonly artefacts?: string;
  /** The root template; a test gives a changed copy. */
  readonly rootTemplate?: string;
  /** Reads this site instead of the simulated communities. */
  readonly live?: LiveSite;
  /** Faults that the communities show; none by default. */
  readonly faults?: Faults;
  /** Share of the posts that grow long threads; see WorldOptions. */
  readonly longThreads?: number;
  /** How S3 puts bytes on the disk; a test fills it. */
  readonly writeFile?: WriteFile;
}

/** Where the sink's webhooks lie, before their names. */
export const WEBHOOK_PATH = 'T000/B000';

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
  readonly dynamo: DynamoDBClient;
  readonly emr: EMRClient;
  functionNamed(logicalId: string): DeployedFunction;
  /** Moves the community and the functions' domain clock to an instant; both go on from there, the community standing still. */
  setTime(instant: Temporal.Instant): void;
  close(): Promise<void>;
}

/** @throws UserError or an Error of one sentence when something cannot start; what had started is closed again. */
export async function startLaptop(options: LaptopOptions): Promise<Laptop> {
  const opened = new Opened();
  const close = () => opened.close();
  try {
    return { ...(await openLaptop(options, opened)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openLaptop(options: LaptopOptions, opened: Opened): Promise<Omit<Laptop, 'close'>> {
  const { directories } = options;
  const world = createWorld({
    seed: 'hotpost',
    epoch: instantOf(FIRST_BATCH).subtract({ minutes: 30 }),
    arrivals: readArrivals(join(repository, 'data/comment-arrivals/kona-fire.ndjson.gz')),
    ...(options.longThreads === undefined ? {} : { longThreads: options.longThreads }),
  });
  const community = opened.add(options.live ? realSites() : await openCommunity(world, options));
  const sink = opened.add(await slackSink({ port: 0, host: '127.0.0.1', file: directories.messages }));
  const deployment = await deployApplication({
    directories,
    rootTemplate: options.rootTemplate,
    artefacts: options.artefacts,
    siteBaseUrls: options.live ? community.urls : simulatedAddresses(community.urls),
    parameters: {
      TransformEngine: options.transformEngine ?? 'emr-step',
      ...(options.live ? liveParameters(options.live) : {}),
    },
    slackOrigin: new URL(sink.url('')).origin,
    webhookUrl: (name) => sink.url(`${WEBHOOK_PATH}/${name}`),
  });
  const { application } = deployment;
  let offsetSeconds = 0;
  const aws = await startLocalAws(
    deployment,
    {
      ...options,
      writeFile: options.writeFile,
      clockOffset: () => offsetSeconds,
      deliverMail: ({ topicArn, subject, message }) => sink.deliverMail(topicArn, `${subject}\n\n${message}`),
    },
    opened,
  );
  await createCustomResources(application.customResources, aws.runner);

  return {
    ...operatorClients(aws.url, opened),
    application,
    runner: aws.runner,
    machines: aws.machines,
    community,
    world,
    sink,
    functionNamed: (logicalId) => functionNamed(application, logicalId),
    setTime(instant) {
      community.setTime(instant);
      offsetSeconds = Math.ceil((instant.epochMilliseconds - Date.now()) / 1000);
    },
  };
}

function openCommunity(world: CommunityWorld, { directories, port, faults }: LaptopOptions): Promise<Community> {
  return serveCommunity({
    world,
    firstPort: port,
    ...(faults ? { faults } : {}),
    log: (entry) => {
      appendFileSync(directories.communityLog, `${JSON.stringify(entry)}\n`);
    },
  });
}

function operatorClients(endpoint: string, opened: Opened): Pick<Laptop, 'stepFunctions' | 's3' | 'redshift' | 'dynamo' | 'emr'> {
  const client = { endpoint, region: REGION, credentials: { accessKeyId: OPERATOR_KEY, secretAccessKey: SECRET_ACCESS_KEY } };
  const stepFunctions = new SFNClient(client);
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const redshift = new RedshiftDataClient(client);
  const dynamo = new DynamoDBClient(client);
  const emr = new EMRClient(client);
  for (const each of [stepFunctions, s3, redshift, dynamo, emr]) opened.add({ close: () => each.destroy() });
  return { stepFunctions, s3, redshift, dynamo, emr };
}

function functionNamed(application: DeployedApplication, logicalId: string): DeployedFunction {
  const found = application.functions.find((deployed) => deployed.logicalId === logicalId);
  if (found) return found;
  const names = application.functions.map((deployed) => deployed.logicalId);
  throw new UserError(`There is no function "${logicalId}". The templates declare ${names.join(', ')}.`);
}
