import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableName } from './table-name.ts';

export interface Column {
  readonly name: string;
  /** DuckDB's type: `BIGINT`, `DECIMAL(10,2)`. */
  readonly type: string;
}

/** The columns of a table in order; temporary tables come first, as on Redshift. @throws DuckDB's error when there is no such table. */
export async function columnsOf(connection: DuckDBConnection, { text }: TableName): Promise<Column[]> {
  // Far quicker than the catalog's own tables, which list every table of the database.
  const none = await connection.run(`select * from ${text} limit 0`);
  const types = none.columnTypes().map(String);
  return none.columnNames().map((name, index) => ({ name, type: types[index] ?? '' }));
}
