import { objectStore } from '../../common/object-store.ts';
import { runDirectories, type Directories } from './directories.ts';
import { startLaptop, type Laptop, type LaptopOptions } from './laptop.ts';
import type { LiveSite } from './live-site.ts';
import { putConfiguration } from './put-configuration.ts';
import { pythonsOfSetup } from './pythons.ts';
import { lockRun } from './run-lock.ts';
import { closeOnExit } from './shutdown.ts';

export interface LaptopUse {
  readonly laptop: Laptop;
  readonly directories: Directories;
  /** Aborted when the run is told to stop; what is under way ends, nothing new begins. */
  readonly signal: AbortSignal;
}

/** What of a laptop every command lets a person choose. */
export type EngineChoice = Pick<LaptopOptions, 'port' | 'engine' | 'transformEngine'>;

export interface LaptopChoice extends EngineChoice {
  /** Reads this site, on a data directory of its own. */
  readonly live?: LiveSite;
  /** Runs once the data directory is ours, before anything opens it. */
  readonly before?: (directories: Directories) => void;
}

/**
 * Opens the laptop on the user's data directory for as long as `use` runs, alone, and closes it however that ends.
 * @throws UserError when another run has the directory; whatever startLaptop and `use` throw.
 */
export async function withLaptop<T>({ live, before, ...choice }: LaptopChoice, use: (opened: LaptopUse) => Promise<T>): Promise<T> {
  const simulated = runDirectories();
  const directories = live ? runDirectories({ HOTPOST_DATA: `${simulated.data}-live` }) : simulated;
  const release = lockRun(directories.data);
  let laptop: Laptop | undefined;
  const exit = closeOnExit(async () => {
    await laptop?.close();
    release();
  });
  try {
    before?.(directories);
    laptop = await startLaptop({ ...choice, directories, pythons: pythonsOfSetup(), ...(live ? { live } : {}) });
    const assets = laptop.application.buckets.find(({ logicalId }) => logicalId === 'AssetsBucket')?.name ?? '';
    await putConfiguration(objectStore(assets, laptop.s3));
    return await use({ laptop, directories, signal: exit.signal });
  } finally {
    await exit.finish();
  }
}
