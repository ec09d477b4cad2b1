import { instantOf, type Batch } from '../../../common/contracts/batch.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { fill, statementsOf } from '../../../common/sql-text.ts';
import type { ExpectedRows } from './expected-rows.ts';
import { gates, loadSql, PROCESSED_TABLES, tableLoads, type ProcessedTable } from './load-sql.ts';

/** Every value is validated where it comes in (event schema, environment): it becomes part of a statement. */
export interface LoadInput {
  readonly batch: Batch;
  readonly bucket: string;
  readonly copyRoleArn: string;
  /** The tables that have at least one object: COPY fails on an empty prefix. */
  readonly tables: ReadonlySet<ProcessedTable>;
  /** Whether extraction found posts that are gone. */
  readonly hasGone: boolean;
  /** What extraction says that it wrote. */
  readonly expected: ExpectedRows;
}

/**
 * The statements that load a batch, one transaction: stage and COPY, quality gates, then for each table drop duplicates and stale rows and
 * MERGE; count the touched hours anew, write the ledger. Their number does not depend on the number of rows. Loading the same objects again
 * changes no row.
 */
export function loadStatements(input: LoadInput): string[] {
  const present = PROCESSED_TABLES.filter((table) => input.tables.has(table));
  const constants = constantsOf(input);
  const files = [
    loadSql.lockLedger,
    // Outcomes are staged even when there are none: the gates ask for them.
    ...PROCESSED_TABLES.filter((table) => input.tables.has(table) || table === 'outcome').map((table) => tableLoads[table].stage),
    ...present.map((table) => fill(loadSql.copy, { ...constants, table, prefix: objectKeys.processed(table, input.batch) })),
    ...(input.hasGone ? [loadSql.stageGone, loadSql.copyGone] : []),
    ...gates.filter(({ of }) => of === null || input.tables.has(of)).map(({ sql }) => sql),
    ...(present.length > 0 ? [loadSql.stageHours] : []),
    ...present.flatMap((table) => [tableLoads[table].dedupe, ...tableLoads[table].merge]),
    ...(present.length > 0 ? [loadSql.clearHours, loadSql.fillHours] : []),
    ...(input.hasGone ? [loadSql.writeGone] : []),
    loadSql.writeLedger,
  ];
  return files.flatMap(statementsOf).map((statement) => fill(statement, constants));
}

function constantsOf(input: LoadInput): Readonly<Record<string, string>> {
  const rows = (table: ProcessedTable) => (input.tables.has(table) ? `select count(*) from staging_${table}` : 'select 0');
  return {
    batch: input.batch,
    batchTime: instantOf(input.batch).toString({ smallestUnit: 'second' }).replace('T', ' ').replace('Z', ''),
    bucket: input.bucket,
    copyRoleArn: input.copyRoleArn,
    gonePrefix: objectKeys.allRawGone(input.batch),
    postRows: rows('post'),
    commentRows: rows('comment'),
    scoreRows: rows('score'),
    summaryRows: rows('summary'),
    expectedPosts: String(input.expected.posts),
    expectedComments: String(input.expected.comments),
  };
}
