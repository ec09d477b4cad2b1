import { unsupported } from './redshift-error.ts';
import { isText, syntaxErrorAt, type Token } from './tokens.ts';

export interface TableName {
  readonly schema: string | undefined;
  readonly table: string;
  /** As SQL. */
  readonly text: string;
  /** The place after the name. */
  readonly end: number;
}

/** Reads `table` or `schema.table` at a place. @throws RedshiftError when there is no name. */
export function tableNameAt(tokens: readonly Token[], at: number): TableName {
  const first = nameAt(tokens, at);
  if (!isText(tokens[at + 1], '.')) return { schema: undefined, table: first, text: quote(first), end: at + 1 };
  const second = nameAt(tokens, at + 2);
  if (isText(tokens[at + 3], '.')) throw unsupported('A name of three parts');
  return { schema: first, table: second, text: `${quote(first)}.${quote(second)}`, end: at + 3 };
}

/** A name at a place, folded as Redshift folds it. */
export function nameAt(tokens: readonly Token[], at: number): string {
  const token = tokens[at];
  if (token?.kind === 'word') return token.text;
  if (token?.kind === 'quoted') return token.text.slice(1, -1).toLowerCase();
  throw syntaxErrorAt(tokens, at);
}

/** Whether a token, quoted or not, is this name. */
export function isNamed(token: Token, name: string): boolean {
  return (token.kind === 'word' || token.kind === 'quoted') && nameAt([token], 0) === name;
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
