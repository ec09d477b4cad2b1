import { setTimeout as sleep } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { errorMessage } from '../error-message.ts';
import type { CopySources } from './copy.ts';
import type { Database } from './database.ts';
import { accessOf, type DatabaseUser } from './grants.ts';
import { bindParameters, type SqlParameter } from './parameters.ts';
import { RedshiftError } from './redshift-error.ts';
import { runStatement } from './run-statement.ts';
import { isOver, move, type SqlRecord, type StatementRecord } from './statement-record.ts';
import { tokenize } from './tokens.ts';

export interface Worker {
  /** Queues a statement; it runs when all before it are over. */
  submit(statement: StatementRecord, parameters: readonly SqlParameter[]): void;
  /** Ends a statement that is not over. */
  cancel(statement: StatementRecord): void;
  /** Aborts what runs and what waits, and lets go of the file. */
  close(): Promise<void>;
}

export interface WorkerOptions {
  readonly database: Database;
  readonly databaseNames: ReadonlySet<string>;
  readonly sources: CopySources;
  /** Real time between SUBMITTED and STARTED, so that callers must poll. */
  readonly delayMilliseconds: number;
  /** Who a statement runs as. */
  readonly userOf: (statement: StatementRecord) => DatabaseUser;
  readonly onStatement?: OnStatement;
}

/** Called inside the transaction after its beginning and after each statement, and once more after the commit. A test lets the run die there. */
export type OnStatement = () => Promise<void>;

const INTERRUPT_MILLISECONDS = 20;

/** One statement at a time, each call one transaction: the first error rolls all of it back. */
export function startWorker({ database, databaseNames, sources, delayMilliseconds, userOf, onStatement }: WorkerOptions): Worker {
  const waiting = new Set<StatementRecord>();
  let running: { readonly statement: StatementRecord; readonly connection: DuckDBConnection } | undefined;
  let last: Promise<void> = Promise.resolve();
  let closed = false;

  const run = async (statement: StatementRecord, parameters: readonly SqlParameter[]) => {
    await sleep(delayMilliseconds);
    waiting.delete(statement);
    if (isOver(statement)) return;
    if (closed) {
      abort(statement);
      return;
    }
    const connection = await database.connect();
    try {
      running = { statement, connection };
      move(statement, 'STARTED');
      if (!databaseNames.has(statement.database)) fail(statement, `FATAL: database "${statement.database}" does not exist`);
      // A rollback is not interrupted any more.
      else
        await transact({ connection, statement, parameters, sources, user: userOf(statement), onStatement }, () => (running = undefined));
    } finally {
      running = undefined;
      connection.closeSync();
    }
  };

  /** Again until it has ended: DuckDB forgets an interruption that comes between two of its queries, and the next would run to its end. */
  const interrupt = async (statement: StatementRecord) => {
    while (running?.statement === statement) {
      running.connection.interrupt();
      await sleep(INTERRUPT_MILLISECONDS);
    }
  };

  return {
    submit(statement, parameters) {
      waiting.add(statement);
      last = last.then(() => run(statement, parameters)).catch((error: unknown) => fail(statement, messageOf(error)));
    },
    cancel(statement) {
      abort(statement);
      void interrupt(statement);
    },
    async close() {
      closed = true;
      for (const statement of waiting) abort(statement);
      if (running) {
        abort(running.statement);
        void interrupt(running.statement);
      }
      await last;
      database.close();
    },
  };
}

interface Transaction {
  readonly connection: DuckDBConnection;
  readonly statement: StatementRecord;
  readonly parameters: readonly SqlParameter[];
  readonly sources: CopySources;
  readonly user: DatabaseUser;
  readonly onStatement: OnStatement | undefined;
}

async function transact(
  { connection, statement, parameters, sources, user, onStatement }: Transaction,
  beforeRollback: () => void,
): Promise<void> {
  await connection.run('begin transaction');
  const checkAccess = await accessOf(connection, user);
  await onStatement?.();
  for (const [index, sub] of statement.subs.entries()) {
    if (isOver(statement)) break;
    try {
      move(sub, 'STARTED');
      const tokens = bindParameters(tokenize(sub.sql), parameters);
      checkAccess(tokens);
      const { rows, resultSet } = await runStatement(connection, tokens, sources);
      sub.rows = rows;
      if (resultSet) sub.resultSet = resultSet;
      await onStatement?.();
      move(sub, 'FINISHED');
    } catch (error) {
      move(sub, 'FAILED', `ERROR: ${messageOf(error)}`);
      if (!isOver(statement))
        fail(statement, statement.isBatch ? `Query #${index + 1} failed with ERROR: ${messageOf(error)}` : (sub.error ?? ''));
    }
  }
  if (isOver(statement)) {
    beforeRollback();
    await connection.run('rollback');
    abandon(statement.subs);
    return;
  }
  await connection.run('commit');
  await onStatement?.();
  const only = statement.isBatch ? undefined : statement.subs[0];
  statement.rows = only?.rows ?? -1;
  if (only?.resultSet) statement.resultSet = only.resultSet;
  move(statement, 'FINISHED');
}

/** What was done before the failure is undone, what comes after was never begun. */
function abandon(subs: readonly SqlRecord[]): void {
  for (const sub of subs) {
    if (sub.status === 'FAILED') continue;
    delete sub.resultSet;
    move(sub, 'ABORTED');
  }
}

function fail(statement: StatementRecord, error: string): void {
  if (isOver(statement)) return;
  move(statement, 'FAILED', error);
  abandon(statement.subs);
}

function abort(statement: StatementRecord): void {
  if (isOver(statement)) return;
  move(statement, 'ABORTED');
}

/** DuckDB's first line, in Redshift's words where they differ. */
function messageOf(error: unknown): string {
  if (error instanceof RedshiftError) return error.message;
  const first = errorMessage(error).split('\n')[0] ?? '';
  const tooLong = /CHECK constraint failed on table (\S+) .*strlen\("?(\w+)"?\) <= (\d+)/.exec(first);
  if (tooLong) return `value too long for type character varying(${tooLong[3] ?? ''}) (column ${tooLong[2] ?? ''} of ${tooLong[1] ?? ''})`;
  const missing = /Table with name (\S+) does not exist/.exec(first);
  if (missing) return `relation "${missing[1] ?? ''}" does not exist`;
  return first.replace(/^(\w+ )*Error: /, '');
}
