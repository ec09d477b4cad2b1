import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEndpoint, type Endpoint, type EndpointOptions } from './start-endpoint.ts';

export const KNOWN_KEY = 'LKIAEXTRACTFUNCTION';
export const ROLE_ARN = 'arn:aws:iam::000000000000:role/extract';

export const CREDENTIALS = {
  region: 'ap-northeast-2',
  credentials: { accessKeyId: KNOWN_KEY, secretAccessKey: 'unchecked' },
  maxAttempts: 1,
};

export const TABLE = {
  TableName: 'crawl-state',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'site', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    { IndexName: 'by-site', KeySchema: [{ AttributeName: 'site', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
  ],
} satisfies CreateTableCommandInput;

/** What every SDK client of a test needs to reach the endpoint. */
export function clientOf({ url }: Endpoint, accessKeyId = KNOWN_KEY) {
  return { ...CREDENTIALS, endpoint: url, credentials: { accessKeyId, secretAccessKey: 'unchecked' } };
}

export interface EndpointFixture {
  readonly directory: string;
  start(options?: Partial<EndpointOptions>): Promise<Endpoint>;
  /** Closes what was started and starts again on the same directory. */
  restart(options?: Partial<EndpointOptions>): Promise<Endpoint>;
  remove(): Promise<void>;
}

/** Endpoints on free ports over one temporary directory. */
export async function endpointFixture(): Promise<EndpointFixture> {
  const directory = await mkdtemp(join(tmpdir(), 'hotpost-endpoint-'));
  let running: Endpoint | undefined;
  const fixture: EndpointFixture = {
    directory,
    async start(options = {}) {
      const callers = (key: string) => (key === KNOWN_KEY ? ROLE_ARN : undefined);
      running = await startEndpoint({ port: 0, directory, services: [], callers, ...options });
      return running;
    },
    async restart(options) {
      await running?.close();
      return fixture.start(options);
    },
    async remove() {
      await running?.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return fixture;
}
