import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statementsOf } from '../../common/sql-text.ts';
import type { Warehouse } from '../../common/warehouse.ts';
import { repository } from '../run/directories.ts';
import { renderRows } from './render-rows.ts';

const QUERIES = join(repository, 'load', 'sql', 'queries');

/** The names of load/sql/queries/, each with its line of explanation. */
export function namedQueries(): string[] {
  const names = readdirSync(QUERIES).map((file) => file.replace(/\.sql$/, ''));
  const longest = Math.max(...names.map((name) => name.length));
  return names.map((name) => `${name.padEnd(longest)}  ${textOf(name).split('\n')[0]?.replace(/^-- /, '') ?? ''}`);
}

/**
 * Runs statements, or a query of load/sql/queries/ by its name, and gives what a person reads of it.
 * @throws WarehouseError as Redshift would word it, or as the stand-in refuses it.
 */
export async function runStatements(text: string, warehouse: Warehouse): Promise<string> {
  const isName = /^[a-z_]+;?$/.test(text.trim()) && readdirSync(QUERIES).includes(`${text.trim().replace(/;$/, '')}.sql`);
  const statements = statementsOf(isName ? textOf(text.trim().replace(/;$/, '')) : text);
  const outcomes: string[] = [];
  for (const statement of statements) outcomes.push(await outcomeOf(statement, warehouse));
  return outcomes.join('\n\n');
}

async function outcomeOf(statement: string, warehouse: Warehouse): Promise<string> {
  if (/^(select|with)\b/i.test(statement)) return renderRows(await warehouse.read(statement));
  const rows = await warehouse.execute(statement);
  return `${statement.split(/\s/, 1)[0]?.toLowerCase() ?? ''}: ${rows} rows`;
}

function textOf(name: string): string {
  return readFileSync(join(QUERIES, `${name}.sql`), 'utf8');
}
