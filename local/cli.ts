import { Command, InvalidArgumentError, Option } from 'commander';
import { transformEngineSchema } from '../common/contracts/settings.ts';
import { givenContact } from './commands/crawl-arguments.ts';
import { registerCrawl } from './commands/crawl.ts';
import type { GlobalOptions } from './commands/global-options.ts';
import type { LiveOptions } from './commands/live.ts';
import { registerInspect } from './commands/inspect.ts';
import { registerModel } from './commands/model.ts';
import { registerOperator } from './commands/operator.ts';
import { registerParse } from './commands/parse.ts';

const ENGINES = transformEngineSchema.options;

const program = new Command('npm start --')
  .description('Runs the whole of hotpost on this machine: scrape, PySpark job, warehouse load, Slack alarm. No AWS account needed.')
  .addOption(
    new Option('--port <number>', 'first of the four ports that the communities are served on').default(8801).argParser(portNumber),
  )
  .addOption(new Option('--engine <name>', 'what runs the PySpark job').choices(['sail', 'spark']).default('sail'))
  .addOption(
    new Option('--transform-engine <name>', "where it runs, as the template's TransformEngine").choices(ENGINES).default(ENGINES[0]),
  )
  .option('--fresh', 'forget what earlier runs stored and begin anew', false)
  .showHelpAfterError('(npm start -- --help lists what there is)')
  .addHelpText('after', '\nEvery command has a --help of its own: npm start -- run --help lists --batches, --live and what goes with it.');

// What a command needs is loaded when it runs: a crawl does without a warehouse.
program
  .command('run', { isDefault: true })
  .description('play the next batches, 30 simulated minutes apart (default); with --live one batch of a real board')
  .addOption(new Option('--batches <number>', 'how many batches to play').default(8).argParser(countUpTo(200)))
  .option('--live', 'read a real site from this machine, into the pipeline on this machine', false)
  .option('--site <name>', 'with --live: the site')
  .option('--board <name>', 'with --live: its board')
  .addOption(new Option('--pages <number>', "with --live: pages of the board's list").default(1).argParser(countUpTo(5)))
  .addOption(new Option('--contact <url or mail>', 'with --live: who reads, told to the site').argParser(givenContact))
  .option('--base-url <url>', 'with --live: where to read the site instead of its own address')
  .allowExcessArguments()
  .action(async ({ live, batches, ...options }: LiveOptions & { live: boolean; batches: number }, command: Command) => {
    const [unknown] = command.args;
    if (unknown !== undefined) program.error(`error: there is no command '${unknown}'.`);
    const global = program.opts<GlobalOptions>();
    if (live) {
      const { runLive } = await import('./commands/live.ts');
      process.exitCode = await runLive(global, options);
      return;
    }
    const stray = (['site', 'board', 'contact', 'baseUrl'] as const).find((name) => options[name] !== undefined);
    if (stray !== undefined) program.error(`--${stray === 'baseUrl' ? 'base-url' : stray} goes with --live, or with the command crawl.`);
    const { runBatches } = await import('./run/run-batches.ts');
    process.exitCode = await runBatches({ ...global, batches });
  });

program
  .command('invoke <Function>')
  .description('run one function as Lambda would, on what earlier runs stored')
  .requiredOption('--event <file>', 'the event, a JSON file such as events/extract.json')
  .action(async (logicalId: string, { event }: { event: string }) => {
    const { invokeFunction } = await import('./run/invoke-function.ts');
    process.exitCode = await invokeFunction({ ...program.opts<GlobalOptions>(), logicalId, eventFile: event });
  });

for (const register of [registerOperator, registerInspect, registerCrawl, registerParse, registerModel]) register(program);

try {
  await program.parseAsync();
} catch (error) {
  const known = error instanceof Error && (error.name === 'UserError' || error.constructor === Error || error.name === 'TemplateError');
  // A sentence for what a person can mend; the stack for what only we can.
  console.error(known ? error.message : error);
  process.exitCode = 1;
}
// The channel to the set-up process would keep this one alive.
if (process.connected) process.disconnect();

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1024 && port <= 65_532) return port;
  throw new InvalidArgumentError('A port is a whole number from 1024 to 65532.');
}

function countUpTo(most: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (Number.isInteger(count) && count >= 1 && count <= most) return count;
    throw new InvalidArgumentError(`It is a whole number from 1 to ${most}.`);
  };
}
