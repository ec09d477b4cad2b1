import type { Batch } from '../../../common/contracts/batch.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { fill, statementsOf } from '../../../common/sql-text.ts';
import { loadSql, PROCESSED_TABLES, tableLoads, type ProcessedTable } from './load-sql.ts';

/** Every value is validated where it comes in (event schema, environment): it becomes part of a statement. */
export interface LoadInput {
  readonly batch: Batch;
  readonly bucket: string;
  readonly copyRoleArn: string;
  /** The tables that have at least one object: COPY fails on an empty prefix. */
  readonly tables: ReadonlySet<ProcessedTable>;
}

/**
 * The statements that load a batch, one transaction: stage, COPY, drop duplicates and stale rows, MERGE, count the touched hours anew,
 * write the ledger. Their number does not depend on the number of rows. Loading the same objects again changes no row.
 */
export function loadStatements(input: LoadInput): string[] {
  const present = PROCESSED_TABLES.filter((table) => input.tables.has(table));
  const files = [
    loadSql.lockLedger,
    ...(present.length > 0 ? [loadSql.stageHours] : []),
    ...present.flatMap((table) => statementsOfTable(table, input)),
    ...(present.length > 0 ? [loadSql.clearHours, loadSql.fillHours] : []),
    fill(loadSql.writeLedger, {
      batch: input.batch,
      posts: rowsOf('post', input),
      comments: rowsOf('comment', input),
      scores: rowsOf('score', input),
      summaries: rowsOf('summary', input),
    }),
  ];
  return files.flatMap(statementsOf);
}

function statementsOfTable(table: ProcessedTable, { batch, bucket, copyRoleArn }: LoadInput): string[] {
  const { stage, dedupe, merge } = tableLoads[table];
  const copy = fill(loadSql.copy, { table, bucket, copyRoleArn, prefix: objectKeys.processed(table, batch) });
  return [stage, copy, fill(dedupe, { batch }), ...merge];
}

function rowsOf(table: ProcessedTable, { tables }: LoadInput): string {
  return tables.has(table) ? `select count(*) from staging_${table}` : 'select 0';
}
