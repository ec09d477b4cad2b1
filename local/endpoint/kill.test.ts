import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CREDENTIALS, TABLE } from './endpoint-fixture.ts';
import { startHost } from './host-process.ts';
import { startEndpoint, type Endpoint } from './start-endpoint.ts';

const Bucket = 'data-bucket';
const KEYS = ['raw/a', 'raw/b'];
const HOST = join(import.meta.dirname, 'killable-host.ts');

let directory: string;
let endpoint: Endpoint | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotpost-kill-'));
});
afterEach(async () => {
  await endpoint?.close();
  await rm(directory, { recursive: true, force: true });
});

const openHere = async () => {
  endpoint = await startEndpoint({ port: 0, directory, services: [], callers: () => 'role' });
  return endpoint;
};
const closeHere = async () => {
  await endpoint?.close();
  endpoint = undefined;
};

it.each([1, 2, 3, 4])('keeps every object whole when the process is killed in the middle of file %d', async (dieAt) => {
  const { url, s3: local } = await openHere();
  local.createBuckets([Bucket]);
  const before = new S3Client({ ...CREDENTIALS, endpoint: url });
  for (const Key of KEYS) await before.send(new PutObjectCommand({ Bucket, Key, Body: `old ${Key}` }));
  await closeHere();

  const host = await startHost(HOST, directory, String(dieAt));
  const remote = new S3Client({ ...CREDENTIALS, endpoint: host.url });
  const acknowledged = new Set<string>();
  for (const Key of KEYS) {
    const written = remote.send(new PutObjectCommand({ Bucket, Key, Body: `new and longer ${Key}` }));
    await written.then(() => acknowledged.add(Key)).catch(() => undefined);
  }
  await host.kill();

  const after = new S3Client({ ...CREDENTIALS, endpoint: (await openHere()).url });
  for (const Key of KEYS) {
    const { Body } = await after.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe(acknowledged.has(Key) ? `new and longer ${Key}` : `old ${Key}`);
  }
  expect(acknowledged.size).toBe(dieAt > 2 ? 1 : 0);
});

it('keeps every acknowledged item', async () => {
  await (await openHere()).dynamo.ensureTables([TABLE]);
  await closeHere();
  const host = await startHost(HOST, directory);
  const remote = new DynamoDBClient({ ...CREDENTIALS, endpoint: host.url });
  const acknowledged: string[] = [];
  const write = async (writer: number) => {
    for (let item = 0; ; item++) {
      const id = `${writer}-${item}`;
      await remote.send(new PutItemCommand({ TableName: TABLE.TableName, Item: { id: { S: id }, site: { S: 'clien' } } }));
      acknowledged.push(id);
    }
  };
  const writers = Promise.allSettled([1, 2, 3, 4].map(write));
  await new Promise((resolve) => setTimeout(resolve, 500));
  await host.kill();
  await writers;

  const here = new DynamoDBClient({ ...CREDENTIALS, endpoint: (await openHere()).url });
  expect(acknowledged.length).toBeGreaterThan(10);
  for (const id of acknowledged) {
    const { Item } = await here.send(new GetItemCommand({ TableName: TABLE.TableName, Key: { id: { S: id } }, ConsistentRead: true }));
    expect(Item?.['id']?.S).toBe(id);
  }
});
