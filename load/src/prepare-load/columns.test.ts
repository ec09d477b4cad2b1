import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrations } from '../migrate/migrations.ts';
import { PROCESSED_TABLES, tableLoads, type ProcessedTable } from './load-sql.ts';

const schemasFile = readFileSync(join(__dirname, '../../../transform/hotpost_job/schemas.py'), 'utf8');

/** [name, type] of the columns that the job writes. */
function jobColumns(table: ProcessedTable): string[][] {
  const block = new RegExp(`^${table.toUpperCase()} = \\[\\n([\\s\\S]*?)^\\]`, 'm').exec(schemasFile)?.[1];
  const list = block ?? new RegExp(`^${table.toUpperCase()} = \\[(.*)\\]$`, 'm').exec(schemasFile)?.[1] ?? '';
  return [...list.matchAll(/\("(\w+)", "(\w+)"\)/g)].map(([, name = '', type = '']) => [name, type]);
}

/** [name, type] of the columns that a warehouse table has after all migrations. */
function storedColumns(table: string): string[][] {
  const added = new RegExp(`^alter table community\\.${table} add column (\\w+) (\\w+(?: precision)?(?:\\(\\d+\\))?)`, 'gm');
  return migrations.flatMap(({ sql }) => [
    ...(sql.includes(`create table community.${table} (`) ? tableColumns(sql) : []),
    ...[...sql.matchAll(added)].map(([, name = '', type = '']) => [name, type]),
  ]);
}

/** [name, type] of the columns of a `create table`. */
function tableColumns(sql: string): string[][] {
  return [...sql.matchAll(/^ {4}(\w+) (varchar\(\d+\)|timestamp|bigint|int|boolean|double precision)/gm)].map(
    ([, name = '', type = '']) => [name, type],
  );
}

const redshiftTypeOf = (type: string) => (type === 'string' ? 'varchar' : type === 'double' ? 'double precision' : type);

it.each(PROCESSED_TABLES)('staging_%s has the columns that the job writes, in their order and with their types', (table) => {
  const staged = tableColumns(tableLoads[table].stage).map(([name, type]) => [name, type?.replace(/\(\d+\)/, '')]);

  expect(staged.length).toBeGreaterThan(2);
  expect(staged).toEqual(jobColumns(table).map(([name = '', type = '']) => [name, redshiftTypeOf(type)]));
});

it.each(PROCESSED_TABLES)('staging_%s has the types of the warehouse table, which has the batch besides', (table) => {
  const stored = storedColumns(table);

  const staged = tableColumns(tableLoads[table].stage);

  expect(stored.filter(([name]) => name !== 'batch' && name !== 'last_batch')).toEqual(staged);
});

it.each(PROCESSED_TABLES)('dropping duplicates of %s keeps every column', (table) => {
  const [, listed = ''] = /as\nselect\n([\s\S]*?)\nfrom \(/.exec(tableLoads[table].dedupe) ?? [];
  const kept = listed.split(',').map((column) => column.trim());

  const staged = tableColumns(tableLoads[table].stage).map(([name]) => name);
  expect(kept.slice(0, staged.length + 1)).toEqual([...staged, "cast('${batch}' as varchar) as batch"]);
});

it.each(PROCESSED_TABLES)('the MERGE into %s sets every column that is no key, and inserts every column', (table) => {
  const sql = tableLoads[table].merge.find((statement) => statement.includes(`merge into community.${table}\n`)) ?? '';
  const [, matched = '', inserted = '', values = ''] =
    /update set\n([\s\S]*?)\nwhen not matched then insert \(\n([\s\S]*?)\n\) values \(\n([\s\S]*?)\n\)/.exec(sql) ?? [];
  const columns = storedColumns(table).map(([name = '']) => name);
  const keys = [...sql.matchAll(new RegExp(`(?:on|and) community\\.${table}\\.(\\w+) =`, 'g'))].map(([, name = '']) => name);
  const names = (text: string) => text.split(',').map((part) => part.trim().split(' ')[0] ?? '');
  const sourceOf = (name: string) => `batch_${table}.${name === 'last_batch' ? 'batch' : name}`;

  expect(names(inserted)).toEqual(expect.arrayContaining(columns));
  expect(names(values)).toEqual(names(inserted).map(sourceOf));
  expect(matched.split(',').map((part) => part.trim())).toEqual(
    columns.filter((name) => !keys.includes(name)).map((name) => `${name} = ${sourceOf(name)}`),
  );
});
