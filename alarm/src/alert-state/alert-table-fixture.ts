import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';

export interface AlertTables {
  readonly client: DynamoDBClient;
  /** Creates an empty alert state table, with its index, and gives its name. */
  create(): Promise<string>;
  stop(): Promise<void>;
}

/** For tests: alert state tables in an in-memory DynamoDB of this process. */
export async function startAlertTables(): Promise<AlertTables> {
  // dynalite ships no types.
  const dynalite = createRequire(import.meta.url)('dynalite') as (options: { createTableMs: number }) => Server;
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'invented', secretAccessKey: 'invented' };
  const client = new DynamoDBClient({ endpoint: `http://127.0.0.1:${port}`, region: 'ap-northeast-2', credentials });
  let tables = 0;
  return {
    client,
    async create() {
      const TableName = `alert-state-${(tables += 1)}`;
      const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: ['pk', 'pending', 'claimed_batch'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
          KeySchema: [key('pk', 'HASH')],
          GlobalSecondaryIndexes: [
            {
              IndexName: 'pending',
              KeySchema: [key('pending', 'HASH'), key('claimed_batch', 'RANGE')],
              Projection: { ProjectionType: 'ALL' },
            },
          ],
        }),
      );
      await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.05 }, { TableName });
      return TableName;
    },
    async stop() {
      client.destroy();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}
