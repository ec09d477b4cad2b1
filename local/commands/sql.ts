import { createInterface } from 'node:readline/promises';
import { WarehouseError } from '../../common/errors.ts';
import type { Warehouse } from '../../common/warehouse.ts';
import { laptopWarehouse } from '../run/warehouse-queries.ts';
import { withLaptop } from '../run/with-laptop.ts';
import { namedQueries, runStatements } from '../sql/run-statement.ts';
import type { GlobalOptions } from './global-options.ts';

const HELP =
  'A statement ends with ; and may have several lines. A name runs a query of load/sql/queries/. \\q leaves, \\d lists the queries.';

/** `npm run sql`: a prompt on the local warehouse, or one statement or named query that is given. Returns the exit status. */
export function sql(global: GlobalOptions, statement: string | undefined): Promise<number> {
  return withLaptop(global, async ({ laptop }) => {
    const warehouse = laptopWarehouse(laptop);
    return statement === undefined ? prompt(warehouse) : (await attempt(statement, warehouse)) ? 0 : 1;
  });
}

async function prompt(warehouse: Warehouse): Promise<number> {
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: process.stdin.isTTY });
  if (process.stdin.isTTY) console.log(HELP);
  let statement = '';
  let failed = false;
  // Piped in, the input ends before its last lines are run, and nobody reads a prompt.
  const ask = () => {
    if (!process.stdin.isTTY) return;
    lines.setPrompt(statement === '' ? 'hotpost=> ' : 'hotpost-> ');
    lines.prompt();
  };
  ask();
  for await (const line of lines) {
    if (statement === '' && line.trim() === '\\q') break;
    if (statement === '' && line.trim() === '\\d') console.log(namedQueries().join('\n'));
    else statement += `${line}\n`;
    if (/;\s*$/.test(statement) || /^\s*[a-z_]+\s*$/.test(statement)) {
      failed = !(await attempt(statement, warehouse)) || failed;
      statement = '';
    }
    if (statement.trim() === '') statement = '';
    ask();
  }
  lines.close();
  // Piped in, a failed statement must not look like success.
  return failed && !process.stdin.isTTY ? 1 : 0;
}

/** False after an error, which is printed. */
async function attempt(statement: string, warehouse: Warehouse): Promise<boolean> {
  try {
    console.log(await runStatements(statement, warehouse));
    return true;
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    console.error(error.message.replace(/^Redshift statement [0-9a-f-]+ FAILED: /, ''));
    return false;
  }
}
