import {
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { mockClient } from 'aws-sdk-client-mock';
import { redshiftWarehouse } from './warehouse.ts';

const data = mockClient(RedshiftDataClient);
const connection = { workgroupName: 'hotpost', databaseName: 'dev', secretArn: '' };
const columns = [{ name: 'site' }, { name: 'seen' }, { name: 'share' }, { name: 'hot' }, { name: 'note' }];

beforeEach(() => {
  data.reset();
  data.rejects('not expected');
});

it('submits, waits and reads all pages, by column name', async () => {
  data
    .on(ExecuteStatementCommand, {
      WorkgroupName: 'hotpost',
      Database: 'dev',
      Sql: 'select 1',
      Parameters: [{ name: 'limit', value: '5' }],
    })
    .resolves({ Id: 's1' })
    .on(DescribeStatementCommand, { Id: 's1' })
    .resolvesOnce({ Status: 'SUBMITTED', Id: 's1' })
    .resolvesOnce({ Status: 'STARTED', Id: 's1' })
    .resolves({ Status: 'FINISHED', HasResultSet: true, Id: 's1' })
    .on(GetStatementResultCommand, { Id: 's1' })
    .resolves({
      ColumnMetadata: columns,
      Records: [[{ stringValue: 'clien' }, { longValue: 0 }, { doubleValue: 0.5 }, { booleanValue: false }, { isNull: true }]],
      NextToken: 'more',
    })
    .on(GetStatementResultCommand, { Id: 's1', NextToken: 'more' })
    .resolves({
      ColumnMetadata: columns,
      Records: [[{ stringValue: '' }, { longValue: 2 }, { isNull: true }, { booleanValue: true }, { stringValue: 'n' }]],
    });

  expect(await redshiftWarehouse(connection).read('select 1', { limit: 5 })).toEqual([
    { site: 'clien', seen: 0, share: 0.5, hot: false, note: null },
    { site: '', seen: 2, share: null, hot: true, note: 'n' },
  ]);
});

it('names the secret only when there is one, and binds nothing when there is nothing', async () => {
  data
    .on(ExecuteStatementCommand)
    .resolves({ Id: 's1' })
    .on(DescribeStatementCommand)
    .resolves({ Status: 'FINISHED', ResultRows: 3, Id: 's1' });

  expect(await redshiftWarehouse({ ...connection, secretArn: 'arn:secret' }).execute('delete')).toBe(3);
  await redshiftWarehouse(connection).execute('delete');

  expect(data.commandCalls(ExecuteStatementCommand).map(({ args }) => args[0].input)).toEqual([
    { WorkgroupName: 'hotpost', Database: 'dev', SecretArn: 'arn:secret', Sql: 'delete' },
    { WorkgroupName: 'hotpost', Database: 'dev', Sql: 'delete' },
  ]);
});

it.each(['FAILED', 'ABORTED'] as const)('passes on the warehouse’s own words when a statement is %s', async (Status) => {
  data
    .on(ExecuteStatementCommand)
    .resolves({ Id: 's1' })
    .on(DescribeStatementCommand)
    .resolves({ Status, Error: 'relation is gone', Id: 's1' });

  await expect(redshiftWarehouse(connection).read('select 1')).rejects.toMatchObject({
    name: 'WarehouseError',
    message: expect.stringContaining('relation is gone') as string,
  });
});

it('cancels a statement that does not end in time', async () => {
  data
    .on(ExecuteStatementCommand)
    .resolves({ Id: 's1' })
    .on(DescribeStatementCommand)
    .resolves({ Status: 'STARTED', Id: 's1' })
    .on(CancelStatementCommand, { Id: 's1' })
    .rejects('too late');

  await expect(redshiftWarehouse({ ...connection, timeoutMilliseconds: 80 }).execute('delete')).rejects.toThrow('did not end in time');
  expect(data.commandCalls(CancelStatementCommand)).toHaveLength(1);
});
