import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Command } from 'commander';
import { repository } from '../run/directories.ts';
import { pythonsOfSetup } from '../run/pythons.ts';

const SCRIPTS = {
  train: ['train.py', 'fit the model from recorded arrivals and write transform/model/model.json'],
  evaluate: ['evaluate.py', 'measure the model and its baselines, into docs/model-card.md'],
  score: ['score_arrivals.py', 'score recorded arrivals at given ages, into a CSV file'],
} as const;

/** Declares what is done with the model. The options are the scripts' own: `npm start -- train --help` prints them. */
export function registerModel(program: Command): void {
  for (const [name, [script, description]] of Object.entries(SCRIPTS))
    program
      .command(name)
      .description(description)
      .helpOption(false)
      .allowUnknownOption()
      .argument('[options...]')
      .action(async (options: string[]) => {
        process.exitCode = await runScript(join(repository, 'transform', 'training', script), options);
      });
}

/** Runs a script of the training folder with the Python of the set-up, which has numpy. Returns its exit status. */
async function runScript(script: string, options: readonly string[]): Promise<number> {
  const child = spawn(pythonsOfSetup()['sail'] ?? '', ['-B', script, ...options], { stdio: 'inherit' });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status ?? 1;
}
