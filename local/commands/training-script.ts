import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repository } from '../run/directories.ts';
import { pythonsOfSetup } from '../run/pythons.ts';

/** Runs a script of the training folder with the Python of the set-up, which has numpy. Returns its exit status. */
export async function runTrainingScript(script: string, options: readonly string[]): Promise<number> {
  const path = join(repository, 'transform', 'training', script);
  const child = spawn(pythonsOfSetup()['sail'] ?? '', ['-B', path, ...options], { stdio: 'inherit' });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status ?? 1;
}
