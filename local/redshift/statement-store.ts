import { randomUUID } from 'node:crypto';
import { ServiceError, type Caller } from '../endpoint/service.ts';
import { checkParameters, type SqlParameter } from './parameters.ts';
import type { Submission } from './requests.ts';
import { describe, sqlRecord, type SqlRecord, type StatementRecord } from './statement-record.ts';
import { tokenize } from './tokens.ts';
import type { Worker } from './worker.ts';

export interface StatementStore {
  /** Takes a call; the same ClientToken of the same caller answers with the statement it made before. */
  submit(request: Submission, sqls: readonly string[], caller: Caller, worker: Worker): object;
  /** @throws ServiceError ResourceNotFoundException when there is none, or it is another role's. */
  find(id: string, caller: Caller): { statement: StatementRecord; sub?: SqlRecord };
  list(
    request: { StatementName?: string | undefined; Status?: string | undefined; MaxResults?: number | undefined },
    caller: Caller,
  ): object;
}

/** The statements of this process; they are not kept over a restart, as AWS keeps them for a day only. */
export function statementStore(workgroups: readonly { name: string; database: string }[]): StatementStore {
  const statements = new Map<string, StatementRecord>();
  const byToken = new Map<string, StatementRecord>();

  return {
    submit(request, sqls, caller, worker) {
      if (!workgroups.some(({ name }) => name === request.WorkgroupName)) {
        throw new ServiceError('ValidationException', `Redshift endpoint doesn't exist in this region: workgroup ${request.WorkgroupName}`);
      }
      const token = request.ClientToken === undefined ? undefined : `${caller.roleArn} ${request.ClientToken}`;
      const before = token === undefined ? undefined : byToken.get(token);
      if (before) return accepted(before);
      const parameters = request.Parameters ?? [];
      checkReadable(sqls, parameters);
      const statement = newStatement(request, sqls, caller);
      statements.set(statement.id, statement);
      if (token !== undefined) byToken.set(token, statement);
      worker.submit(statement, parameters);
      return accepted(statement);
    },
    find(id, caller) {
      const [parent = '', number] = id.split(':');
      const statement = statements.get(parent);
      const sub = number === undefined ? undefined : statement?.subs[Number(number) - 1];
      const isThere = statement?.ownerRoleArn === caller.roleArn && (number === undefined || (statement.isBatch && sub !== undefined));
      if (!statement || !isThere) throw new ServiceError('ResourceNotFoundException', 'Query does not exist.');
      return { statement, ...(sub ? { sub } : {}) };
    },
    list({ StatementName, Status, MaxResults }, caller) {
      const own = [...statements.values()].filter(
        (statement) =>
          statement.ownerRoleArn === caller.roleArn &&
          (StatementName === undefined || (statement.name ?? '').startsWith(StatementName)) &&
          (Status === undefined || Status === 'ALL' || statement.status === Status),
      );
      return {
        Statements: own
          .toReversed()
          .slice(0, MaxResults ?? 100)
          .map(listed),
      };
    },
  };
}

/** A text that cannot be read is accepted and fails later, as on AWS. */
function checkReadable(sqls: readonly string[], parameters: readonly SqlParameter[]): void {
  try {
    checkParameters(sqls.flatMap(tokenize), parameters);
  } catch (error) {
    if (error instanceof ServiceError) throw error;
  }
}

function newStatement(request: Submission, sqls: readonly string[], caller: Caller): StatementRecord {
  const id = randomUUID();
  const now = Date.now();
  const isBatch = 'Sqls' in request;
  return {
    ...sqlRecord(id, isBatch ? '' : (sqls[0] ?? ''), now),
    ownerRoleArn: caller.roleArn,
    name: request.StatementName,
    workgroup: request.WorkgroupName,
    database: request.Database,
    secretArn: request.SecretArn,
    isBatch,
    subs: sqls.map((sql, index) => sqlRecord(`${id}:${index + 1}`, sql, now)),
  };
}

function accepted(statement: StatementRecord): object {
  return {
    Id: statement.id,
    CreatedAt: statement.createdAt / 1000,
    Database: statement.database,
    WorkgroupName: statement.workgroup,
    ...(statement.secretArn === undefined ? {} : { SecretArn: statement.secretArn }),
  };
}

function listed(statement: StatementRecord): object {
  const { Id, Status, CreatedAt, UpdatedAt, QueryString } = describe(statement) as Record<string, unknown>;
  return {
    Id,
    Status,
    CreatedAt,
    UpdatedAt,
    IsBatchStatement: statement.isBatch,
    ...(statement.isBatch ? { QueryStrings: statement.subs.map(({ sql }) => sql) } : { QueryString }),
    ...(statement.name === undefined ? {} : { StatementName: statement.name }),
  };
}
