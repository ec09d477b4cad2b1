import type { DuckDBConnection } from '@duckdb/node-api';
import { textRows } from './text-rows.ts';

export interface ParquetColumn {
  readonly name: string;
  /** Parquet's own words, for messages: `optional int32`. */
  readonly parquet: string;
  /** The DuckDB type of the Redshift column it fits; undefined for what Redshift's COPY takes into no column. */
  readonly fits: string | undefined;
}

/** The columns of a Parquet file, in order; of a nested column only the top. */
export async function parquetColumns(connection: DuckDBConnection, path: string): Promise<ParquetColumn[]> {
  const rows = await textRows(
    connection,
    `select name, coalesce(type, 'group') as type, converted_type, logical_type, num_children, repetition_type, precision, scale
     from parquet_schema($path)`,
    { path },
  );
  const [root, ...elements] = rows.map((row) => ({
    name: row['name'] ?? '',
    type: row['type'] ?? '',
    converted: row['converted_type'] ?? '',
    logical: row['logical_type'] ?? '',
    children: Number(row['num_children']),
    repetition: row['repetition_type']?.toLowerCase() ?? '',
    digits: Number(row['precision']),
    scale: Number(row['scale']),
  }));
  const columns: ParquetColumn[] = [];
  for (let at = 0; columns.length < (root?.children ?? 0);) {
    const row = elements[at];
    if (!row) break;
    columns.push({
      name: row.name,
      parquet: `${row.repetition} ${row.type.toLowerCase()}`,
      fits: row.children > 0 ? undefined : fits(row),
    });
    at = after(elements, at);
  }
  return columns;
}

/** The place after a column and everything nested in it. */
function after(elements: readonly { children: number }[], at: number): number {
  let next = at + 1;
  for (let child = 0; child < (elements[at]?.children ?? 0); child += 1) next = after(elements, next);
  return next;
}

function fits(row: { type: string; converted: string; logical: string; digits: number; scale: number }): string | undefined {
  const { type, converted, logical } = row;
  if (converted === 'DECIMAL') return `DECIMAL(${row.digits},${row.scale})`;
  if (type === 'BYTE_ARRAY') return converted === 'UTF8' || logical.startsWith('String') ? 'VARCHAR' : undefined;
  if (type === 'INT96') return 'TIMESTAMP';
  // Of the units of time Redshift reads milliseconds and microseconds; nanoseconds are plain numbers to it.
  if (/^TIMESTAMP_(MILLIS|MICROS)$/.test(converted) || /Mi(lli|cro)Seconds\(\)/.test(logical)) return 'TIMESTAMP';
  if (logical.startsWith('Timestamp')) return undefined;
  if (converted === 'DATE') return 'DATE';
  if (converted === 'INT_16') return 'SMALLINT';
  const plain: Readonly<Record<string, string>> = {
    INT32: 'INTEGER',
    INT64: 'BIGINT',
    FLOAT: 'FLOAT',
    DOUBLE: 'DOUBLE',
    BOOLEAN: 'BOOLEAN',
  };
  return ['', 'INT_32', 'INT_64'].includes(converted) ? plain[type] : undefined;
}
