import { ServiceError, unknownOperation, type Caller, type JsonService } from '../endpoint/service.ts';
import type { CopySources } from './copy.ts';
import { openDatabase } from './database.ts';
import { parseRequest, requestSchemas } from './requests.ts';
import { pageOf } from './result-pages.ts';
import { describe, describeSql, isOver } from './statement-record.ts';
import { statementStore } from './statement-store.ts';
import { startWorker, type OnStatement } from './worker.ts';

export interface Workgroup {
  readonly name: string;
  readonly database: string;
}

export interface RedshiftDataOptions extends CopySources {
  /** The DuckDB file; made when it is not there. */
  readonly databaseFile: string;
  readonly workgroups: readonly Workgroup[];
  /** Real time before a statement starts; default 20. */
  readonly delayMilliseconds?: number;
  /** Records a page of GetStatementResult; default 1000. */
  readonly pageRows?: number;
  /** ARNs of roles that are the database's superusers, as the admin's secret is. */
  readonly superusers?: readonly string[];
  readonly onStatement?: OnStatement;
}

/**
 * The Redshift Data API over DuckDB, for the laptop run. It is meant never to be kinder than Redshift: what it cannot show it refuses
 * (docs/redshift-stand-in.md). Only the role that submitted a statement may describe, read or cancel it.
 * @throws Error naming the file when another process has it open.
 */
export async function redshiftDataService(options: RedshiftDataOptions): Promise<JsonService> {
  const worker = startWorker({
    database: await openDatabase(options.databaseFile),
    databaseNames: new Set(options.workgroups.map(({ database }) => database)),
    sources: options,
    delayMilliseconds: options.delayMilliseconds ?? 20,
    userOf: ({ ownerRoleArn, secretArn }) => ({
      name: `IAMR:${ownerRoleArn.split('/').at(-1) ?? ''}`,
      isSuperuser: secretArn !== undefined || (options.superusers ?? []).includes(ownerRoleArn),
    }),
    ...(options.onStatement ? { onStatement: options.onStatement } : {}),
  });
  const store = statementStore(options.workgroups);

  const operations: Readonly<Record<string, (input: unknown, caller: Caller) => object>> = {
    ExecuteStatement(input, caller) {
      const request = parseRequest(requestSchemas.execute, input);
      return store.submit(request, [request.Sql], caller, worker);
    },
    BatchExecuteStatement(input, caller) {
      const request = parseRequest(requestSchemas.batchExecute, input);
      return store.submit(request, request.Sqls, caller, worker);
    },
    DescribeStatement(input, caller) {
      const { statement, sub } = store.find(parseRequest(requestSchemas.describe, input).Id, caller);
      return sub ? describeSql(sub) : describe(statement);
    },
    GetStatementResult(input, caller) {
      const { Id, NextToken } = parseRequest(requestSchemas.result, input);
      const { statement, sub } = store.find(Id, caller);
      return pageOf(sub ?? statement, NextToken, options.pageRows ?? 1000);
    },
    CancelStatement(input, caller) {
      const { statement, sub } = store.find(parseRequest(requestSchemas.cancel, input).Id, caller);
      if (sub) throw new ServiceError('ValidationException', 'A sub-statement cannot be cancelled by itself');
      if (isOver(statement))
        throw new ServiceError('ValidationException', `Could not cancel a query that is already in ${statement.status} state`);
      worker.cancel(statement);
      return { Status: true };
    },
    ListStatements(input, caller) {
      return store.list(parseRequest(requestSchemas.list, input), caller);
    },
  };

  return {
    targetPrefix: 'RedshiftData',
    async handle(operation, input, caller) {
      const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!run) throw unknownOperation('Redshift Data API', operation);
      return Promise.resolve(run(input, caller));
    },
    close: () => worker.close(),
  };
}
