import type { DuckDBConnection } from '@duckdb/node-api';
import { RedshiftError } from './redshift-error.ts';
import type { TableName } from './table-name.ts';
import { textRows } from './text-rows.ts';

export interface Column {
  readonly name: string;
  /** DuckDB's type: `BIGINT`, `DECIMAL(10,2)`. */
  readonly type: string;
}

/** The columns of a table in order, temporary tables first as Redshift looks them up. @throws RedshiftError when there is no such table. */
export async function columnsOf(connection: DuckDBConnection, { schema, table, text }: TableName): Promise<Column[]> {
  const rows = await textRows(
    connection,
    `select column_name, data_type, database_name
     from duckdb_columns() join duckdb_tables() using (database_name, schema_name, table_name)
     where table_name = $table
       and ($schema = '' and (database_name = 'temp' or schema_name = 'public') or schema_name = $schema and database_name <> 'temp')
     order by database_name = 'temp' desc, column_index`,
    { table, schema: schema ?? '' },
  );
  const first = rows[0];
  if (!first) throw new RedshiftError(`relation ${text.replaceAll('"', '')} does not exist`);
  return rows
    .filter((row) => row['database_name'] === first['database_name'])
    .map((row) => ({ name: row['column_name'] ?? '', type: row['data_type'] ?? '' }));
}
