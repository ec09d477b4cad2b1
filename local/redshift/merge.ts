import type { DuckDBConnection } from '@duckdb/node-api';
import { columnsOf } from './catalog.ts';
import { checkDialect } from './dialect.ts';
import { RedshiftError, unsupported } from './redshift-error.ts';
import { asDuckDb } from './rewrite.ts';
import { tableNameAt, type TableName } from './table-name.ts';
import { findOutside, isText, render, startsWith, syntaxErrorAt, type Token } from './tokens.ts';

interface Merge {
  readonly target: TableName;
  readonly source: TableName;
  /** The source with its alias, as written. */
  readonly sourceText: string;
  readonly condition: string;
}

/**
 * `merge into`, which DuckDB runs as written after what Redshift refuses is refused here.
 * @returns how many rows were inserted or changed. @throws RedshiftError
 */
export async function merge(connection: DuckDBConnection, tokens: readonly Token[]): Promise<number> {
  const parts = parseMerge(tokens);
  checkDialect(tokens);
  await columnsOf(connection, parts.target);
  await columnsOf(connection, parts.source);
  await refuseSeveralMatches(connection, parts);
  return (await connection.run(asDuckDb(tokens))).rowsChanged;
}

function parseMerge(tokens: readonly Token[]): Merge {
  const target = tableNameAt(tokens, 2);
  // Redshift takes no alias of the target.
  if (!isText(tokens[target.end], 'using')) throw syntaxErrorAt(tokens, target.end);
  if (isText(tokens[target.end + 1], '(')) throw new RedshiftError('MERGE source must be a table: a subquery is not supported');
  const source = tableNameAt(tokens, target.end + 1);
  const on = findOutside(tokens, source.end, 'on');
  const firstWhen = findOutside(tokens, source.end, 'when');
  if (findOutside(tokens, source.end, 'remove') >= 0) throw unsupported('MERGE … REMOVE DUPLICATES');
  if (on < 0 || on > source.end + 2) throw syntaxErrorAt(tokens, source.end);
  if (firstWhen < 0) throw syntaxErrorAt(tokens, tokens.length);
  checkClauses(tokens, firstWhen);
  return {
    target,
    source,
    sourceText: render(tokens.slice(target.end + 1, on)),
    condition: asDuckDb(tokens.slice(on + 1, firstWhen)),
  };
}

/** Exactly `when matched then update|delete` and `when not matched then insert`, in this order, without further conditions. */
function checkClauses(tokens: readonly Token[], firstWhen: number): void {
  if (!startsWith(tokens, firstWhen, 'when', 'matched', 'then')) throw syntaxErrorAt(tokens, firstWhen + 2);
  if (!isText(tokens[firstWhen + 3], 'update', 'delete')) throw syntaxErrorAt(tokens, firstWhen + 3);
  const second = findOutside(tokens, firstWhen + 1, 'when');
  if (second < 0) throw new RedshiftError('MERGE needs both WHEN MATCHED and WHEN NOT MATCHED');
  if (!startsWith(tokens, second, 'when', 'not', 'matched', 'then', 'insert')) throw syntaxErrorAt(tokens, second + 3);
  if (!isText(tokens[second + 5], '(')) throw syntaxErrorAt(tokens, second + 5); // columns; `insert values (…)` alone is not shown
  const third = findOutside(tokens, second + 1, 'when');
  if (third >= 0) throw syntaxErrorAt(tokens, third);
}

/** DuckDB lets the first of several rows win; Redshift fails. */
async function refuseSeveralMatches(connection: DuckDBConnection, { target, sourceText, condition }: Merge): Promise<void> {
  const row = `${target.text}.rowid`;
  const several = await connection.runAndReadAll(
    `select 1 from ${target.text} join ${sourceText} on ${condition} group by ${row} having count(*) > 1 limit 1`,
  );
  if (several.currentRowCount > 0) throw new RedshiftError('Found multiple matches to update the same tuple.');
}
