import { type Command, Option } from 'commander';
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
}
