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
}

/**
 * `copy … from 's3://…' iam_role '…' format as parquet`. Columns are matched by position; count and types must be equal.
 * @returns how many rows came. @throws RedshiftError
 */
export async function copyParquet(connection: DuckDBConnection, tokens: readonly Token[], sources: CopySources): Promise<number> {
  const copy = parseCopy(tokens, sources.copyRoleArns);
  const columns = chosenColumns(await columnsOf(connection, copy.table), copy.columns);
  const files = (await sources.objectFiles(copy.bucket, copy.prefix)).filter(({ key }) => key.startsWith(copy.prefix) && isVisible(key));
  if (files.length === 0) throw new RedshiftError(`The specified S3 prefix '${copy.prefix}' does not exist`);
  let rows = 0;
  for (const { key, path } of files.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    await checkColumns(connection, columns, `s3://${copy.bucket}/${key}`, path);
    // One file at a time, because several at once would be matched by name. A folder batch=… must add no column.
    const inserted = await connection.run(
      `insert into ${copy.table.text} (${columns.map(({ name }) => quote(name)).join(', ')}) select * from read_parquet('${path.replaceAll("'", "''")}', hive_partitioning = false)`,
    );
    rows += inserted.rowsChanged;
  }
  return rows;
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
  if (!['format as parquet', 'format parquet', 'parquet'].includes(rest.join(' ')))
    throw unsupported(`COPY … ${rest.join(' ') || 'without FORMAT AS PARQUET'}`);
  const columns = listed ? splitAtCommas(tokens.slice(table.end + 1, from - 1)).map((part) => nameAt(part, 0)) : undefined;
  return { table, columns, bucket, prefix };
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
