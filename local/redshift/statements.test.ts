import { redshiftFixture, BUCKET, COPY_ROLE_ARN, type RedshiftFixture } from './redshift-fixture.ts';

let redshift: RedshiftFixture;

beforeAll(async () => {
  redshift = await redshiftFixture();
  await redshift.batch(
    'create table target (id int, word varchar(6), primary key (id))',
    'create table source (id int, word varchar(6))',
    'create table many (id int)',
    'insert into target values (1, null)',
    `insert into source values (1, 'a'), (2, 'b')`,
  );
});
afterAll(() => redshift.remove());

const errorOf = async (sql: string) => (await redshift.execute(sql)).Error ?? '';
const MERGE = 'when matched then update set word = source.word when not matched then insert (id, word) values (source.id, source.word)';

describe('refuses what Redshift refuses', () => {
  it.each([
    [
      'MERGE with a condition',
      `merge into target using source on target.id = source.id ${MERGE.replace('matched then', 'matched and source.id > 1 then')}`,
      /at or near "and"/,
    ],
    [
      'MERGE without an insert',
      `merge into target using source on target.id = source.id ${MERGE.split(' when not')[0] ?? ''}`,
      /both WHEN MATCHED and/,
    ],
    [
      'MERGE without an update',
      `merge into target using source on target.id = source.id when not ${MERGE.split('when not ')[1] ?? ''}`,
      /syntax error/,
    ],
    ['MERGE with an alias of the target', `merge into target t using source on t.id = source.id ${MERGE}`, /at or near "t"/],
    [
      'MERGE from a subquery',
      `merge into target using (select id, word from source) as source on target.id = source.id ${MERGE}`,
      /subquery/,
    ],
    ['two statements at once', 'select 1; select 2', /multiple commands/],
    ['a reserved word as a column', 'create table bad (tag int)', /at or near "tag"/],
    ['a type that Redshift lacks', 'create table bad (a double)', /type "double" does not exist/],
    ['a longer varchar than there is', 'create table bad (a varchar(65536))', /length for type varchar/],
    ['a sort key without its column', 'create table bad (a int) sortkey (b)', /"b" named in key/],
    ['a table that is not there', 'select 1 from nowhere', /relation "nowhere" does not exist/],
    ['COPY without a role', `copy many from 's3://${BUCKET}/a/' format as parquet`, /IAM_ROLE/],
    [
      'COPY with a foreign role',
      `copy many from 's3://${BUCKET}/a/' iam_role 'arn:aws:iam::000000000000:role/x' format as parquet`,
      /not authorized/,
    ],
    [
      'COPY from nothing',
      `copy many from 's3://${BUCKET}/nothing/' iam_role '${COPY_ROLE_ARN}' format as parquet`,
      /prefix 'nothing\/' does not exist/,
    ],
    ['adding a column that is there', 'alter table target add column word varchar(6)', /already exists/],
  ])('%s', async (_, sql, message) => {
    expect(await errorOf(sql)).toMatch(message);
  });
});

describe('refuses what DuckDB alone understands', () => {
  it.each([
    ['FROM first', 'from target'],
    ['GROUP BY ALL', 'select id, count(*) from target group by all'],
    ['INSERT OR REPLACE', 'insert or replace into target values (1)'],
    ['ON CONFLICT', 'insert into target values (1) on conflict do nothing'],
    ['a cast to boolean', `select cast('true' as boolean)`],
    ['RETURNING', 'delete from many returning id'],
    ['FILTER', 'select count(*) filter (where id > 1) from target'],
    ['a trailing comma', 'select id, from target'],
    ['a list', 'select [1, 2]'],
    ['a file as a table', `select * from '/etc/passwd'`],
    ['a quoted file as a table', 'select * from "/tmp/a.parquet"'],
    ['read_parquet', `select * from read_parquet('a')`],
    ['a function of its own', 'select list_sum(1)'],
    ['a method call', `select 'a'.upper()`],
    ['an alias in DELETE', 'delete from many m where m.id = 1'],
    ['IS DISTINCT FROM', 'select 1 where 1 is distinct from 2'],
    ['a dollar parameter', 'select $1'],
    ['PRAGMA', 'pragma version'],
    ['ATTACH', `attach 'x.duckdb'`],
    ['SET', 'set threads = 4'],
    ['an index', 'create index i on target (id)'],
  ])('%s', async (_, sql) => {
    expect(await errorOf(sql)).toMatch(/syntax error|not supported/);
  });
});

describe('refuses loudly what it cannot show', () => {
  it.each([
    ['TRUNCATE', 'truncate many', /TRUNCATE commits/],
    ['COMMIT', 'commit', /one transaction/],
    ['an average', 'select avg(id) from target', /avg\(…\) is not supported/],
    ['a sum without a cast', 'select sum(id) from target', /a sum without a cast/],
    ['a view', 'create view v as select 1', /create view is not supported/],
    ['LIKE of a table', 'create temp table x (like target)', /like/],
    ['an identity column', 'create table x (a int identity(1, 1))', /identity/],
    ['CSV', `copy many from 's3://${BUCKET}/a/' iam_role '${COPY_ROLE_ARN}' csv`, /csv/],
    ['a backslash', `select 'a\\n'`, /backslash/],
    ['a cast that would cut', `select cast('한글' as varchar(5))`, /Redshift would cut it/],
  ])('%s', async (_, sql, message) => {
    expect(await errorOf(sql)).toMatch(message);
  });
});

it('refuses a source that matches a row twice, and changes nothing', async () => {
  const statement = await redshift.batch(
    'create temp table twice (id int, word varchar(6))',
    `insert into twice values (1, 'x'), (1, 'y')`,
    `merge into target using twice on target.id = twice.id ${MERGE.replaceAll('source', 'twice')}`,
  );

  expect(statement.Error).toMatch(/^Query #3 failed with ERROR: Found multiple matches to update the same tuple/);
  expect(await redshift.warehouse.read('select id, word from target')).toEqual([{ id: 1, word: null }]);
});

it('counts the bytes of a text, in INSERT, UPDATE and MERGE', async () => {
  expect(await errorOf(`insert into source values (3, '한글')`)).toBe('');
  const tooLong = /value too long for type character varying\(6\)/;

  expect(await errorOf(`insert into source values (3, '한글a')`)).toMatch(tooLong);
  expect(await errorOf(`update source set word = '한글a'`)).toMatch(tooLong);
  const statement = await redshift.batch(
    'create temp table wide (id int, word varchar(99))',
    `insert into wide values (1, '한글한글')`,
    `merge into target using wide on target.id = wide.id ${MERGE.replaceAll('source', 'wide')}`,
  );
  expect(statement.Error).toMatch(tooLong);
});

it('does not enforce a primary key, but its NOT NULL', async () => {
  await redshift.batch('create table keyed (id int, primary key (id))', 'insert into keyed values (1), (1)');

  expect(await redshift.warehouse.read('select count(*) as n from keyed')).toEqual([{ n: 2 }]);
  expect(await errorOf('insert into keyed values (null)')).toMatch(/NOT NULL/);
});

it('computes as Redshift does where DuckDB would not', async () => {
  const [row] = await redshift.warehouse.read(`
    select 7 / 2 as quotient, octet_length('한글') as bytes, len('한글') as characters, nvl(null, 'b') as first_known,
      dateadd(hour, 3, timestamp '2026-11-20 22:30:00') as later, datediff(day, date '2026-11-20', date '2026-11-22') as days,
      convert_timezone('Asia/Seoul', timestamp '2026-11-20 22:30:00') as seoul, cast('한글' as varchar(6)) as fits`);

  expect(row).toEqual({
    quotient: 3,
    bytes: 6,
    characters: 2,
    first_known: 'b',
    later: '2026-11-21 01:30:00',
    days: 2,
    seoul: '2026-11-21 07:30:00',
    fits: '한글',
  });
});

it('puts nulls first when it sorts downwards', async () => {
  const rows = await redshift.warehouse.read(
    'select n from (select 1 as n union all select null union all select 2) as numbers order by n desc',
  );

  expect(rows.map(({ n }) => n)).toEqual([null, 2, 1]);
});

it('adds a column to a table with rows, and keeps the length checks', async () => {
  await redshift.batch('create schema grown', 'create table grown.t (a varchar(3) not null)', `insert into grown.t values ('a')`);

  expect((await redshift.execute('alter table grown.t add column b varchar(3) encode zstd')).Status).toBe('FINISHED');

  expect(await redshift.warehouse.read('select a, b from grown.t')).toEqual([{ a: 'a', b: null }]);
  expect(await errorOf(`update grown.t set b = '한글'`)).toMatch(/varying\(3\)/);
  expect(await errorOf(`update grown.t set a = '한글'`)).toMatch(/varying\(3\)/);
});

describe('COPY of Parquet', () => {
  const copy = (table: string, prefix: string) =>
    redshift.execute(`copy ${table} from 's3://${BUCKET}/${prefix}' iam_role '${COPY_ROLE_ARN}' format as parquet`);
  const columns = `create table typed (a varchar(9), b bigint, c int, d double precision, e boolean, f timestamp)`;
  const row = `'가'::varchar as a, 1::bigint as b, 2::integer as c, 0.5::double as d, true as e, timestamp '2026-11-20 05:00:00' as f`;

  beforeAll(async () => {
    await redshift.batch(columns);
  });

  it('takes every object below the prefix, by position, without marker files and without columns of the path', async () => {
    await redshift.putParquet('good/batch=1/one.parquet', `select ${row}`);
    await redshift.putParquet(
      'good/batch=1/two.parquet',
      `select ${row.replaceAll(/ as [a-f]/g, (name) => `${name}${name.at(-1) ?? ''}`)}`,
    );
    await redshift.putParquet('good/batch=1/_SUCCESS', `select 'no table'`);
    await redshift.putParquet('good/batch=10/one.parquet', `select 'another prefix' as a`);

    const statement = await copy('typed', 'good/batch=1/');

    expect([statement.Error, statement.ResultRows]).toEqual([undefined, 2]);
    expect(await redshift.warehouse.read('select distinct * from typed')).toEqual([
      { a: '가', b: 1, c: 2, d: 0.5, e: true, f: '2026-11-20 05:00:00' },
    ]);
  });

  it('takes a time with a zone as Spark writes it, in UTC', async () => {
    await redshift.putParquet('zone/a.parquet', `select ${row.replace('timestamp ', 'timestamptz ').replace(':00:00', ':00:00+09')}`);

    await redshift.batch('delete from typed');
    await copy('typed', 'zone/');

    expect(await redshift.warehouse.read('select f from typed')).toEqual([{ f: '2026-11-19 20:00:00' }]);
  });

  it.each([
    ['int32 for a bigint', row.replace('1::bigint', '1::integer'), /column 'b'\. Column type: BIGINT, Parquet schema: optional int32/],
    ['int64 for an int', row.replace('2::integer', '2::bigint'), /column 'c'/],
    ['a decimal for a double', row.replace('0.5::double', '0.5::decimal(4, 2)'), /column 'd'/],
    ['nanoseconds', row.replace(/timestamp '(.*?)'/, `'$1'::timestamp_ns`), /column 'f'/],
    ['a list', row.replace(`'가'::varchar`, `['가']`), /column 'a'/],
    ['a column more', `${row}, 1 as g`, /Table columns: 6, Data columns: 7/],
    ['columns in another order', row.replace(/^(.*? as a), (.*? as b)/, '$2, $1'), /column 'b'/],
  ])('refuses %s', async (name, query, message) => {
    const prefix = `bad-${name.replaceAll(' ', '-')}/`;
    await redshift.putParquet(`${prefix}a.parquet`, `select ${query}`);

    const statement = await copy('typed', prefix);

    expect(statement.Error).toMatch(/^ERROR: (Spectrum Scan Error|Unmatched number)/);
    expect(statement.Error).toMatch(message);
  });

  it('refuses a text that is too long in bytes', async () => {
    await redshift.putParquet('long/a.parquet', `select ${row.replace('가', '가나다라')}`);

    expect((await copy('typed', 'long/')).Error).toMatch(/value too long for type character varying\(9\)/);
  });
});
