import { RedshiftError } from './redshift-error.ts';
import { afterParentheses, findOutside, isText, startsWith, type Token } from './tokens.ts';

const AGGREGATES = 'count sum min max bool_and bool_or'.split(' ');
/** What may follow a table that has no alias. */
const AFTER_TABLES = 'where group order having limit join inner left right full cross on union except intersect'.split(' ');

/** Refuses in a query what Redshift's window functions and subqueries lack and DuckDB has. @throws RedshiftError */
export function checkWindowsAndSubqueries(tokens: readonly Token[]): void {
  for (const at of tokens.keys()) {
    if (!isText(tokens[at + 1], '(')) continue;
    if (isText(tokens[at], ...AGGREGATES)) checkAggregate(tokens, at);
    if (isText(tokens[at], 'from', 'join') && isText(tokens[at + 2], 'select', 'with')) checkName(tokens, at);
  }
}

function checkAggregate(tokens: readonly Token[], at: number): void {
  const over = afterParentheses(tokens, at + 1);
  if (!startsWith(tokens, over, 'over', '(')) return;
  if (isText(tokens[at + 2], 'distinct')) throw new RedshiftError('DISTINCT is not supported inside a window function');
  const window = tokens.slice(over + 2, afterParentheses(tokens, over + 1) - 1);
  if (findOutside(window, 0, 'order') >= 0 && findOutside(window, 0, 'rows') < 0) {
    throw new RedshiftError('Aggregate window functions with an ORDER BY clause require a frame clause');
  }
}

function checkName(tokens: readonly Token[], at: number): void {
  const name = tokens[afterParentheses(tokens, at + 1)];
  const isName = isText(name, 'as') || name?.kind === 'quoted' || (name?.kind === 'word' && !isText(name, ...AFTER_TABLES));
  if (!isName) throw new RedshiftError('subquery in FROM must have an alias');
}
