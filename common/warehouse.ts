import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  RedshiftDataClient,
  type DescribeStatementCommandOutput,
  type Field,
} from '@aws-sdk/client-redshift-data';
import { setTimeout as sleep } from 'node:timers/promises';
import { WarehouseError } from './errors.ts';

export type WarehouseValue = string | number | boolean | null;
/** One row of a result, by column name. Decimals and timestamps come as text, as the Data API gives them. */
export type WarehouseRow = Readonly<Record<string, WarehouseValue>>;
/** Bound values, `:name` in the statement. The Data API carries text only: the statement casts. Neither empty text nor null can be bound. */
export type WarehouseParameters = Readonly<Record<string, string | number | boolean>>;

/** Single statements of one function on Redshift; it submits, describes and reads them itself, because only the submitter may. */
export interface Warehouse {
  /** All rows of a query. @throws WarehouseError when the statement fails or does not end in time. */
  read(sql: string, parameters?: WarehouseParameters): Promise<WarehouseRow[]>;
  /** Runs a statement in its own transaction; answers how many rows it touched. @throws WarehouseError as `read`. */
  execute(sql: string, parameters?: WarehouseParameters): Promise<number>;
}

/** What a migration needs besides: several statements that stand or fall together. */
export interface TransactionalWarehouse extends Warehouse {
  /** Runs 1–40 statements as one transaction. @throws WarehouseError as `read`, after Redshift has rolled all of them back. */
  transact(sqls: readonly string[]): Promise<void>;
}

export interface WarehouseConnection {
  readonly workgroupName: string;
  readonly databaseName: string;
  /** Empty: the function's own role is the database user. */
  readonly secretArn: string;
  /** The most that one statement may take, real time; default 60 s. */
  readonly timeoutMilliseconds?: number;
}

const FIRST_WAIT_MILLISECONDS = 50;
const LONGEST_WAIT_MILLISECONDS = 2000;

/** Redshift through the Data API, each statement submitted, polled (50 ms to 2 s apart) and read. */
export function redshiftWarehouse(connection: WarehouseConnection, client = new RedshiftDataClient({})): TransactionalWarehouse {
  const place = {
    WorkgroupName: connection.workgroupName,
    Database: connection.databaseName,
    ...(connection.secretArn ? { SecretArn: connection.secretArn } : {}),
  };

  const submit = async (sql: string, parameters: WarehouseParameters) => {
    const bound = Object.entries(parameters).map(([name, value]) => ({ name, value: String(value) }));
    const { Id } = await client.send(
      new ExecuteStatementCommand({ ...place, Sql: sql, ...(bound.length > 0 ? { Parameters: bound } : {}) }),
    );
    return given(Id);
  };

  const finish = async (id: string) => {
    const deadline = performance.now() + (connection.timeoutMilliseconds ?? 60_000);
    for (let wait = FIRST_WAIT_MILLISECONDS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MILLISECONDS)) {
      const statement = await client.send(new DescribeStatementCommand({ Id: id }));
      if (statement.Status === 'FINISHED') return statement;
      if (statement.Status === 'FAILED' || statement.Status === 'ABORTED') throw failed(id, statement);
      if (performance.now() + wait > deadline) throw await abandon(client, id);
      await sleep(wait);
    }
  };

  return {
    async read(sql, parameters = {}) {
      const id = await submit(sql, parameters);
      const statement = await finish(id);
      return statement.HasResultSet ? readRows(client, id) : [];
    },
    async execute(sql, parameters = {}) {
      const statement = await finish(await submit(sql, parameters));
      return Math.max(0, statement.ResultRows ?? 0);
    },
    async transact(sqls) {
      const { Id } = await client.send(new BatchExecuteStatementCommand({ ...place, Sqls: [...sqls] }));
      await finish(given(Id));
    },
  };
}

function given(id: string | undefined): string {
  if (!id) throw new WarehouseError('The Redshift Data API gave no statement id; run the batch again');
  return id;
}

async function readRows(client: RedshiftDataClient, id: string): Promise<WarehouseRow[]> {
  const rows: WarehouseRow[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(new GetStatementResultCommand({ Id: id, ...(token ? { NextToken: token } : {}) }));
    const names = (page.ColumnMetadata ?? []).map((column) => column.name ?? '');
    for (const record of page.Records ?? [])
      rows.push(Object.fromEntries(record.map((field, index) => [names[index] ?? '', valueOf(field)])));
    token = page.NextToken;
  } while (token);
  return rows;
}

function valueOf(field: Field): WarehouseValue {
  return field.stringValue ?? field.longValue ?? field.doubleValue ?? field.booleanValue ?? null;
}

function failed(id: string, statement: DescribeStatementCommandOutput): WarehouseError {
  return new WarehouseError(`Redshift statement ${id} ${statement.Status ?? ''}: ${statement.Error ?? 'no reason given'}`);
}

async function abandon(client: RedshiftDataClient, id: string): Promise<WarehouseError> {
  // The statement's time is over either way; that it could not be cancelled adds nothing for the reader.
  await client.send(new CancelStatementCommand({ Id: id })).catch(() => undefined);
  return new WarehouseError(`Redshift statement ${id} did not end in time and was cancelled; run the batch again from this stage`);
}
