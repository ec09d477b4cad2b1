import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  RedshiftDataClient,
  type DescribeStatementCommandOutput,
} from '@aws-sdk/client-redshift-data';
import { DuckDBInstance } from '@duckdb/node-api';
import { redshiftWarehouse, type TransactionalWarehouse } from '../../common/warehouse.ts';
import { ServiceError, type JsonService } from '../endpoint/service.ts';
import { redshiftDataService, type RedshiftDataOptions } from './redshift-data-service.ts';

export const COPY_ROLE_ARN = 'arn:aws:iam::000000000000:role/copy';
export const BUCKET = 'data-bucket';
const FIRST_WAIT_MILLISECONDS = 25;
const LONGEST_WAIT_MILLISECONDS = 200;
const PLACE = { WorkgroupName: 'hotpost-workgroup', Database: 'hotpost' };

export interface RedshiftFixture {
  readonly directory: string;
  readonly databaseFile: string;
  /** A client whose caller is this role. */
  client(role?: string): RedshiftDataClient;
  readonly warehouse: TransactionalWarehouse;
  /** Submits one statement, waits, describes. */
  execute(sql: string): Promise<DescribeStatementCommandOutput>;
  /** Submits a batch, waits, describes. */
  batch(...sqls: string[]): Promise<DescribeStatementCommandOutput>;
  /** Writes the rows of a DuckDB query as a Parquet object; answers its key. */
  putParquet(key: string, query: string): Promise<string>;
  /** Writes an object of gzipped text. */
  putGzip(key: string, text: string): Promise<void>;
  objectKeys(prefix: string): Promise<string[]>;
  removeObjects(prefix: string): Promise<void>;
  /** Closes and opens the warehouse; `between` may put another file in its place. */
  restart(between?: () => Promise<void>): Promise<void>;
  remove(): Promise<void>;
}

/** The stand-in behind a small HTTP server, for unmodified SDK clients. */
export async function redshiftFixture(options: Partial<RedshiftDataOptions> = {}): Promise<RedshiftFixture> {
  const directory = await mkdtemp(join(tmpdir(), 'hotpost-redshift-'));
  const databaseFile = join(directory, 'warehouse', 'hotpost.duckdb');
  const objects = join(directory, 'objects');
  const open = () =>
    redshiftDataService({
      databaseFile,
      workgroups: [{ name: PLACE.WorkgroupName, database: PLACE.Database }],
      copyRoleArns: [COPY_ROLE_ARN],
      objectFiles: async (bucket, prefix) => (await keysBelow(bucket, prefix)).map((key) => ({ key, path: join(objects, bucket, key) })),
      delayMilliseconds: 1,
      superusers: [roleArnOf('state-machine')],
      ...options,
    });
  const keysBelow = async (bucket: string, prefix: string) => {
    // Only what lies below the prefix's folder: with hundreds of batches, reading all of the bucket takes longer than the COPY.
    const folder = join(objects, bucket, prefix.slice(0, prefix.lastIndexOf('/') + 1));
    const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const keys = names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(objects, bucket).length + 1));
    return keys.filter((key) => key.startsWith(prefix)).toSorted();
  };

  let service = await open();
  const server = await serve(() => service);
  const writer = await DuckDBInstance.create(':memory:');
  const clients = new Map<string, RedshiftDataClient>();
  const client = (role = 'state-machine') => {
    const known = clients.get(role) ?? newClient(server.url, role);
    clients.set(role, known);
    return known;
  };
  const finish = async (id: string | undefined) => {
    // Each answer repeats every statement of a batch, which costs more than the wait: seldom when many wait for their turn.
    for (let wait = FIRST_WAIT_MILLISECONDS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MILLISECONDS)) {
      const statement = await client().send(new DescribeStatementCommand({ Id: id }));
      if (/FINISHED|FAILED|ABORTED/.test(statement.Status ?? '')) return statement;
      await sleep(wait);
    }
  };

  return {
    directory,
    databaseFile,
    client,
    warehouse: redshiftWarehouse({ workgroupName: PLACE.WorkgroupName, databaseName: PLACE.Database, secretArn: '' }, client()),
    execute: async (sql) => finish((await client().send(new ExecuteStatementCommand({ ...PLACE, Sql: sql }))).Id),
    batch: async (...sqls) => finish((await client().send(new BatchExecuteStatementCommand({ ...PLACE, Sqls: sqls }))).Id),
    async putParquet(key, query) {
      const path = join(objects, BUCKET, key);
      await mkdir(dirname(path), { recursive: true });
      const connection = await writer.connect();
      await connection.run(`copy (${query}) to '${path}' (format parquet)`);
      connection.closeSync();
      return key;
    },
    async putGzip(key, text) {
      const path = join(objects, BUCKET, key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, gzipSync(text));
    },
    objectKeys: (prefix) => keysBelow(BUCKET, prefix),
    removeObjects: (prefix) => rm(join(objects, BUCKET, prefix), { recursive: true, force: true }),
    async restart(between) {
      await service.close();
      await between?.();
      service = await open();
    },
    async remove() {
      for (const one of clients.values()) one.destroy();
      await server.close();
      await service.close();
      writer.closeSync();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function roleArnOf(role: string): string {
  return `arn:aws:iam::000000000000:role/${role}`;
}

function newClient(url: string, role: string): RedshiftDataClient {
  const credentials = { accessKeyId: role, secretAccessKey: 'unchecked' };
  return new RedshiftDataClient({ endpoint: url, region: 'ap-northeast-2', credentials, maxAttempts: 1 });
}

/** Dispatches `RedshiftData.<Operation>`; the access key is the role's name. */
async function serve(service: () => JsonService): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const role = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    json(request)
      .then((body) =>
        service().handle(operation, body as Record<string, unknown>, {
          accessKeyId: role,
          roleArn: roleArnOf(role),
        }),
      )
      .then(
        (answer) => response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer)),
        (error: unknown) => {
          const [code, message] = error instanceof ServiceError ? [error.code, error.message] : ['InternalFailure', String(error)];
          response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ __type: code, message }));
        },
      );
  });
  // As the endpoint: an idle connection that is closed just as a client reuses it shows as ECONNRESET.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
