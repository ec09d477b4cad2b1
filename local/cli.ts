import { Command, InvalidArgumentError, Option } from 'commander';
import { registerBackfill } from './commands/backfill.ts';
import type { GlobalOptions } from './commands/global-options.ts';
import { registerReparse } from './commands/reparse.ts';
import { registerRerun } from './commands/rerun.ts';
import { invokeFunction } from './run/invoke-function.ts';
import { runBatches } from './run/run-batches.ts';

const program = new Command('npm start --')
  .description('Runs the whole of hotpost on this machine: scrape, PySpark job, warehouse load, Slack alarm. No AWS account needed.')
  .addOption(
    new Option('--port <number>', 'first of the four ports that the communities are served on').default(8801).argParser(portNumber),
  )
  .addOption(new Option('--engine <name>', 'what runs the PySpark job').choices(['sail', 'spark']).default('sail'))
  .option('--fresh', 'forget what earlier runs stored and begin anew', false)
  .showHelpAfterError('(npm start -- --help lists what there is)');

program
  .command('run', { isDefault: true })
  .description('play the next batches, 30 simulated minutes apart (default)')
  .addOption(new Option('--batches <number>', 'how many batches to play').default(8).argParser(countNumber))
  .action(async ({ batches }: { batches: number }) => {
    process.exitCode = await runBatches({ ...program.opts<GlobalOptions>(), batches });
  });

program
  .command('invoke <Function>')
  .description('run one function as Lambda would, on what earlier runs stored')
  .requiredOption('--event <file>', 'the event, a JSON file such as events/extract.json')
  .action(async (logicalId: string, { event }: { event: string }) => {
    process.exitCode = await invokeFunction({ ...program.opts<GlobalOptions>(), logicalId, eventFile: event });
  });

for (const register of [registerRerun, registerBackfill, registerReparse]) register(program);

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
  throw new InvalidArgumentError('a port is a whole number from 1024 to 65532.');
}

function countNumber(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 200) return count;
  throw new InvalidArgumentError('it is a whole number from 1 to 200.');
}
