import type { DuckDBConnection } from '@duckdb/node-api';
import { columnsOf, type Column } from './catalog.ts';
import { parquetColumns } from './parquet-columns.ts';
import { RedshiftError, unsupported } from './redshift-error.ts';
import { nameAt, quote, tableNameAt, type TableName } from './table-name.ts';
import { afterParentheses, isText, splitAtCommas, syntaxErrorAt, type Token } from './tokens.ts';

export interface ObjectFile {
  readonly key: string;
  /** Where its bytes lie. */
  readonly path: string;
}

export interface CopySources {
  /** Objects of a bucket whose keys begin with a prefix. */
  objectFiles(bucket: string, prefix: string): Promise<readonly ObjectFile[]>;
  /** The roles attached to the namespace; undefined: any. */
  readonly copyRoleArns?: readonly string[];
}

interface Copy {
  readonly table: TableName;
  readonly columns: readonly string[] | undefined;
  readonly bucket: string;
  readonly prefix: string;
  readonly format: 'parquet' | 'json';
}

/** The ends of COPY that are known, by the words that spell them. */
const FORMATS: Readonly<Record<string, Copy['format']>> = {
  'format as parquet': 'parquet',
  'format parquet': 'parquet',
  parquet: 'parquet',
  "format as json 'auto' gzip": 'json',
};

/**
 * `copy … from 's3://…' iam_role '…'`, then `format as parquet` (columns are matched by position; count and types must be equal) or
 * `format as json 'auto' gzip` (keys are matched by name into columns of text; a missing one is null, a further one is left out).
 * @returns how many rows came. @throws RedshiftError
 */
export async function copyObjects(connection: DuckDBConnection, tokens: readonly Token[], sources: CopySources): Promise<number> {
  const copy = parseCopy(tokens, sources.copyRoleArns);
  const columns = chosenColumns(await columnsOf(connection, copy.table), copy.columns);
  const files = (await sources.objectFiles(copy.bucket, copy.prefix)).filter(({ key }) => key.startsWith(copy.prefix) && isVisible(key));
  if (files.length === 0) throw new RedshiftError(`The specified S3 prefix '${copy.prefix}' does not exist`);
  let rows = 0;
  for (const { key, path } of files.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const url = `s3://${copy.bucket}/${key}`;
    if (copy.format === 'parquet') await checkColumns(connection, columns, url, path);
    // One file at a time, because several at once would be matched by name.
    const source = copy.format === 'parquet' ? parquetSource(path) : jsonSource(columns, url, path);
    const inserted = await connection.run(
      `insert into ${copy.table.text} (${columns.map(({ name }) => quote(name)).join(', ')}) ${source}`,
    );
    rows += inserted.rowsChanged;
  }
  return rows;
}

/** A folder batch=… must add no column. */
function parquetSource(path: string): string {
  return `select * from read_parquet(${literal(path)}, hive_partitioning = false)`;
}

/** Redshift takes 4 MB an object. @throws RedshiftError for a column that is no text: how Redshift would read it is not known here. */
function jsonSource(columns: readonly Column[], url: string, path: string): string {
  const other = columns.find(({ type }) => type !== 'VARCHAR');
  if (other) throw unsupported(`COPY of JSON into ${other.name} ${other.type} (${url})`);
  const types = columns.map(({ name }) => `${literal(name)}: 'VARCHAR'`).join(', ');
  return `select ${columns.map(({ name }) => quote(name)).join(', ')} from read_json(${literal(path)}, format = 'newline_delimited', compression = 'gzip', columns = {${types}}, maximum_object_size = 4194304, hive_partitioning = false)`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function parseCopy(tokens: readonly Token[], roles: readonly string[] | undefined): Copy {
  const table = tableNameAt(tokens, 1);
  const listed = isText(tokens[table.end], '(');
  const from = listed ? afterParentheses(tokens, table.end) : table.end;
  if (!isText(tokens[from], 'from')) throw syntaxErrorAt(tokens, from);
  const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(textAt(tokens, from + 1)) ?? [];
  if (bucket === undefined || prefix === undefined) throw unsupported('COPY from anything but s3://bucket/prefix');
  if (!isText(tokens[from + 2], 'iam_role')) throw new RedshiftError('COPY needs IAM_ROLE: no credentials were specified');
  const role = isText(tokens[from + 3], 'default') ? undefined : textAt(tokens, from + 3);
  if (role !== undefined && roles && !roles.includes(role)) throw new RedshiftError(`User is not authorized to assume IAM Role ${role}`);
  const rest = tokens.slice(from + 4).map(({ text }) => text);
  const format = FORMATS[rest.join(' ')];
  if (format === undefined) throw unsupported(`COPY … ${rest.join(' ') || 'without a FORMAT'}`);
  const columns = listed ? splitAtCommas(tokens.slice(table.end + 1, from - 1)).map((part) => nameAt(part, 0)) : undefined;
  return { table, columns, bucket, prefix, format };
}

function textAt(tokens: readonly Token[], at: number): string {
  const token = tokens[at];
  if (token?.kind !== 'string') throw syntaxErrorAt(tokens, at);
  return token.text.slice(1, -1).replaceAll("''", "'");
}

function chosenColumns(columns: readonly Column[], names: readonly string[] | undefined): Column[] {
  return (names ?? columns.map(({ name }) => name)).map((name) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (!column) throw new RedshiftError(`column "${name}" of relation does not exist`);
    return column;
  });
}

function isVisible(key: string): boolean {
  return !/(^|\/)[_.][^/]*$/.test(key) && !key.endsWith('/');
}

async function checkColumns(connection: DuckDBConnection, columns: readonly Column[], url: string, path: string): Promise<void> {
  const found = await parquetColumns(connection, path);
  if (found.length !== columns.length) {
    throw new RedshiftError(
      `Unmatched number of columns between table and file. Table columns: ${columns.length}, Data columns: ${found.length} (${url})`,
    );
  }
  columns.forEach((column, index) => {
    const data = found[index];
    if (data?.fits === column.type) return;
    throw new RedshiftError(
      `Spectrum Scan Error code: 15007 File '${url}' has an incompatible Parquet schema for column '${data?.name ?? ''}'. Column type: ${column.type}, Parquet schema: ${data?.parquet ?? ''}`,
    );
  });
}
