import type { DuckDBConnection } from '@duckdb/node-api';

/** Rows of one of DuckDB's own catalog tables, every value as text, null as empty text. */
export async function textRows(
  connection: DuckDBConnection,
  sql: string,
  values: Readonly<Record<string, string>>,
): Promise<Record<string, string>[]> {
  const found = await connection.runAndReadAll(sql, { ...values });
  return found
    .getRowObjectsJson()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? value : plain(value)])));
}

function plain(value: unknown): string {
  return value === null ? '' : JSON.stringify(value);
}
