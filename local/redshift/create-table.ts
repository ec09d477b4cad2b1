import { columnTypeAt, type ColumnType } from './column-type.ts';
import { checkDialect } from './dialect.ts';
import { checkEncoding } from './encodings.ts';
import { RedshiftError, unsupported } from './redshift-error.ts';
import { RESERVED_WORDS } from './reserved-words.ts';
import { asDuckDb } from './rewrite.ts';
import { nameAt, quote, tableNameAt } from './table-name.ts';
import { afterParentheses, isText, render, splitAtCommas, startsWith, syntaxErrorAt, type Token } from './tokens.ts';

interface ColumnDefinition {
  readonly name: string;
  readonly notNull: boolean;
  readonly sql: string;
}

/**
 * `create table` as DuckDB takes it: ENCODE and the distribution and sort keys go, lengths of texts become checks of bytes, primary
 * keys go but for their NOT NULL (Redshift enforces nothing else of them).
 * @throws RedshiftError
 */
export function createTable(tokens: readonly Token[]): string {
  const temporary = isText(tokens[1], 'temp', 'temporary');
  const at = temporary ? 3 : 2;
  if (!isText(tokens[at - 1], 'table')) throw syntaxErrorAt(tokens, at - 1);
  const ifNotExists = startsWith(tokens, at, 'if', 'not', 'exists');
  const name = tableNameAt(tokens, ifNotExists ? at + 3 : at);
  if (temporary && name.schema !== undefined) throw new RedshiftError('cannot create temporary relation in non-temporary schema');
  const head = `create ${temporary ? 'temp ' : ''}table ${ifNotExists ? 'if not exists ' : ''}${name.text}`;

  if (!isText(tokens[name.end], '(') && ifNotExists) throw syntaxErrorAt(tokens, at);
  if (!isText(tokens[name.end], '(')) return `${head} as ${queryAfterAttributes(tokens, name.end)}`;
  const end = afterParentheses(tokens, name.end);
  const items = splitAtCommas(tokens.slice(name.end + 1, end - 1));
  const columns = items.filter((item) => !isTableConstraint(item)).map(columnDefinition);
  const keys = items.filter(isTableConstraint).flatMap(primaryKeyColumns);
  const attributes = skipAttributes(tokens, end, new Set(columns.map((column) => column.name)));
  if (attributes !== tokens.length) throw syntaxErrorAt(tokens, attributes);
  return `${head} (${columns.map((column) => withNotNull(column, keys)).join(', ')})`;
}

/** One column: `name type [attributes]`. The check keeps the length that Redshift would keep. */
export function columnDefinition(item: readonly Token[]): ColumnDefinition {
  const name = nameAt(item, 0);
  if (item[0]?.kind === 'word' && RESERVED_WORDS.has(name)) throw syntaxErrorAt(item, 0);
  const type = columnTypeAt(item, 1);
  const { notNull, fallback } = columnAttributes(item, type);
  const check = type.bytes === undefined ? '' : ` check (strlen(${quote(name)}) <= ${type.bytes})`;
  return { name, notNull, sql: `${quote(name)} ${type.duckdb}${fallback}${check}` };
}

function columnAttributes(item: readonly Token[], type: ColumnType): { notNull: boolean; fallback: string } {
  let notNull = false;
  let fallback = '';
  for (let at = type.end; at < item.length;) {
    if (startsWith(item, at, 'not', 'null')) [notNull, at] = [true, at + 2];
    else if (startsWith(item, at, 'primary', 'key')) [notNull, at] = [true, at + 2];
    else if (isText(item[at], 'null', 'unique', 'distkey', 'sortkey')) at += 1;
    else if (isText(item[at], 'encode') && item[at + 1]?.kind === 'word') {
      checkEncoding(item[at + 1]?.text ?? '', type.duckdb);
      at += 2;
    } else if (isText(item[at], 'default')) {
      const end = isText(item[at + 2], '(') ? afterParentheses(item, at + 2) : at + 2;
      fallback = ` default ${render(item.slice(at + 1, end))}`;
      at = end;
    } else if (isText(item[at], 'identity', 'generated', 'references', 'collate')) throw unsupported(`${item[at]?.text ?? ''} of a column`);
    else throw syntaxErrorAt(item, at);
  }
  return { notNull, fallback };
}

function withNotNull({ name, notNull, sql }: ColumnDefinition, keys: readonly string[]): string {
  return notNull || keys.includes(name) ? `${sql} not null` : sql;
}

function isTableConstraint(item: readonly Token[]): boolean {
  if (isText(item[0], 'like')) throw unsupported('create table (like …)');
  return isText(item[0], 'primary', 'unique', 'foreign', 'constraint');
}

function primaryKeyColumns(item: readonly Token[]): string[] {
  if (isText(item[0], 'constraint', 'foreign')) throw unsupported(`${item[0]?.text ?? ''} of a table`);
  const open = isText(item[0], 'primary') ? 2 : 1;
  if (afterParentheses(item, open) !== item.length) throw syntaxErrorAt(item, open);
  return isText(item[0], 'primary') ? splitAtCommas(item.slice(open + 1, -1)).map((part) => nameAt(part, 0)) : [];
}

/** `create table … as`: attributes, then the query. */
function queryAfterAttributes(tokens: readonly Token[], from: number): string {
  const at = skipAttributes(tokens, from);
  if (!isText(tokens[at], 'as')) throw syntaxErrorAt(tokens, at);
  const query = tokens.slice(at + 1);
  checkDialect(query);
  return asDuckDb(query);
}

/** Reads over the attributes of a table; `columns` are those that its keys may name. Returns the place after them. @throws RedshiftError */
function skipAttributes(tokens: readonly Token[], from: number, columns?: ReadonlySet<string>): number {
  let style = '';
  let distKeys = 0;
  for (let at = from; ;) {
    if (startsWith(tokens, at, 'backup')) at += 2;
    else if (isText(tokens[at], 'diststyle') && isText(tokens[at + 1], 'auto', 'even', 'key', 'all')) {
      style = tokens[at + 1]?.text ?? '';
      at += 2;
    } else if (isText(tokens[at], 'encode') && isText(tokens[at + 1], 'auto')) at += 2;
    else if (isText(tokens[at], 'compound', 'interleaved') && isText(tokens[at + 1], 'sortkey')) at += 1;
    else if (isText(tokens[at], 'distkey', 'sortkey')) {
      const end = afterParentheses(tokens, at + 1);
      const keys = splitAtCommas(tokens.slice(at + 2, end - 1)).map((part) => nameAt(part, 0));
      const unknown = columns && keys.find((key) => !columns.has(key));
      if (unknown !== undefined) throw new RedshiftError(`column "${unknown}" named in key does not exist`);
      if (isText(tokens[at], 'distkey')) distKeys += keys.length;
      at = end;
    } else {
      checkDistribution(style, distKeys);
      return at;
    }
  }
}

function checkDistribution(style: string, distKeys: number): void {
  if (distKeys > 1) throw new RedshiftError('a table has one DISTKEY column');
  if (distKeys === 1 && style !== '' && style !== 'key') throw new RedshiftError(`DISTSTYLE ${style} takes no DISTKEY`);
  if (distKeys === 0 && style === 'key') throw new RedshiftError('DISTSTYLE KEY needs a DISTKEY column');
}
