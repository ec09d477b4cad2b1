import { redshiftFixture, type RedshiftFixture } from './redshift-fixture.ts';

let redshift: RedshiftFixture;

beforeAll(async () => {
  redshift = await redshiftFixture();
  await redshift.batch(
    'create table target (id int, word varchar(6))',
    'create table source (id int, word varchar(6))',
    'insert into target values (1, null)',
  );
});
afterAll(() => redshift.remove());

const errorOf = async (sql: string) => (await redshift.execute(sql)).Error ?? '';
const MERGE = 'merge into target using source on target.id = source.id when matched then delete when not matched then insert';

describe('refuses of encodings and keys what Redshift refuses', () => {
  it.each([
    ['a compression that a type lacks', 'create table bad (a varchar(9) encode az64)', /invalid encoding/],
    ['bytedict of a boolean', 'create table bad (a boolean encode bytedict)', /invalid encoding/],
    ['such a column that is added', 'alter table target add column a boolean encode az64', /invalid encoding/],
    ['an encoding of no table of ours', 'create table bad (a int encode mostly8)', /ENCODE mostly8 is not supported/],
    ['two distribution keys', 'create table bad (a int, b int) distkey (a, b)', /one DISTKEY/],
    ['a distribution key of a table on every node', 'create table bad (a int) diststyle all distkey (a)', /takes no DISTKEY/],
    ['DISTSTYLE KEY without a key', 'create table bad (a int) diststyle key', /needs a DISTKEY/],
    ['CREATE TABLE IF NOT EXISTS … AS', 'create table if not exists bad as select 1 as a', /at or near "if"/],
  ])('%s', async (_, sql, message) => {
    expect(await errorOf(sql)).toMatch(message);
  });

  it('takes the encodings and keys of our own tables', async () => {
    const sql = `create table good (
      a varchar(9) encode bytedict, b bigint encode az64, c boolean encode zstd, d timestamp encode raw, e double precision encode zstd
    ) diststyle key distkey (a) sortkey (d)`;

    expect(await errorOf(sql)).toBe('');
  });
});

describe('refuses of queries what Redshift refuses', () => {
  it.each([
    ['a running total without a frame', 'select max(id) over (order by id) from target', /require a frame clause/],
    ['DISTINCT in a window', 'select count(distinct id) over (partition by word) from target', /DISTINCT/],
    ['a subquery without a name', 'select * from (select 1 as a)', /must have an alias/],
    ['a joined subquery without a name', 'select 1 from target join (select 1 as a) on true', /must have an alias/],
    ['UNION DISTINCT', 'select id from target union distinct select id from source', /at or near "union"/],
    ['EXCEPT ALL', 'select id from target except all select id from source', /at or near "except"/],
    ['INTERSECT ALL', 'select id from target intersect all select id from source', /at or near "intersect"/],
    ['a share of the rows', 'select id from target limit 10 percent', /at or near "percent"/],
    ['a cast to double', 'select cast(id as double) from target', /at or near "as"/],
    ['CURRENT_TIMESTAMP', 'select current_timestamp', /current_timestamp is not supported/],
    ['FULL JOIN', 'select 1 from target full join source on target.id = source.id', /full is not supported/],
    ['MERGE with default values', `${MERGE} default values`, /at or near "default"/],
    ['MERGE with a list of values alone', `${MERGE} values (source.id, source.word)`, /at or near "values"/],
  ])('%s', async (_, sql, message) => {
    expect(await errorOf(sql)).toMatch(message);
  });

  it('takes a running total with a frame, and a subquery with a name', async () => {
    const rows = await redshift.warehouse.read(
      'select max(named.id) over (order by named.id rows unbounded preceding) as most from (select id from target) named',
    );

    expect(rows).toEqual([{ most: 1 }]);
  });
});
