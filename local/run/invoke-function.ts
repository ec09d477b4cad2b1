import { readFileSync } from 'node:fs';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { instantOf } from '../../common/contracts/batch.ts';
import { openAnswers } from './custom-resources.ts';
import type { Laptop } from './laptop.ts';
import { pastExecutions, startedSchema } from './play.ts';
import { latestBatch } from './timeline.ts';
import { UserError } from './user-error.ts';
import { withLaptop, type EngineChoice } from './with-laptop.ts';

/** What CloudFormation sends; the address to answer at is ours. */
const customResourceSchema = z.looseObject({ RequestType: z.string(), ResponseURL: z.string() });

export interface InvokeOptions extends EngineChoice {
  readonly logicalId: string;
  readonly eventFile: string;
}

/**
 * `npm start -- invoke <Function> --event <file>`: one function on what earlier runs stored, at the time of the latest batch.
 * Prints its answer as JSON; for a custom resource what it told CloudFormation. A run that it started is waited for.
 * Returns 1 when the function failed, as `sam local invoke` does.
 */
export async function invokeFunction({ logicalId, eventFile, ...choice }: InvokeOptions): Promise<number> {
  const event = readEvent(eventFile);
  return await withLaptop(choice, async ({ laptop }) => {
    laptop.setTime(instantOf(latestBatch(await pastExecutions(laptop))));
    return invokeOn(laptop, laptop.functionNamed(logicalId).arn, event);
  });
}

async function invokeOn(laptop: Laptop, functionArn: string, event: unknown): Promise<number> {
  const request = customResourceSchema.safeParse(event).data;
  const answers = await openAnswers();
  try {
    const ResponseURL = answers.newUrl();
    const result = await laptop.runner.invoke(functionArn, request ? { ...request, ResponseURL } : event);
    const answer = answers.at(ResponseURL);
    console.log(JSON.stringify(answer ?? result.payload, undefined, 2));
    if ('functionError' in result || answer?.Status === 'FAILED') return 1;
    const started = startedSchema.safeParse(result.payload).data;
    return started?.status === 'started' ? await outcomeOf(laptop, started.executionArn) : 0;
  } finally {
    answers.close();
  }
}

/** An execution ends with this process, so it is given the time to end well. */
async function outcomeOf({ machines, stepFunctions }: Laptop, executionArn: string): Promise<number> {
  await machines.untilEnded(executionArn);
  const { status } = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
  console.log(`Execution ${executionArn.split(':').at(-1) ?? ''}: ${status ?? 'UNKNOWN'}`);
  return status === 'SUCCEEDED' ? 0 : 1;
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
