import { RedshiftError, unsupported } from './redshift-error.ts';
import { afterParentheses, isText, render, startsWith, type Token } from './tokens.ts';

/** A column's type as Redshift knows it and as DuckDB stores it. */
export interface ColumnType {
  readonly duckdb: string;
  /** Of a text column: the most bytes. Redshift counts bytes, and a Hangul syllable has three. */
  readonly bytes?: number;
  /** The place after the type. */
  readonly end: number;
}

const SIMPLE: Readonly<Record<string, string>> = {
  smallint: 'SMALLINT',
  int2: 'SMALLINT',
  int: 'INTEGER',
  integer: 'INTEGER',
  int4: 'INTEGER',
  bigint: 'BIGINT',
  int8: 'BIGINT',
  real: 'FLOAT',
  float4: 'FLOAT',
  float: 'DOUBLE',
  float8: 'DOUBLE',
  bool: 'BOOLEAN',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamptz: 'TIMESTAMPTZ',
};

/** Text types with the length they have when none is written. */
const TEXT: Readonly<Record<string, number>> = { varchar: 256, nvarchar: 256, text: 256, char: 1, nchar: 1, bpchar: 256 };
const LONGEST_TEXT = 65_535;

/** Reads a column's type. @throws RedshiftError for a type that Redshift does not have or the stand-in cannot show. */
export function columnTypeAt(tokens: readonly Token[], at: number): ColumnType {
  const word = tokens[at]?.text ?? '';
  const simple = SIMPLE[word];
  if (simple !== undefined) return { duckdb: simple, end: at + 1 };
  if (startsWith(tokens, at, 'double', 'precision')) return { duckdb: 'DOUBLE', end: at + 2 };
  if (startsWith(tokens, at, 'timestamp', 'without', 'time', 'zone')) return { duckdb: 'TIMESTAMP', end: at + 4 };
  if (startsWith(tokens, at, 'timestamp', 'with', 'time', 'zone')) return { duckdb: 'TIMESTAMPTZ', end: at + 4 };
  if (word === 'timestamp') return { duckdb: 'TIMESTAMP', end: at + 1 };
  if (startsWith(tokens, at, 'character', 'varying')) return textType(tokens, at + 2, 256);
  if (word === 'character') return textType(tokens, at + 1, 1);
  const length = TEXT[word];
  if (length !== undefined) return textType(tokens, at + 1, length);
  if (word === 'decimal' || word === 'numeric') return decimalType(tokens, at + 1);
  if (['super', 'geometry', 'geography', 'hllsketch', 'varbyte', 'time', 'timetz', 'interval'].includes(word))
    throw unsupported(`Type ${word}`);
  throw new RedshiftError(`type "${word}" does not exist`);
}

function textType(tokens: readonly Token[], at: number, byDefault: number): ColumnType {
  if (!isText(tokens[at], '(')) return { duckdb: 'VARCHAR', bytes: byDefault, end: at };
  const written = tokens[at + 1]?.text ?? '';
  const bytes = written === 'max' ? LONGEST_TEXT : Number(written);
  if (!(bytes >= 1 && bytes <= LONGEST_TEXT)) throw new RedshiftError(`length for type varchar cannot exceed ${LONGEST_TEXT}`);
  return { duckdb: 'VARCHAR', bytes, end: afterParentheses(tokens, at) };
}

function decimalType(tokens: readonly Token[], at: number): ColumnType {
  if (!isText(tokens[at], '(')) return { duckdb: 'DECIMAL(18,0)', end: at };
  const end = afterParentheses(tokens, at);
  return { duckdb: `DECIMAL${render(tokens.slice(at, end))}`, end };
}
