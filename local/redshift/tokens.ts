import { RedshiftError, unsupported } from './redshift-error.ts';

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'parameter';
  /** As written; words in lower case, because Redshift folds them. */
  readonly text: string;
}

const PIECE =
  /(?<space>\s+|--[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")+")|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<parameter>:[A-Za-z_]\w*)|(?<symbol>::|<=|>=|<>|!=|\|\||[-+*/%(),.;=<>~])/y;

/** Splits a statement into its words. @throws RedshiftError at a character that begins nothing of Redshift's SQL. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length; at = PIECE.lastIndex) {
    PIECE.lastIndex = at;
    const groups = PIECE.exec(sql)?.groups;
    if (!groups) throw new RedshiftError(`syntax error at or near "${sql.slice(at, at + 20)}"`);
    for (const kind of ['word', 'quoted', 'string', 'number', 'symbol', 'parameter'] as const) {
      const text = groups[kind];
      if (text !== undefined) tokens.push({ kind, text: kind === 'word' ? text.toLowerCase() : text });
    }
  }
  return withoutFinalSemicolon(tokens).map(checked);
}

/** The statement again, one space between words. */
export function render(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ');
}

/** Whether the words from `at` on are these, a `word` or a symbol each. */
export function startsWith(tokens: readonly Token[], at: number, ...texts: readonly string[]): boolean {
  return texts.every((text, index) => isText(tokens[at + index], text));
}

export function isText(token: Token | undefined, ...texts: readonly string[]): boolean {
  return token !== undefined && (token.kind === 'word' || token.kind === 'symbol') && texts.includes(token.text);
}

/** First place from `at` on, outside parentheses and `case … end`, where one of the words stands; -1 when there is none. */
export function findOutside(tokens: readonly Token[], at: number, ...texts: readonly string[]): number {
  for (let index = at, depth = 0; index < tokens.length; index += 1) {
    if (depth === 0 && isText(tokens[index], ...texts)) return index;
    if (isText(tokens[index], '(', 'case')) depth += 1;
    if (isText(tokens[index], ')', 'end')) depth -= 1;
  }
  return -1;
}

/** The place after the parenthesis that closes the one at `at`. @throws RedshiftError when there is none. */
export function afterParentheses(tokens: readonly Token[], at: number): number {
  if (!isText(tokens[at], '(')) throw syntaxErrorAt(tokens, at);
  const close = findOutside(tokens, at + 1, ')');
  if (close < 0) throw new RedshiftError('syntax error at end of input');
  return close + 1;
}

/** Splits at commas that stand outside parentheses. */
export function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [];
  for (let at = 0; at <= tokens.length;) {
    const comma = findOutside(tokens, at, ',');
    const end = comma < 0 ? tokens.length : comma;
    parts.push(tokens.slice(at, end));
    at = end + 1;
  }
  return parts;
}

export function syntaxErrorAt(tokens: readonly Token[], at: number): RedshiftError {
  const token = tokens[at];
  return new RedshiftError(token ? `syntax error at or near "${token.text}"` : 'syntax error at end of input');
}

function withoutFinalSemicolon(tokens: Token[]): Token[] {
  const body = isText(tokens.at(-1), ';') ? tokens.slice(0, -1) : tokens;
  if (body.some((token) => isText(token, ';'))) throw new RedshiftError('cannot insert multiple commands into a prepared statement');
  if (body.length === 0) throw new RedshiftError('syntax error at end of input');
  return body;
}

function checked(token: Token): Token {
  // Redshift reads a backslash in a literal as an escape, DuckDB does not.
  if (token.kind === 'string' && token.text.includes('\\')) throw unsupported('A backslash in a literal');
  // DuckDB would read a quoted name that looks like a file as that file.
  if (token.kind === 'quoted' && !/^"(?:IAMR:[\w+=,.@-]+|[\w $\u0080-\uffff]+)"$/.test(token.text))
    throw unsupported(`The quoted name ${token.text}`);
  return token;
}
