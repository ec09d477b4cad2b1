import { Argument, type Command, Option } from 'commander';
import type { Verdict } from './alerts.ts';
import type { BackfillOptions } from './backfill.ts';
import type { GlobalOptions } from './global-options.ts';
import type { ReparseOptions } from './reparse.ts';
import type { RerunOptions } from './rerun.ts';

/** Declares what an operator does besides the schedule. What a command needs is loaded when it runs. */
export function registerOperator(program: Command): void {
  const global = () => program.opts<GlobalOptions>();
  program
    .command('rerun')
    .description('run a batch again, or part of its way; what exists already is reused')
    .requiredOption('--batch <batch>', 'the batch, as 20260914T043000Z')
    .addOption(new Option('--from <stage>', 'where to begin').choices(['extract', 'transform', 'load', 'alarm']).default('extract'))
    .option('--keyword-set <name>', 'another keyword set than the default one')
    .action(async (options: RerunOptions) => {
      const { rerun } = await import('./rerun.ts');
      process.exitCode = await rerun(global(), options);
    });
  program
    .command('backfill')
    .description('read posts that were written between two days; a second time only what failed. Sends no alarm, leaves the schedule alone')
    .requiredOption('--from <day>', 'first day of posting in Seoul, as 2026-09-13')
    .requiredOption('--to <day>', 'last day of posting, included')
    .option('--site <name>', 'this site alone')
    .option('--dry-run', 'only say what there is to read', false)
    .action(async (options: BackfillOptions) => {
      const { backfill } = await import('./backfill.ts');
      process.exitCode = await backfill(global(), options);
    });
  program
    .command('reparse')
    .description("read a batch's kept pages again with the parsers of today, replacing its raw records; no page is fetched")
    .requiredOption('--batch <batch>', 'the batch, as 20260914T043000Z')
    .option('--site <name>', 'this site alone')
    .option('--from <part>', 'go on at this part, as an unfinished reparse names it')
    .option('--keyword-set <name>', 'the keyword set that posts are matched with', 'default')
    .action(async (options: ReparseOptions) => {
      const { reparse } = await import('./reparse.ts');
      process.exitCode = await reparse(global(), options);
    });
  registerAlerts(program, global);
  registerModelPointer(program, global);
}

function registerAlerts(program: Command, global: () => GlobalOptions): void {
  const alerts = program.command('alerts').description('what became of alerts');
  alerts
    .command('mark')
    .description('say of an alerted post whether the alert was useful; evaluate --own counts it')
    .argument('<post>', 'its link, or site/board/id')
    .addArgument(new Argument('<verdict>', 'what it was').choices(['useful', 'noise']))
    .action(async (post: string, verdict: Verdict) => {
      const { markAlert } = await import('./alerts.ts');
      process.exitCode = await markAlert(global(), post, verdict);
    });
}

function registerModelPointer(program: Command, global: () => GlobalOptions): void {
  const model = program.command('model').description('say which models there are and which one scores');
  model.action(async () => {
    const { showModels } = await import('./model-pointer.ts');
    process.exitCode = await showModels(global());
  });
  model
    .command('use')
    .description('let another model score from the next batch on, and later starts leave it')
    .argument('<version>', 'as npm start -- model names it')
    .action(async (version: string) => {
      const { useModel } = await import('./model-pointer.ts');
      process.exitCode = await useModel(global(), version);
    });
}
