import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TransactionalWarehouse, WarehouseRow } from '../../../common/warehouse.ts';
import { EditedMigrationError, migrate, MissedMigrationError } from './migrate.ts';
import { migration, migrations } from './migrations.ts';

const FIRST = migration('0001_first', '-- one\ncreate table community.a (n int);\ncreate table community.b (n int);');
const SECOND = migration('0002_second', 'create table community.c (n int);');

/** Keeps what `migrate` records, and fails at a statement that holds a text. */
class FakeWarehouse implements TransactionalWarehouse {
  readonly transactions: string[][] = [];
  readonly applied: WarehouseRow[] = [];
  failingText = '\0';

  transact(sqls: readonly string[]): Promise<void> {
    if (sqls.some((sql) => sql.includes(this.failingText))) return Promise.reject(new Error('refused'));
    this.transactions.push([...sqls]);
    for (const sql of sqls) {
      const [, version, name = '', checksum = ''] = /values \((\d+), '(\w+)', '(\w+)'/.exec(sql) ?? [];
      if (version !== undefined) this.applied.push({ version: Number(version), name, checksum });
    }
    return Promise.resolve();
  }
  read = () => Promise.resolve(this.applied);
  readonly executed: string[] = [];
  execute = (sql: string) => Promise.resolve(this.executed.push(sql));
}

let warehouse: FakeWarehouse;
beforeEach(() => {
  warehouse = new FakeWarehouse();
});

it('applies each migration in order, in one transaction with its record', async () => {
  expect(await migrate({ warehouse, migrations: [FIRST, SECOND] })).toEqual({ applied: 2, version: 2 });

  const [bootstrap, first, second] = warehouse.transactions;
  expect(bootstrap?.[0]).toBe('create schema if not exists community');
  expect(first?.slice(0, 2)).toEqual(['create table community.a (n int)', 'create table community.b (n int)']);
  expect(first?.[2]).toContain(`values (1, '0001_first', '${FIRST.checksum}', getdate())`);
  expect(second?.[0]).toBe('create table community.c (n int)');
});

it('applies only what is new', async () => {
  await migrate({ warehouse, migrations: [FIRST] });

  expect(await migrate({ warehouse, migrations: [FIRST, SECOND] })).toEqual({ applied: 1, version: 2 });
  expect(await migrate({ warehouse, migrations: [FIRST, SECOND] })).toEqual({ applied: 0, version: 2 });
});

it('refuses an edited migration before it changes anything', async () => {
  await migrate({ warehouse, migrations: [FIRST] });
  const edited = migration('0001_first', FIRST.sql.replace('community.b', 'community.z'));

  const attempt = migrate({ warehouse, migrations: [edited, SECOND] });

  await expect(attempt).rejects.toThrow(EditedMigrationError);
  await expect(attempt).rejects.toThrow(/0001_first was edited after it was applied.*new migration/);
  expect(warehouse.applied).toHaveLength(1);
});

it('refuses a migration that comes before an applied one', async () => {
  await migrate({ warehouse, migrations: [SECOND] });

  await expect(migrate({ warehouse, migrations: [FIRST, SECOND] })).rejects.toThrow(MissedMigrationError);
});

it('lets a version be that only a newer release knows', async () => {
  await migrate({ warehouse, migrations: [FIRST, SECOND] });

  expect(await migrate({ warehouse, migrations: [FIRST] })).toEqual({ applied: 0, version: 1 });
});

it('stops at a migration that fails', async () => {
  warehouse.failingText = 'community.c';

  await expect(migrate({ warehouse, migrations: [FIRST, SECOND] })).rejects.toThrow('refused');
  expect(warehouse.applied.map(({ version }) => version)).toEqual([1]);
});

it('does not mind other line ends', () => {
  expect(migration('0001_first', FIRST.sql.replaceAll('\n', '\r\n')).checksum).toBe(FIRST.checksum);
});

it('refuses a name that is no number and words', () => {
  expect(() => migration('1_first', '')).toThrow(/0001_create_post/);
});

it('lists every file of load/sql/migrations/, numbered without gaps', () => {
  const files = readdirSync(join(__dirname, '../../sql/migrations')).toSorted();

  expect(migrations.map(({ name }) => `${name}.sql`)).toEqual(files);
  expect(migrations.map(({ version }) => version)).toEqual(files.map((_, index) => index + 1));
});
