import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { seoulText } from '../../common/clock.ts';
import { instantOf } from '../../common/contracts/batch.ts';
import { renderReport } from '../report/render-report.ts';
import { renderHotTable } from '../report/terminal/hot-table.ts';
import { renderMessages } from '../report/terminal/messages.ts';
import { collectReport } from './collect-report.ts';
import type { Directories } from './directories.ts';
import { pastExecutions, playBatch, type PlayedBatch } from './play.ts';
import { nextBatches } from './timeline.ts';
import { withLaptop, type LaptopUse } from './with-laptop.ts';

export interface RunOptions {
  readonly batches: number;
  readonly port: number;
  readonly engine: 'sail' | 'spark';
  readonly fresh: boolean;
}

/** `npm start`: plays the next batches and shows what came of them. Returns the exit status: 1 as soon as a batch fails. */
export function runBatches({ batches, port, engine, fresh }: RunOptions): Promise<number> {
  const before = (directories: Directories) => {
    if (fresh) forget(directories);
    console.log('Starting: communities, local AWS endpoint, functions');
  };
  return withLaptop({ port, engine, before }, (opened) => play(opened, batches));
}

async function play({ laptop, directories, signal }: LaptopUse, count: number): Promise<number> {
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
