import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { seoulText } from '../../common/clock.ts';
import { instantOf } from '../../common/contracts/batch.ts';
import { renderReport } from '../report/render-report.ts';
import { renderHotTable } from '../report/terminal/hot-table.ts';
import { renderMessages } from '../report/terminal/messages.ts';
import { collectReport } from './collect-report.ts';
import { runDirectories, type Directories } from './directories.ts';
import { startLaptop, type Laptop } from './laptop.ts';
import { pastExecutions, playBatch, type PlayedBatch } from './play.ts';
import { lockRun } from './run-lock.ts';
import { pythonsOfSetup } from './pythons.ts';
import { closeOnExit } from './shutdown.ts';
import { nextBatches } from './timeline.ts';

export interface RunOptions {
  readonly batches: number;
  readonly port: number;
  readonly engine: 'sail' | 'spark';
  readonly fresh: boolean;
}

/** `npm start`: plays the next batches and shows what came of them. Returns the exit status: 1 as soon as a batch fails. */
export async function runBatches({ batches, port, engine, fresh }: RunOptions): Promise<number> {
  const directories = runDirectories();
  const release = lockRun(directories.data);
  if (fresh) forget(directories);
  let laptop: Laptop | undefined;
  const exit = closeOnExit(async () => {
    await laptop?.close();
    release();
  });
  try {
    console.log('Starting: communities, local AWS endpoint, functions');
    laptop = await startLaptop({ directories, port, engine, pythons: pythonsOfSetup() });
    return await play(laptop, batches, directories, exit.signal);
  } finally {
    await exit.finish();
  }
}

async function play(laptop: Laptop, count: number, directories: Directories, signal: AbortSignal): Promise<number> {
  const played: PlayedBatch[] = [];
  const machine = laptop.application.stateMachines[0];
  for (const planned of nextBatches(await pastExecutions(laptop.stepFunctions, machine?.arn ?? ''), count)) {
    if (signal.aborted) break;
    const batch = await playBatch(laptop, planned);
    played.push(batch);
    console.log(`  ${describe(batch)}`);
    if (batch.status !== 'SUCCEEDED') break;
  }
  const report = await collectReport(laptop, played);
  mkdirSync(dirname(directories.report), { recursive: true });
  writeFileSync(directories.report, renderReport(report));
  console.log(
    `\n${renderMessages(report.messages)}\n\n${renderHotTable(report.hotPosts, process.stdout.columns)}\n\nReport: ${directories.report}`,
  );
  const failed = played.find(({ status }) => status !== 'SUCCEEDED');
  if (!failed) return 0;
  console.error(
    `Batch ${failed.batch} ${failed.status}: ${failed.error ?? ''}: ${failed.cause ?? ''} The next npm start runs it again first.`,
  );
  return 1;
}

function describe({ batch, executionName, status, milliseconds }: PlayedBatch): string {
  return `${seoulText(instantOf(batch))} Seoul  ${executionName}  ${status}  ${(milliseconds / 1000).toFixed(1)} s`;
}

/** Removes what earlier runs stored, but for the lock that this run holds. */
function forget({ data }: Directories): void {
  for (const name of readdirSync(data)) if (name !== 'run.lock') rmSync(join(data, name), { recursive: true, force: true });
}
