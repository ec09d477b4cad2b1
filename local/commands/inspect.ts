import { Argument, type Command } from 'commander';
import type { Verdict } from './alerts.ts';
import type { GlobalOptions } from './global-options.ts';
import type { PreviewOptions } from './preview-alerts.ts';

/** Declares what looks at what is stored, and says what became of it. What a command needs is loaded when it runs. */
export function registerInspect(program: Command): void {
  const global = () => program.opts<GlobalOptions>();
  program
    .command('runs')
    .description('list the executions; of one batch its counts, its problems, and where each of its alerts came from')
    .argument('[batch]', 'the batch, as 20260914T043000Z')
    .action(async (batch: string | undefined) => {
      const { showRuns } = await import('./runs.ts');
      process.exitCode = await showRuns(global(), batch);
    });
  program
    .command('sql')
    .description('a prompt on the local warehouse, or one statement, or a query of load/sql/queries/ by its name')
    .argument('[statement]')
    .action(async (statement: string | undefined) => {
      const { sql } = await import('./sql.ts');
      process.exitCode = await sql(global(), statement);
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
  alerts
    .command('preview')
    .description(
      "play the alarm's rule over stored scores with another limit: what it would have sent, and how early; sends and stores nothing",
    )
    .requiredOption('--since <time>', 'a batch, a day in Seoul as 2026-09-14, or a duration before the latest batch as 24h')
    .option('--max-per-day <number>', "messages a day; the deployment's own when it is not given")
    .action(async (options: PreviewOptions) => {
      const { previewCommand } = await import('./preview-alerts.ts');
      process.exitCode = await previewCommand(global(), options);
    });
  registerQuiet(alerts, global);
}

function registerQuiet(alerts: Command, global: () => GlobalOptions): void {
  alerts
    .command('mute')
    .description('tell nothing of a post, or of posts that match only this keyword, for a while')
    .argument('<post or keyword>', 'site/board/id, or the name of a keyword')
    .requiredOption('--for <duration>', 'from the latest batch on, as 30m, 24h or 7d')
    .action(async (what: string, options: { for: string }) => {
      const { muteAlerts } = await import('./mute-alerts.ts');
      process.exitCode = await muteAlerts(global(), what, options.for);
    });
  alerts
    .command('test')
    .description('send a marked message to every destination of config/alert-routes.json, as after a deploy')
    .action(async () => {
      const { testAlerts } = await import('./mute-alerts.ts');
      process.exitCode = await testAlerts(global());
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
