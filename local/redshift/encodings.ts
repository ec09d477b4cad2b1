import { RedshiftError, unsupported } from './redshift-error.ts';

const WHOLE_AND_TIMES = ['SMALLINT', 'INTEGER', 'BIGINT', 'DECIMAL', 'DATE', 'TIMESTAMP', 'TIMESTAMPTZ'];
const ALL = [...WHOLE_AND_TIMES, 'FLOAT', 'DOUBLE', 'VARCHAR', 'BOOLEAN'];

/** The types that each encoding takes, as DuckDB names them (Redshift guide, "Compression encodings"). */
const ENCODINGS: Readonly<Record<string, readonly string[]>> = {
  raw: ALL,
  zstd: ALL,
  runlength: ALL,
  az64: WHOLE_AND_TIMES,
  lzo: [...WHOLE_AND_TIMES, 'VARCHAR'],
  bytedict: ALL.filter((type) => type !== 'BOOLEAN'),
};

/** @throws RedshiftError for an encoding that Redshift does not have for the type, or that is none of ours */
export function checkEncoding(encoding: string, duckdbType: string): void {
  const types = ENCODINGS[encoding];
  if (!types) throw unsupported(`ENCODE ${encoding}`);
  const type = duckdbType.replace(/\(.*/, '');
  if (!types.includes(type))
    throw new RedshiftError(`invalid encoding type specified for column: ${encoding} takes no ${type.toLowerCase()}`);
}
