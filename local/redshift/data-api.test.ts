import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  ListSchemasCommand,
  ListStatementsCommand,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-redshift-data';
import { redshiftFixture, type RedshiftFixture } from './redshift-fixture.ts';

const PLACE = { WorkgroupName: 'hotpost-workgroup', Database: 'hotpost' };
let redshift: RedshiftFixture;

beforeAll(async () => {
  redshift = await redshiftFixture({ pageRows: 2, delayMilliseconds: 30 });
});
afterAll(() => redshift.remove());

const submit = async (sql: string, more: object = {}) =>
  (await redshift.client().send(new ExecuteStatementCommand({ ...PLACE, Sql: sql, ...more }))).Id ?? '';
const describe_ = (id: string | undefined) => redshift.client().send(new DescribeStatementCommand({ Id: id }));
const result = (id: string | undefined) => redshift.client().send(new GetStatementResultCommand({ Id: id }));

it('answers before the statement runs, so that callers must poll', async () => {
  const id = await submit('select 1 as one');

  expect((await describe_(id)).Status).toBe('SUBMITTED');
  await expect(result(id)).rejects.toThrow(ResourceNotFoundException);
  while ((await describe_(id)).Status !== 'FINISHED') await sleep(5);
  expect((await result(id)).Records).toEqual([[{ longValue: 1 }]]);
});

it('writes each type as AWS does', async () => {
  const statement = await redshift.execute(`
    select cast(7 as bigint) as number, 1.5::double precision as ratio, true as flag, '한글' as word, null::varchar as nothing,
      timestamp '2026-11-20 05:00:00' as instant, date '2026-11-20' as day, cast(1.5 as decimal(10,2)) as money`);
  const { Records, ColumnMetadata } = await result(statement.Id);

  expect(Records).toEqual([
    [
      { longValue: 7 },
      { doubleValue: 1.5 },
      { booleanValue: true },
      { stringValue: '한글' },
      { isNull: true },
      { stringValue: '2026-11-20 05:00:00' },
      { stringValue: '2026-11-20' },
      { stringValue: '1.50' },
    ],
  ]);
  expect(ColumnMetadata?.map(({ name, typeName }) => `${name ?? ''} ${typeName ?? ''}`)).toEqual([
    'number int8',
    'ratio float8',
    'flag bool',
    'word varchar',
    'nothing varchar',
    'instant timestamp',
    'day date',
    'money numeric',
  ]);
});

it('gives a long result in pages', async () => {
  const rows = await redshift.warehouse.read(
    'select 1 as n union all select 2 union all select 3 union all select 4 union all select 5 order by n',
  );

  expect(rows.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
});

it('refuses the page token of another statement', async () => {
  const [one, other] = [await redshift.execute('select 1 union all select 2 union all select 3'), await redshift.execute('select 1')];
  const { NextToken } = await result(one.Id);

  const page = redshift.client().send(new GetStatementResultCommand({ Id: other.Id, NextToken }));

  await expect(page).rejects.toThrow(ValidationException);
});

it('undoes a batch at its first error and says which statement it was', async () => {
  await redshift.batch('create table counted (n int)', 'insert into counted values (1)');

  const statement = await redshift.batch('delete from counted', 'select no_such_column from counted', 'insert into counted values (2)');

  expect(statement.Status).toBe('FAILED');
  expect(statement.Error).toMatch(/^Query #2 failed with ERROR: .*no_such_column/);
  expect(statement.SubStatements?.map(({ Status }) => Status)).toEqual(['ABORTED', 'FAILED', 'ABORTED']);
  expect(await redshift.warehouse.read('select n from counted')).toEqual([{ n: 1 }]);
});

it('describes and reads the statements of a batch by id:n', async () => {
  const statement = await redshift.batch('select 1 as n', 'select 2 as n');
  const second = await describe_(`${statement.Id ?? ''}:2`);

  expect(second).toMatchObject({ Status: 'FINISHED', QueryString: 'select 2 as n', HasResultSet: true, ResultRows: 1 });
  expect((await result(`${statement.Id ?? ''}:2`)).Records).toEqual([[{ longValue: 2 }]]);
  await expect(result(statement.Id)).rejects.toThrow(ResourceNotFoundException);
  await expect(describe_(`${statement.Id ?? ''}:3`)).rejects.toThrow(ResourceNotFoundException);
});

it('keeps the temporary tables of a call to itself', async () => {
  expect((await redshift.batch('create temp table passing (n int)', 'select n from passing')).Status).toBe('FINISHED');

  expect((await redshift.execute('select n from passing')).Error).toBe('ERROR: relation "passing" does not exist');
});

it('answers the same ClientToken with the same statement, which runs once', async () => {
  await redshift.batch('create table once (n int)');

  const ids = [
    await submit('insert into once values (1)', { ClientToken: 'a' }),
    await submit('insert into once values (1)', { ClientToken: 'a' }),
  ];
  while ((await describe_(ids[0])).Status !== 'FINISHED') await sleep(5);

  expect(ids[0]).toBe(ids[1]);
  expect(await redshift.warehouse.read('select n from once')).toEqual([{ n: 1 }]);
});

it('shows a statement to nobody but the role that submitted it', async () => {
  const { Id } = await redshift.execute('select 1');
  const stranger = redshift.client('alarm-function');

  await expect(stranger.send(new DescribeStatementCommand({ Id }))).rejects.toThrow(ResourceNotFoundException);
  await expect(stranger.send(new GetStatementResultCommand({ Id }))).rejects.toThrow(ResourceNotFoundException);
  await expect(stranger.send(new CancelStatementCommand({ Id }))).rejects.toThrow(ResourceNotFoundException);
  expect((await stranger.send(new ListStatementsCommand({}))).Statements).toEqual([]);
  expect((await redshift.client().send(new ListStatementsCommand({}))).Statements?.[0]).toMatchObject({ Id, Status: 'FINISHED' });
});

it('cancels what waits', async () => {
  const id = await submit('select 1');

  expect(await redshift.client().send(new CancelStatementCommand({ Id: id }))).toMatchObject({ Status: true });
  expect((await describe_(id)).Status).toBe('ABORTED');
});

it('cancels what runs', async () => {
  const doubled = Array<string>(14).fill('insert into many select n from many');
  await redshift.batch('create table many (n int)', 'insert into many values (1)', ...doubled);
  const slow = await submit('select sum(a.n + b.n * c.n)::bigint as total from many a, many b, many c');
  while ((await describe_(slow)).Status !== 'STARTED') await sleep(5);

  await redshift.client().send(new CancelStatementCommand({ Id: slow }));

  expect((await describe_(slow)).Status).toBe('ABORTED');
  expect(await redshift.warehouse.read('select 1 as still_works')).toEqual([{ still_works: 1 }]);
});

it('does not cancel what is over', async () => {
  const { Id } = await redshift.execute('select 1');

  await expect(redshift.client().send(new CancelStatementCommand({ Id }))).rejects.toThrow(ValidationException);
});

it('binds parameters as values, in every statement of a batch', async () => {
  const trap = `x'; drop table counted; --`;
  const statement = await redshift.client().send(
    new BatchExecuteStatementCommand({
      ...PLACE,
      Sqls: ['select :word as word', 'select 1 where 2 = :number'],
      Parameters: [
        { name: 'word', value: trap },
        { name: 'number', value: '2' },
      ],
    }),
  );
  while ((await describe_(statement.Id)).Status !== 'FINISHED') await sleep(5);

  expect((await result(`${statement.Id ?? ''}:1`)).Records).toEqual([[{ stringValue: trap }]]);
  expect((await result(`${statement.Id ?? ''}:2`)).Records).toEqual([[{ longValue: 1 }]]);
});

it.each([
  ['an unknown workgroup', { WorkgroupName: 'another' }, /doesn't exist/],
  ['a workgroup name of two characters', { WorkgroupName: 'ab' }, /WorkgroupName/],
  ['a cluster', { ClusterIdentifier: 'c' }, /ClusterIdentifier/],
  ['a parameter without a place', { Parameters: [{ name: 'a', value: '1' }] }, /unused parameters: \[a\]/i],
  ['a place without a parameter', { Sql: 'select :a' }, /lacks the values of: \[a\]/],
  ['an empty parameter', { Sql: 'select :a', Parameters: [{ name: 'a', value: '' }] }, /Parameters\.0\.value/],
  ['a statement above 100 KB', { Sql: `select '${'가'.repeat(33_334)}'` }, /100000 bytes/],
  ['a client token of 65 characters', { ClientToken: 'a'.repeat(65) }, /ClientToken/],
  ['a session', { SessionKeepAliveSeconds: 60 }, /SessionKeepAliveSeconds/],
])('refuses %s', async (_, change, message) => {
  const call = redshift.client().send(new ExecuteStatementCommand({ ...PLACE, Sql: 'select 1', ...change }));

  await expect(call).rejects.toThrow(message);
  await expect(call).rejects.toThrow(ValidationException);
});

it('refuses an operation that it does not know', async () => {
  const call = redshift.client().send(new ListSchemasCommand({ ...PLACE }));

  await expect(call).rejects.toThrow(/does not know ListSchemas/);
});

it('refuses 41 statements', async () => {
  const many = redshift.client().send(new BatchExecuteStatementCommand({ ...PLACE, Sqls: Array<string>(41).fill('select 1') }));

  await expect(many).rejects.toThrow(/Sqls/);
});

it('fails a statement on an unknown database', async () => {
  const id = await submit('select 1', { Database: 'nowhere' });
  while ((await describe_(id)).Status !== 'FAILED') await sleep(5);

  expect((await describe_(id)).Error).toBe('FATAL: database "nowhere" does not exist');
});

it('keeps tables over a restart, and lets go of the file when it closes', async () => {
  await redshift.batch('create table kept (n int)', 'insert into kept values (1)');

  await redshift.restart();

  expect(await redshift.warehouse.read('select n from kept')).toEqual([{ n: 1 }]);
});
