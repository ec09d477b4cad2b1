import {
  BatchWriteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDynamo } from './dynamo-service.ts';
import { clientOf, endpointFixture, ROLE_ARN, TABLE, type EndpointFixture } from './endpoint-fixture.ts';
import type { Endpoint } from './start-endpoint.ts';

const { TableName } = TABLE;
const caller = { accessKeyId: 'any', roleArn: ROLE_ARN };
let fixture: EndpointFixture;
let endpoint: Endpoint;
let dynamo: DynamoDBClient;

const open = (started: Endpoint) => {
  endpoint = started;
  dynamo = new DynamoDBClient(clientOf(endpoint));
};
beforeEach(async () => {
  fixture = await endpointFixture();
  open(await fixture.start());
  await endpoint.dynamo.ensureTables([TABLE]);
});
afterEach(() => fixture.remove());

const put = (id: string, more: Partial<ConstructorParameters<typeof PutItemCommand>[0]> = {}) =>
  dynamo.send(new PutItemCommand({ TableName, Item: { id: { S: id }, site: { S: 'clien' } }, ...more }));
const status = async () => (await dynamo.send(new DescribeTableCommand({ TableName }))).Table;

it('creates tables once, ready for use', async () => {
  await put('kept');
  await endpoint.dynamo.ensureTables([TABLE]);

  expect(await status()).toMatchObject({
    TableStatus: 'ACTIVE',
    GlobalSecondaryIndexes: [{ IndexName: 'by-site', IndexStatus: 'ACTIVE' }],
  });
  const { Items } = await dynamo.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-site',
      KeyConditionExpression: 'site = :site',
      ExpressionAttributeValues: { ':site': { S: 'clien' } },
    }),
  );
  expect(Items?.map(({ id }) => id?.S)).toEqual(['kept']);
});

it('refuses a table whose key changed', async () => {
  const other = { ...TABLE, KeySchema: [{ AttributeName: 'site', KeyType: 'HASH' as const }] };

  await expect(endpoint.dynamo.ensureTables([other])).rejects.toThrow('The local table crawl-state has another key than the template');
});

it('lets one of many simultaneous claims win', async () => {
  const claims = Array.from({ length: 20 }, () => put('claim', { ConditionExpression: 'attribute_not_exists(id)' }));

  const outcomes = await Promise.allSettled(claims);

  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as Error).name] : []));
  expect(refused).toEqual(Array(19).fill('ConditionalCheckFailedException'));
});

it('updates under a condition and keeps the items across a restart', async () => {
  const Key = { id: { S: 'host' } };
  const takeSlot = () =>
    dynamo.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET slots = if_not_exists(slots, :zero) + :one',
        ConditionExpression: 'attribute_not_exists(slots) OR slots < :two',
        ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' }, ':two': { N: '2' } },
      }),
    );
  await takeSlot();
  await takeSlot();
  await expect(takeSlot()).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  const requests = Array.from({ length: 25 }, (_, index) => ({ PutRequest: { Item: { id: { S: `item-${index}` } } } }));
  await dynamo.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));

  open(await fixture.restart());
  await endpoint.dynamo.ensureTables([TABLE]);

  expect((await dynamo.send(new GetItemCommand({ TableName, Key }))).Item?.['slots']).toEqual({ N: '2' });
  expect((await dynamo.send(new GetItemCommand({ TableName, Key: { id: { S: 'item-24' } } }))).Item).toBeDefined();
});

it('activates a table that a killed process left CREATING', async () => {
  await endpoint.close();
  const store = await startDynamo(join(fixture.directory, 'dynamodb'));
  // Closed before dynalite's timer fires, as a kill would.
  await store.handle('CreateTable', { ...TABLE, TableName: 'half-made' }, caller);
  await store.close();

  open(await fixture.start());
  await endpoint.dynamo.ensureTables([{ ...TABLE, TableName: 'half-made' }]);

  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: 'half-made' }));
  expect(Table).toMatchObject({ TableStatus: 'ACTIVE', GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE' }] });
});

it('says what it cannot do instead of doing something else', async () => {
  const items = [{ Put: { TableName, Item: { id: { S: 'a' } } } }];

  await expect(dynamo.send(new TransactWriteItemsCommand({ TransactItems: items }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
  await expect(put('a', { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(dynamo.send(new GetItemCommand({ TableName: 'absent', Key: { id: { S: 'a' } } }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

it('answers a fault of the disk as a server error and lives on', async () => {
  await endpoint.close();
  const store = await startDynamo(join(fixture.directory, 'dynamodb'));
  await store.close();

  await expect(store.handle('PutItem', { TableName, Item: { id: { S: 'a' } } }, caller)).rejects.toMatchObject({ status: 500 });
  open(await fixture.start());
});

it('refuses a directory that another run has open', async () => {
  await expect(startDynamo(join(fixture.directory, 'dynamodb'))).rejects.toThrow('is in use by another run');
});

it('tells damaged files from files in use', async () => {
  await endpoint.close();
  const directory = join(fixture.directory, 'dynamodb');
  await writeFile(join(directory, 'CURRENT'), 'garbage');

  await expect(startDynamo(directory)).rejects.toThrow(`The local data in ${directory} is damaged. Begin anew: npm start -- --fresh`);

  await rm(directory, { recursive: true });
  open(await fixture.start());
});
