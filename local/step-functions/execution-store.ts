import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ExecutionRecord } from './execution.ts';
import type { ExecutionState } from './execution-states.ts';
import type { HistoryEvent } from './history.ts';

/** What is told of an execution that has ended, beside its record. */
export interface ExecutionStory {
  readonly events: readonly HistoryEvent[];
  readonly states: readonly ExecutionState[];
}

/** Executions of all runs on this machine: names stay taken, as on AWS. A file each, written whole or not at all. */
export interface ExecutionStore {
  get(executionArn: string): ExecutionRecord | undefined;
  /** Of one state machine, the newest first. */
  list(stateMachineArn: string): ExecutionRecord[];
  /** Known at once; on the disk when the promise resolves. */
  put(record: ExecutionRecord): Promise<void>;
  /** Keeps a record out of sight again, when it could not be written. */
  forget(executionArn: string): void;
  putStory(executionArn: string, story: ExecutionStory): Promise<void>;
  story(executionArn: string): Promise<ExecutionStory | undefined>;
}

/** Reads the records (not the stories) of a directory, which is made when it is missing. */
export function executionStore(directory: string): ExecutionStore {
  mkdirSync(directory, { recursive: true });
  const records = new Map<string, ExecutionRecord>();
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith(RECORD)) continue;
    const record = readRecord(join(directory, file));
    records.set(record.executionArn, record);
  }
  return {
    get: (executionArn) => records.get(executionArn),
    list: (stateMachineArn) =>
      [...records.values()]
        .filter((record) => record.stateMachineArn === stateMachineArn)
        .sort((one, other) => other.startedAt - one.startedAt),
    async put(record) {
      records.set(record.executionArn, record);
      await writeWhole(pathOf(directory, record.executionArn, RECORD), record);
    },
    forget: (executionArn) => void records.delete(executionArn),
    putStory: (executionArn, story) => writeWhole(pathOf(directory, executionArn, STORY), story),
    async story(executionArn) {
      const text = await readFile(pathOf(directory, executionArn, STORY), 'utf8').catch(() => undefined);
      return text === undefined ? undefined : (JSON.parse(text) as ExecutionStory);
    },
  };
}

function readRecord(path: string): ExecutionRecord {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ExecutionRecord;
  } catch (cause) {
    throw new Error(`The record of an execution, ${path}, is damaged. Delete it, or begin anew with --fresh`, { cause });
  }
}

const RECORD = '.execution.json';
const STORY = '.history.json';

/** `<directory>/<machine>/<execution>…`, of the last two parts of the ARN. */
function pathOf(directory: string, executionArn: string, suffix: string): string {
  const [machine = '', name = ''] = executionArn.split(':').slice(-2);
  return join(directory, encodeURIComponent(machine), `${encodeURIComponent(name)}${suffix}`);
}

let files = 0;

async function writeWhole(path: string, content: object): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}-${files++}.tmp`;
  await writeFile(temporary, JSON.stringify(content));
  await rename(temporary, path);
}
