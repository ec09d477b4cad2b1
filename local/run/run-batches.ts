import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { seoulText } from '../../common/clock.ts';
import { instantOf } from '../../common/contracts/batch.ts';
import type { Directories } from './directories.ts';
import { pastExecutions, playBatch, type PlayedBatch } from './play.ts';
import { showRun } from './show-run.ts';
import { nextBatches } from './timeline.ts';
import { withLaptop, type EngineChoice, type LaptopUse } from './with-laptop.ts';

export interface RunOptions extends EngineChoice {
  readonly batches: number;
  readonly fresh: boolean;
}

/** `npm start`: plays the next batches and shows what came of them. Returns the exit status: 1 as soon as a batch fails. */
export function runBatches({ batches, fresh, ...choice }: RunOptions): Promise<number> {
  const before = (directories: Directories) => {
    if (fresh) forget(directories);
    console.log('Starting: communities, local AWS endpoint, functions');
  };
  return withLaptop({ ...choice, before }, (opened) => play(opened, batches));
}

async function play({ laptop, directories, signal }: LaptopUse, count: number): Promise<number> {
  const played: PlayedBatch[] = [];
  for (const planned of nextBatches(await pastExecutions(laptop), count)) {
    if (signal.aborted) break;
    const batch = await playBatch(laptop, planned);
    played.push(batch);
    console.log(`  ${describe(batch)}`);
    if (batch.status !== 'SUCCEEDED') break;
  }
  return showRun(laptop, directories, played, 'The next npm start runs it again first.');
}

function describe({ batch, executionName, status, milliseconds }: PlayedBatch): string {
  return `${seoulText(instantOf(batch))} Seoul  ${executionName}  ${status}  ${(milliseconds / 1000).toFixed(1)} s`;
}

/** Removes what earlier runs stored, but for the lock that this run holds. */
function forget({ data }: Directories): void {
  for (const name of readdirSync(data)) if (name !== 'run.lock') rmSync(join(data, name), { recursive: true, force: true });
}
