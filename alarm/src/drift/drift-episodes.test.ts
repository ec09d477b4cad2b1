import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { dynamoEpisodes, type DriftEpisodes } from './drift-episodes.ts';
import { memoryEpisodes } from './memory-episodes.ts';

// dynalite ships no types.
const dynalite = createRequire(import.meta.url)('dynalite') as (options: { createTableMs: number }) => Server;
const server = dynalite({ createTableMs: 0 });
let client: DynamoDBClient;

beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'invented', secretAccessKey: 'invented' };
  client = new DynamoDBClient({ endpoint: `http://127.0.0.1:${port}`, region: 'ap-northeast-2', credentials });
});

afterAll(async () => {
  client.destroy();
  await new Promise((resolve) => void server.close(resolve));
});

async function onDynamo(): Promise<DriftEpisodes> {
  const TableName = 'alert-state';
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.05 }, { TableName });
  return dynamoEpisodes(TableName, client);
}

it.each([
  ['DynamoDB', onDynamo],
  ['memory', () => Promise.resolve(memoryEpisodes())],
])('keeps the last word on each site in %s', async (_where, open) => {
  const episodes = await open();
  const episode = { seen: '20261120T053000Z', since: '20261120T050000Z', told: '' };

  expect(await episodes.read('clien')).toBeUndefined();
  await episodes.write('clien', { ...episode, since: '' });
  await episodes.write('clien', episode);

  expect([await episodes.read('clien'), await episodes.read('bobaedream')]).toEqual([episode, undefined]);
});
