import type { Command } from 'commander';
import type { GlobalOptions } from './global-options.ts';
import { runTrainingScript } from './training-script.ts';

const SCRIPTS = {
  train: ['train.py', 'fit the model from recorded arrivals and write transform/model/model.json; with --own from the warehouse too'],
  evaluate: ['evaluate.py', 'measure the model and its baselines, into docs/model-card.md; with --own the alerts that were sent from here'],
  score: ['score_arrivals.py', 'score recorded arrivals at given ages, into a CSV file'],
} as const;

/** Declares what is done with the model. The options are the scripts' own, but for --own: `npm start -- train --help` prints them. */
export function registerModel(program: Command): void {
  for (const [name, [script, description]] of Object.entries(SCRIPTS))
    program
      .command(name)
      .description(description)
      .helpOption(false)
      .allowUnknownOption()
      .argument('[options...]')
      .action(async (options: string[]) => {
        if (name === 'evaluate' && options.includes('--own')) {
          const { evaluateOwn } = await import('./alerts.ts');
          process.exitCode = await evaluateOwn(program.opts<GlobalOptions>());
        } else if (name === 'train' && options.includes('--own')) {
          const { trainWithOwn } = await import('./train-own.ts');
          process.exitCode = await trainWithOwn(program.opts<GlobalOptions>(), options);
        } else process.exitCode = await runTrainingScript(script, options);
      });
}
