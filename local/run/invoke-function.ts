import { readFileSync } from 'node:fs';
import { runDirectories } from './directories.ts';
import { startLaptop } from './laptop.ts';
import { pastExecutions } from './play.ts';
import { pythonsOfSetup } from './pythons.ts';
import { lockRun } from './run-lock.ts';
import { closeOnExit } from './shutdown.ts';
import { latestBatch } from './timeline.ts';
import { instantOf } from '../../common/contracts/batch.ts';
import { UserError } from './user-error.ts';

export interface InvokeOptions {
  readonly logicalId: string;
  readonly eventFile: string;
  readonly port: number;
  readonly engine: 'sail' | 'spark';
}

/**
 * `npm start -- invoke <Function> --event <file>`: one function on what earlier runs stored, at the time of the latest batch.
 * Prints its answer as JSON. Returns 1 when the function failed, as `sam local invoke` does.
 */
export async function invokeFunction({ logicalId, eventFile, port, engine }: InvokeOptions): Promise<number> {
  const event = readEvent(eventFile);
  const directories = runDirectories();
  const release = lockRun(directories.data);
  let laptop: Awaited<ReturnType<typeof startLaptop>> | undefined;
  const exit = closeOnExit(async () => {
    await laptop?.close();
    release();
  });
  try {
    laptop = await startLaptop({ directories, port, engine, pythons: pythonsOfSetup() });
    const machine = laptop.application.stateMachines[0];
    laptop.setTime(instantOf(latestBatch(await pastExecutions(laptop.stepFunctions, machine?.arn ?? ''))));
    const result = await laptop.runner.invoke(laptop.functionNamed(logicalId).arn, event);
    console.log(JSON.stringify(result.payload, undefined, 2));
    return 'functionError' in result ? 1 : 0;
  } finally {
    await exit.finish();
  }
}

function readEvent(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `The event file ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Give a JSON file; events/ has samples.`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`The event file ${file} is no JSON. events/ has samples.`);
  }
}
