import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../../common/clock.ts';
import { batchOf, type Batch } from '../../../common/contracts/batch.ts';
import {
  BACKFILL_EXECUTION,
  pipelineInputSchema,
  type PipelineInput,
  type StartEvent,
  type StartResult,
} from '../../../common/contracts/events.ts';
import type { KeywordSets } from '../../../common/contracts/keyword-sets.ts';
import type { Settings, TransformEngine } from '../../../common/contracts/settings.ts';
import { InvalidEventError, InvalidObjectError } from '../../../common/errors.ts';
import { keywordSetNamed } from '../../../common/keywords.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { checkRequest } from './check-request.ts';
import type { Executions } from './executions.ts';
import { searchTasks } from './search-tasks.ts';
import { settingsOfRun } from './settings.ts';

export interface StartDependencies {
  readonly executions: Executions;
  keywordSets(): Promise<KeywordSets>;
  /** The deployment's; an event may replace each. */
  readonly settings: Settings;
  readonly transformEngine: TransformEngine;
  readonly clock: Clock;
  /** Keeps that a scheduled batch was skipped because a run went on; the alarm tells of several. */
  noteSkipped(batch: Batch, running: string): Promise<void>;
}

const MOST_RERUNS = 99;
/** Far below the 256 KiB that Step Functions takes: the input travels through every state. */
const MOST_INPUT_BYTES = 32 * 1024;

/**
 * Starts the run of a batch, unless one goes on: then `skipped`, with the ARN of that run. Live runs and backfills look only at their own
 * kind. A scheduled batch is started once, so a schedule that fires twice is `skipped` with the ARN of its run; a person who names the batch
 * gets a rerun, `<batch>-r1`, `-r2`, … A backfill's names begin with `backfill-`.
 * @throws InvalidEventError for what cannot be (message: the value and the remedy) or a batch rerun 99 times; InvalidObjectError,
 *   MissingObjectError for the sets.
 */
export async function startRun(event: StartEvent, deps: StartDependencies, { logger }: Pick<Invocation, 'logger'>): Promise<StartResult> {
  const now = deps.clock.now();
  checkRequest(event, now.toZonedDateTimeISO('Asia/Seoul').toPlainDate());
  const batch = batchOfEvent(event, now);
  const input = await pipelineInput(batch, event, deps);

  const isBackfill = event.backfill !== undefined;
  const running = (await deps.executions.running()).find(({ name }) => name.startsWith(BACKFILL_EXECUTION) === isBackfill);
  const name = isBackfill ? `${BACKFILL_EXECUTION}${batch}` : batch;
  const result: StartResult = running
    ? { batch, status: 'skipped', executionArn: running.executionArn }
    : event.scheduledTime === undefined
      ? await startAgain(name, input, deps.executions)
      : await startOnce(name, input, deps.executions);
  // A schedule may fire twice for one batch: that the batch itself goes on is no overlap.
  const overlaps = running !== undefined && event.scheduledTime !== undefined && !running.name.startsWith(batch);
  if (overlaps) await deps.noteSkipped(batch, running.name);
  // SkippedRunsAlarm counts the lines with overlaps.
  logger.info('start', { ...result, overlaps, searches: input.searchTasks.length });
  return result;
}

function batchOfEvent({ batch, scheduledTime }: StartEvent, now: Temporal.Instant): Batch {
  if (batch !== undefined) return batch;
  if (scheduledTime !== undefined) return batchOf(Temporal.Instant.from(scheduledTime));
  // Schedules fire on whole minutes: a backfill that starts on one must not write into the objects of that minute's batch.
  return batchOf(now.epochMilliseconds % 60_000 < 1000 ? now.add({ seconds: 1 }) : now);
}

async function pipelineInput(batch: Batch, event: StartEvent, deps: StartDependencies): Promise<PipelineInput> {
  const settings = settingsOfRun(event, deps.settings);
  const set = keywordSetNamed(await deps.keywordSets(), settings.keywordSetName);
  const { searchFunctions, ...forStateMachine } = settings;
  const input = pipelineInputSchema.parse({
    batch,
    startAt: event.startAt,
    dryRun: event.dryRun,
    quiet: event.backfill !== undefined,
    backfill: event.backfill ?? null,
    transformEngine: deps.transformEngine,
    ...forStateMachine,
    searchTasks: searchTasks({ keywordSetName: settings.keywordSetName, searchFunctions }, set, event.backfill?.sites),
  });
  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes > MOST_INPUT_BYTES)
    throw new InvalidObjectError(
      `Keyword set "${settings.keywordSetName}" makes a run's input ${bytes} bytes long, at most ${MOST_INPUT_BYTES} are passed on; move keywords or boards into a second set, or give functions by name instead of ARN`,
    );
  return input;
}

async function startOnce(name: string, input: PipelineInput, executions: Executions): Promise<StartResult> {
  const executionArn = await executions.start(name, input);
  if (executionArn) return { batch: input.batch, status: 'started', executionArn };
  return { batch: input.batch, status: 'skipped', executionArn: executions.arnOf(name) };
}

async function startAgain(name: string, input: PipelineInput, executions: Executions): Promise<StartResult> {
  for (let rerun = 0; rerun <= MOST_RERUNS; rerun += 1) {
    const executionArn = await executions.start(rerun === 0 ? name : `${name}-r${rerun}`, input);
    if (executionArn) return { batch: input.batch, status: 'started', executionArn };
  }
  throw new InvalidEventError(`Batch ${input.batch} was run again ${MOST_RERUNS} times; find out why before running it once more`);
}
