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
    `select column_name, data_type, temporary, schema_name
     from duckdb_columns() join duckdb_tables() using (database_name, schema_name, table_name, temporary)
     where table_name = $table and ($schema = '' and (temporary or schema_name = 'public') or schema_name = $schema and not temporary)
     order by temporary desc, column_index`,
    { table, schema: schema ?? '' },
  );
  const first = rows[0];
  if (!first) throw new RedshiftError(`relation ${text.replaceAll('"', '')} does not exist`);
  return rows
    .filter((row) => row['temporary'] === first['temporary'])
    .map((row) => ({ name: row['column_name'] ?? '', type: row['data_type'] ?? '' }));
}
