import type { DuckDBConnection } from '@duckdb/node-api';
import { columnsOf } from './catalog.ts';
import { columnDefinition } from './create-table.ts';
import { RedshiftError, unsupported } from './redshift-error.ts';
import { quote, tableNameAt, type TableName } from './table-name.ts';
import { textRows } from './text-rows.ts';
import { isText, startsWith, syntaxErrorAt, type Token } from './tokens.ts';

/** `alter table … add column`: DuckDB adds no column with a check, so the table is made anew. @throws RedshiftError for any other change. */
export async function alterTable(connection: DuckDBConnection, tokens: readonly Token[]): Promise<void> {
  const name = tableNameAt(tokens, 2);
  if (!isText(tokens[name.end], 'add')) throw unsupported('This alter table');
  const at = isText(tokens[name.end + 1], 'column') ? name.end + 2 : name.end + 1;
  const column = columnDefinition(tokens.slice(at));
  if (startsWith(tokens, at, 'if')) throw syntaxErrorAt(tokens, at);
  const columns = await columnsOf(connection, name);
  if (columns.some((existing) => existing.name === column.name))
    throw new RedshiftError(`column "${column.name}" of relation already exists`);
  if (column.notNull && !column.sql.includes(' default ')) {
    throw new RedshiftError('ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression');
  }
  await rebuild(connection, name, columns.map((existing) => quote(existing.name)).join(', '), column);
}

async function rebuild(
  connection: DuckDBConnection,
  name: TableName,
  kept: string,
  column: { sql: string; notNull: boolean },
): Promise<void> {
  const next: TableName = { ...name, table: `${name.table}__next`, text: name.text.replace(/"$/, '__next"') };
  const definition = await definitionOf(connection, name);
  const columnsAndChecks = definition.slice(definition.indexOf('('), definition.lastIndexOf(')'));
  await connection.run(`create table ${next.text} ${columnsAndChecks}, ${column.sql}${column.notNull ? ' not null' : ''})`);
  await connection.run(`insert into ${next.text} (${kept}) select ${kept} from ${name.text}`);
  await connection.run(`drop table ${name.text}`);
  await connection.run(`alter table ${next.text} rename to ${quote(name.table)}`);
}

async function definitionOf(connection: DuckDBConnection, { schema, table }: TableName): Promise<string> {
  const [found] = await textRows(connection, 'select sql from duckdb_tables() where schema_name = $schema and table_name = $table', {
    schema: schema ?? 'public',
    table,
  });
  return found?.['sql'] ?? '';
}
