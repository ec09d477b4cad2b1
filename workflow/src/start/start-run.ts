import { Temporal } from 'temporal-polyfill';
import { batchOf, type Batch } from '../../../common/contracts/batch.ts';
import { pipelineInputSchema, type PipelineInput, type StartEvent, type StartResult } from '../../../common/contracts/events.ts';
import type { KeywordSets } from '../../../common/contracts/keyword-sets.ts';
import { InvalidEventError } from '../../../common/errors.ts';
import { keywordSetNamed } from '../../../common/keywords.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import type { Executions } from './executions.ts';
import { searchTasks } from './search-tasks.ts';

export interface StartDependencies {
  readonly executions: Executions;
  keywordSets(): Promise<KeywordSets>;
  readonly defaultKeywordSetName: string;
}

const MOST_RERUNS = 99;

/**
 * Starts the run of a batch, unless one goes on: then `skipped`, with the ARN of that run. A scheduled batch is started once, so a schedule
 * that fires twice is `skipped` with the ARN of its run; a person who names the batch gets a rerun, `<batch>-r1`, `-r2`, …
 * @throws InvalidEventError for an unknown keyword set or a batch rerun 99 times; InvalidObjectError, MissingObjectError for the sets.
 */
export async function startRun(event: StartEvent, deps: StartDependencies, { logger }: Pick<Invocation, 'logger'>): Promise<StartResult> {
  const batch = event.batch ?? batchOf(Temporal.Instant.from(event.scheduledTime ?? ''));
  const input = await pipelineInput(batch, event, deps);

  const running = await deps.executions.running();
  const result: StartResult = running
    ? { batch, status: 'skipped', executionArn: running }
    : event.batch === undefined
      ? await startScheduled(input, deps.executions)
      : await startAgain(input, deps.executions);
  logger.info('start', { ...result, searches: input.searchTasks.length });
  return result;
}

async function pipelineInput(batch: Batch, event: StartEvent, deps: StartDependencies): Promise<PipelineInput> {
  const keywordSetName = event.keywordSetName ?? deps.defaultKeywordSetName;
  const sets = await deps.keywordSets();
  const set = keywordSetNamed(sets, keywordSetName);
  return pipelineInputSchema.parse({ batch, startAt: event.startAt, keywordSetName, searchTasks: searchTasks(keywordSetName, set) });
}

async function startScheduled(input: PipelineInput, executions: Executions): Promise<StartResult> {
  const executionArn = await executions.start(input.batch, input);
  if (executionArn) return { batch: input.batch, status: 'started', executionArn };
  return { batch: input.batch, status: 'skipped', executionArn: executions.arnOf(input.batch) };
}

async function startAgain(input: PipelineInput, executions: Executions): Promise<StartResult> {
  for (let rerun = 0; rerun <= MOST_RERUNS; rerun += 1) {
    const executionArn = await executions.start(rerun === 0 ? input.batch : `${input.batch}-r${rerun}`, input);
    if (executionArn) return { batch: input.batch, status: 'started', executionArn };
  }
  throw new InvalidEventError(`Batch ${input.batch} was run again ${MOST_RERUNS} times; find out why before running it once more`);
}
