import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import dynaliteDb, { type DynaliteStore, type Table } from 'dynalite/db/index.js';
import validations from 'dynalite/validations/index.js';
import { errorMessage } from '../error-message.ts';
import { ServiceError, unknownOperation, type JsonService } from './service.ts';

/** DynamoDB by dynalite, called without its HTTP server: that one throws a broken connection or a full disk into the process. */
export interface DynamoService extends JsonService {
  /** Creates the tables that are missing and waits until all are ACTIVE. @throws Error when a table exists with another key. */
  ensureTables(inputs: readonly CreateTableCommandInput[]): Promise<void>;
}

const OPERATIONS = new Set([
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
  'UpdateTable',
]);

type Call = (operation: string, input: Readonly<Record<string, unknown>>) => Promise<unknown>;
type Action = (store: DynaliteStore, data: unknown, callback: (error: Error | null, result?: unknown) => void) => void;
interface Validation {
  readonly types: Readonly<Record<string, unknown>>;
  readonly custom?: unknown;
}
const load = createRequire(import.meta.url);

/** Tables and items in a LevelDB below `directory`. @throws Error when another process has it open. */
export async function startDynamo(directory: string): Promise<DynamoService> {
  mkdirSync(directory, { recursive: true });
  const store = dynaliteDb.create({ path: directory, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  try {
    await store.db.open();
  } catch (cause) {
    throw openError(directory, cause);
  }
  const call: Call = (operation, input) => callDynalite(store, operation, input);

  return {
    targetPrefix: 'DynamoDB_20120810',
    handle: (operation, input) => call(operation, input),
    async ensureTables(inputs) {
      for (const input of inputs) await ensureTable(store, call, input);
    },
    close: () => store.lifecycleManager.gracefulClose(),
  };
}

/** LevelDB says in the cause whether the lock or the files are the matter. */
function openError(directory: string, cause: unknown): Error {
  const isHeld = /LEVEL_LOCKED/.test(inspect(cause));
  const matter = isHeld ? 'is in use by another run: let it end, or stop it' : 'is damaged. Begin anew: npm start -- --fresh';
  return new Error(`The local data in ${directory} ${matter}`, { cause });
}

async function callDynalite(store: DynaliteStore, operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
  if (!OPERATIONS.has(operation)) throw unknownOperation('DynamoDB', operation);
  if ('ReturnValuesOnConditionCheckFailure' in input) {
    throw new ServiceError('ValidationException', 'The local DynamoDB does not know ReturnValuesOnConditionCheckFailure; read the item');
  }
  const file = operation.charAt(0).toLowerCase() + operation.slice(1);
  const action = load(`dynalite/actions/${file}`) as Action;
  const { types, custom } = load(`dynalite/validations/${file}`) as Validation;
  try {
    const data = validations.checkTypes({ ...input }, types);
    validations.checkValidations(data, types, custom, store);
    return await new Promise((resolve, reject) => {
      action(store, data, (error, result) => (error ? reject(error) : resolve(result)));
    });
  } catch (error) {
    throw asServiceError(error);
  }
}

/** dynalite's errors carry the answer's body; any other is the disk's or a fault and becomes a 500, which clients retry. */
function asServiceError(error: unknown): ServiceError {
  const { body, statusCode } = error as { body?: { __type: string; message?: string; Message?: string }; statusCode?: number };
  if (body) return new ServiceError(body.__type, body.message ?? body.Message ?? '', statusCode ?? 400);
  return new ServiceError('com.amazonaws.dynamodb.v20120810#InternalServerError', errorMessage(error), 500);
}

async function ensureTable(store: DynaliteStore, call: Call, input: CreateTableCommandInput): Promise<void> {
  const name = input.TableName ?? '';
  const existing = await readTable(store, name);
  if (!existing) await call('CreateTable', { ...input });
  else if (JSON.stringify(keyNames(existing.KeySchema)) !== JSON.stringify(keyNames(input.KeySchema ?? []))) {
    throw new Error(`The local table ${name} has another key than the template. Begin anew: npm start -- --fresh`);
  } else if (existing.TableStatus === 'CREATING') {
    await activate(store, name, existing);
  }
  while ((await readTable(store, name))?.TableStatus !== 'ACTIVE') await new Promise((resolve) => setTimeout(resolve, 5));
}

function readTable(store: DynaliteStore, name: string): Promise<Table | undefined> {
  return new Promise((resolve, reject) => {
    store.tableDb.get(name, (error, table) => (error && error.name !== 'NotFoundError' ? reject(error) : resolve(table)));
  });
}

/** A process killed between CREATING and ACTIVE leaves the table CREATING for ever: dynalite's timer died with it. */
function activate(store: DynaliteStore, name: string, table: Table): Promise<void> {
  const active: Table = { ...table, TableStatus: 'ACTIVE' };
  active.GlobalSecondaryIndexes?.forEach((index) => (index.IndexStatus = 'ACTIVE'));
  return new Promise((resolve, reject) => {
    store.tableDb.put(name, active, (error) => (error ? reject(error) : resolve()));
  });
}

function keyNames(schema: readonly { AttributeName?: string | undefined; KeyType?: string | undefined }[]): string[] {
  return schema.map(({ AttributeName, KeyType }) => `${KeyType ?? ''} ${AttributeName ?? ''}`);
}
