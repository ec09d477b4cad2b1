import { createHash } from 'node:crypto';
import type { PrepareLoadEvent, PrepareLoadResult } from '../../../common/contracts/events.ts';
import type { Batch } from '../../../common/contracts/batch.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import type { ObjectStore } from '../../../common/object-store.ts';
import { expectedRows } from './expected-rows.ts';
import { PROCESSED_TABLES, type ProcessedTable } from './load-sql.ts';
import { loadStatements } from './load-statements.ts';

export interface PrepareLoadDependencies {
  readonly store: Pick<ObjectStore, 'bucket' | 'list' | 'readJson'>;
  readonly copyRoleArn: string;
}

/**
 * Builds the statements of a batch; the state machine submits them, because only the submitter may describe.
 * A batch without any object still gets its ledger row.
 */
export async function prepareLoad(
  { batch, executionName }: PrepareLoadEvent,
  { store, copyRoleArn }: PrepareLoadDependencies,
): Promise<PrepareLoadResult> {
  const [tables, gone, expected] = await Promise.all([
    tablesWithObjects(batch, store),
    store.list(objectKeys.allRawGone(batch)),
    expectedRows(batch, store),
  ]);
  return {
    sqls: loadStatements({ batch, bucket: store.bucket, copyRoleArn, tables, hasGone: gone.length > 0, expected }),
    clientToken: clientTokenOf(batch, executionName),
    statementName: `load-${batch}`,
  };
}

async function tablesWithObjects(batch: Batch, store: PrepareLoadDependencies['store']): Promise<Set<ProcessedTable>> {
  const keys = await Promise.all(PROCESSED_TABLES.map((table) => store.list(objectKeys.processed(table, batch))));
  return new Set(PROCESSED_TABLES.filter((_, index) => keys[index]?.some(isLoaded)));
}

/** Redshift passes over names that begin with `_` or `.`, as Spark's markers do. */
function isLoaded(key: string): boolean {
  return !/(^|\/)[_.][^/]*$/.test(key) && !key.endsWith('/');
}

/** 64 characters, the most that the Data API takes: a retried task gets the same statement, a rerun a new one. */
function clientTokenOf(batch: Batch, executionName: string): string {
  return createHash('sha256').update(`${batch}\n${executionName}`).digest('hex');
}
