import type { DuckDBConnection } from '@duckdb/node-api';
import { alterTable } from './alter-table.ts';
import { columnsOf } from './catalog.ts';
import { copyObjects, type CopySources } from './copy.ts';
import { createTable } from './create-table.ts';
import { checkDialect } from './dialect.ts';
import { createRole, createUser, forgetGrants, grant, GRANT_SCHEMA } from './grants.ts';
import { merge } from './merge.ts';
import { RedshiftError, unsupported } from './redshift-error.ts';
import { resultSetOf, type ResultSet } from './result-set.ts';
import { asDuckDb } from './rewrite.ts';
import { isNamed, nameAt, quote, tableNameAt } from './table-name.ts';
import { findOutside, isText, startsWith, syntaxErrorAt, type Token } from './tokens.ts';

export interface Outcome {
  /** Rows that were read or changed; -1 where there is no such number. */
  readonly rows: number;
  readonly resultSet?: ResultSet;
}

type Run = (connection: DuckDBConnection, tokens: readonly Token[], sources: CopySources) => Promise<Outcome>;

/**
 * Runs one statement of Redshift's SQL on DuckDB, inside the transaction that the caller holds.
 * @throws RedshiftError for what Redshift refuses or the stand-in does not know; DuckDB's error when it fails.
 */
export function runStatement(connection: DuckDBConnection, tokens: readonly Token[], sources: CopySources): Promise<Outcome> {
  if (tokens.some((token) => isNamed(token, GRANT_SCHEMA))) throw new RedshiftError(`schema "${GRANT_SCHEMA}" does not exist`);
  const run = isText(tokens[0], ...Object.keys(STATEMENTS)) ? STATEMENTS[tokens[0]?.text ?? ''] : undefined;
  if (!run) throw unsupported(`The statement ${tokens[0]?.text ?? ''}`);
  return run(connection, tokens, sources);
}

const query: Run = async (connection, tokens) => {
  // Redshift has WITH before SELECT only (its page WITH clause); DuckDB before changes too.
  const change = isText(tokens[0], 'with') ? findOutside(tokens, 1, 'insert', 'update', 'delete', 'merge') : -1;
  if (change >= 0) throw syntaxErrorAt(tokens, change);
  checkDialect(tokens);
  const resultSet = await resultSetOf(connection, asDuckDb(tokens));
  return { rows: resultSet.records.length, resultSet };
};

const insert: Run = async (connection, tokens) => {
  if (!isText(tokens[1], 'into')) throw syntaxErrorAt(tokens, 1);
  return change(connection, tokens, tableNameAt(tokens, 2).end);
};

const update: Run = async (connection, tokens) => {
  const { end } = tableNameAt(tokens, 1);
  if (!isText(tokens[end], 'set')) throw syntaxErrorAt(tokens, end);
  return change(connection, tokens, end);
};

const remove: Run = async (connection, tokens) => {
  if (!isText(tokens[1], 'from')) throw syntaxErrorAt(tokens, 1);
  const { end } = tableNameAt(tokens, 2);
  if (tokens[end] && !isText(tokens[end], 'where', 'using')) throw syntaxErrorAt(tokens, end);
  return change(connection, tokens, end);
};

async function change(connection: DuckDBConnection, tokens: readonly Token[], tableAt: number): Promise<Outcome> {
  checkDialect(tokens, tableAt);
  return { rows: (await connection.run(asDuckDb(tokens))).rowsChanged };
}

const create: Run = async (connection, tokens) => {
  if (isText(tokens[1], 'schema')) {
    const at = startsWith(tokens, 2, 'if', 'not', 'exists') ? 5 : 2;
    if (tokens.length !== at + 1) throw syntaxErrorAt(tokens, at + 1);
    await connection.run(`create schema ${at === 5 ? 'if not exists ' : ''}${quote(nameAt(tokens, at))}`);
  } else if (isText(tokens[1], 'table', 'temp', 'temporary')) await connection.run(createTable(tokens));
  else if (isText(tokens[1], 'role')) await createRole(connection, tokens);
  else if (isText(tokens[1], 'user')) await createUser(connection, tokens);
  else throw unsupported(`create ${tokens[1]?.text ?? ''}`);
  return { rows: -1 };
};

const drop: Run = async (connection, tokens) => {
  if (!isText(tokens[1], 'table')) throw unsupported(`drop ${tokens[1]?.text ?? ''}`);
  const ifExists = startsWith(tokens, 2, 'if', 'exists');
  const name = tableNameAt(tokens, ifExists ? 4 : 2);
  const { text, end } = name;
  if (end !== tokens.length) throw unsupported('drop table with more than one name or with cascade');
  await connection.run(`drop table ${ifExists ? 'if exists ' : ''}${text}`);
  await forgetGrants(connection, name);
  return { rows: -1 };
};

const alter: Run = async (connection, tokens) => {
  if (!isText(tokens[1], 'table')) throw unsupported(`alter ${tokens[1]?.text ?? ''}`);
  await alterTable(connection, tokens);
  return { rows: -1 };
};

/** One statement runs at a time here, so a lock that is asked for is had; only the table must exist. */
const lock: Run = async (connection, tokens) => {
  const name = tableNameAt(tokens, isText(tokens[1], 'table') ? 2 : 1);
  if (name.end !== tokens.length) throw syntaxErrorAt(tokens, name.end);
  await columnsOf(connection, name);
  return { rows: -1 };
};

const refuseTransaction: Run = () => {
  throw unsupported('BEGIN, COMMIT and ROLLBACK inside the Data API, which makes each call one transaction');
};

const refuseTruncate: Run = () => {
  throw new RedshiftError('TRUNCATE commits the transaction it stands in; the local stand-in refuses it. Use DELETE.');
};

const STATEMENTS: Readonly<Record<string, Run>> = {
  select: query,
  with: query,
  insert,
  update,
  delete: remove,
  merge: async (connection, tokens) => ({ rows: await merge(connection, tokens) }),
  grant: async (connection, tokens) => {
    await grant(connection, tokens);
    return { rows: -1 };
  },
  copy: async (connection, tokens, sources) => ({ rows: await copyObjects(connection, tokens, sources) }),
  create,
  drop,
  alter,
  lock,
  truncate: refuseTruncate,
  begin: refuseTransaction,
  start: refuseTransaction,
  commit: refuseTransaction,
  end: refuseTransaction,
  rollback: refuseTransaction,
  abort: refuseTransaction,
};
