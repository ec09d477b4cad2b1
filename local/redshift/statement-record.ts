import type { ResultSet } from './result-set.ts';

export type StatementStatus = 'SUBMITTED' | 'STARTED' | 'FINISHED' | 'FAILED' | 'ABORTED';

/** One SQL text and what became of it. */
export interface SqlRecord {
  readonly id: string;
  readonly sql: string;
  status: StatementStatus;
  error?: string;
  rows: number;
  resultSet?: ResultSet;
  createdAt: number;
  updatedAt: number;
  /** Milliseconds. */
  duration: number;
}

/** One call of ExecuteStatement (one SQL text) or BatchExecuteStatement. */
export interface StatementRecord extends SqlRecord {
  readonly ownerRoleArn: string;
  readonly name: string | undefined;
  readonly workgroup: string;
  readonly database: string;
  readonly secretArn: string | undefined;
  readonly isBatch: boolean;
  readonly subs: readonly SqlRecord[];
}

export function sqlRecord(id: string, sql: string, now: number): SqlRecord {
  return { id, sql, status: 'SUBMITTED', rows: -1, createdAt: now, updatedAt: now, duration: 0 };
}

/** Moves a record on, keeping when. */
export function move(record: SqlRecord, status: StatementStatus, error?: string): void {
  const now = Date.now();
  if (status === 'STARTED') record.updatedAt = now;
  else record.duration = record.status === 'STARTED' ? now - record.updatedAt : 0;
  record.status = status;
  record.updatedAt = now;
  if (error !== undefined) record.error = error;
}

export function isOver({ status }: SqlRecord): boolean {
  return status === 'FINISHED' || status === 'FAILED' || status === 'ABORTED';
}

/** As DescribeStatement answers; instants in epoch seconds. */
export function describe(statement: StatementRecord): object {
  return {
    ...describeSql(statement),
    WorkgroupName: statement.workgroup,
    Database: statement.database,
    ...(statement.secretArn === undefined ? {} : { SecretArn: statement.secretArn }),
    ResultFormat: 'json',
    ...(statement.isBatch ? { SubStatements: statement.subs.map(describeSql), QueryString: '' } : {}),
  };
}

export function describeSql(record: SqlRecord): object {
  return {
    Id: record.id,
    Status: record.status,
    QueryString: record.sql,
    CreatedAt: record.createdAt / 1000,
    UpdatedAt: record.updatedAt / 1000,
    Duration: record.duration * 1_000_000,
    HasResultSet: record.resultSet !== undefined,
    ResultRows: record.rows,
    ResultSize: record.resultSet ? JSON.stringify(record.resultSet.records).length : 0,
    RedshiftQueryId: 0,
    RedshiftPid: 0,
    ...(record.error === undefined ? {} : { Error: record.error }),
  };
}
