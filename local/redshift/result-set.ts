import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { unsupported } from './redshift-error.ts';

/** One value as the Data API writes it. */
export type Field =
  | { readonly isNull: true }
  | { readonly longValue: number }
  | { readonly doubleValue: number }
  | { readonly booleanValue: boolean }
  | { readonly stringValue: string };

export interface ColumnMetadata {
  readonly name: string;
  readonly label: string;
  /** Redshift's name of the type: `int8`, `varchar`. */
  readonly typeName: string;
  readonly nullable: number;
  readonly isSigned: boolean;
  readonly isCaseSensitive: boolean;
  readonly precision: number;
  readonly scale: number;
  readonly length: number;
  readonly schemaName: string;
  readonly tableName: string;
}

export interface ResultSet {
  readonly columns: readonly ColumnMetadata[];
  readonly records: readonly (readonly Field[])[];
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  SMALLINT: 'int2',
  INTEGER: 'int4',
  BIGINT: 'int8',
  FLOAT: 'float4',
  DOUBLE: 'float8',
  BOOLEAN: 'bool',
  VARCHAR: 'varchar',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamptz',
};

/** Runs a query and reads all of it. @throws RedshiftError for a column of a type that Redshift does not return. */
export async function resultSetOf(connection: DuckDBConnection, sql: string): Promise<ResultSet> {
  const result = await connection.runAndReadAll(sql);
  const names = result.columnNames();
  const types = result.columnTypes().map(String);
  const columns = types.map((type, index) => metadata(names[index] ?? '', type));
  return { columns, records: result.getRows().map((row) => row.map((value, index) => field(value, columns[index]?.typeName ?? ''))) };
}

function metadata(name: string, type: string): ColumnMetadata {
  const typeName = typeNameOf(name, type);
  const [, precision, scale] = /\((\d+),(\d+)\)/.exec(type) ?? [];
  return {
    name,
    label: name,
    typeName,
    nullable: 1,
    isSigned: /^(int|float|numeric)/.test(typeName),
    isCaseSensitive: typeName === 'varchar',
    precision: Number(precision ?? 0),
    scale: Number(scale ?? 0),
    length: 0,
    schemaName: '',
    tableName: '',
  };
}

function typeNameOf(name: string, type: string): string {
  if (type.startsWith('DECIMAL')) return 'numeric';
  // sum() of integers: bigint on Redshift when they are int, numeric when they are bigint.
  if (type === 'HUGEINT') throw unsupported(`Column ${name}: a sum without a cast (Redshift answers bigint or numeric by what is summed)`);
  const known = TYPE_NAMES[type];
  if (known === undefined) throw unsupported(`Column ${name}: the type ${type}`);
  return known;
}

function field(value: DuckDBValue, typeName: string): Field {
  if (value === null) return { isNull: true };
  if (typeof value === 'boolean') return { booleanValue: value };
  if (/^int/.test(typeName)) return { longValue: Number(value) };
  if (/^float/.test(typeName)) return { doubleValue: Number(value) };
  return { stringValue: String(value) };
}
