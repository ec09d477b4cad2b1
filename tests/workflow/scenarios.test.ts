import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { Temporal } from 'temporal-polyfill';
import keywordSets from '../../config/keyword-sets.json' with { type: 'json' };
import { pipelineInputSchema, startEventSchema, type PipelineInput } from '../../common/contracts/events.ts';
import { pipelineFixture, type PipelineFixture } from '../../local/step-functions/pipeline-fixture.ts';
import { startRun } from '../../workflow/src/start/start-run.ts';

const EVENTS = join(import.meta.dirname, '../../events');
const SETTINGS = {
  keywordSetName: 'default',
  environment: 'PROD' as const,
  invocation: 'sync' as const,
  searchFunctions: ['search-1'],
  detailFunctions: ['extract-1', 'extract-2'],
  detailBatchSize: 10,
  maxConcurrency: 16,
};

let pipeline: PipelineFixture;
beforeEach(() => {
  pipeline = pipelineFixture();
});
afterEach(() => pipeline.remove());

/** What StartFunction gives the state machine for a sample event, and under which name. */
async function started(file: string): Promise<{ name: string; input: PipelineInput }> {
  const runs: { name: string; input: PipelineInput }[] = [];
  const deps = {
    executions: {
      running: () => Promise.resolve([]),
      start(name: string, input: PipelineInput) {
        runs.push({ name, input });
        return Promise.resolve(name);
      },
      arnOf: (name: string) => name,
    },
    keywordSets: () => Promise.resolve(keywordSets),
    settings: SETTINGS,
    transformEngine: 'emr-step' as const,
    clock: { now: () => Temporal.Instant.from('2026-09-14T04:31:00Z') },
    noteSkipped: () => Promise.reject(new Error('nothing runs beside it')),
  };
  const event = startEventSchema.parse(JSON.parse(readFileSync(join(EVENTS, file), 'utf8')));
  await startRun(event, deps, { logger: new Logger({ logLevel: 'SILENT' }) });
  const [run] = runs;
  if (!run) throw new Error(`events/${file} started nothing`);
  return run;
}

/** What an operator would see of each. */
const SCENARIOS: Readonly<Record<string, { passes: string[]; avoids: string[] }>> = {
  'start.json': { passes: ['Search', 'Extract', 'Transform', 'Alarm'], avoids: ['SettleSearch', 'SendSearch'] },
  'start-scheduled.json': { passes: ['Search', 'Extract', 'Transform', 'Alarm'], avoids: ['SettleSearch'] },
  'start-async.json': { passes: ['SendSearch', 'SettleSearch', 'SendExtract', 'SettleExtract', 'Alarm'], avoids: ['Search', 'Extract'] },
  'start-dev.json': { passes: ['Search', 'Extract', 'Transform', 'Alarm'], avoids: [] },
  'start-backfill.json': { passes: ['Search', 'Extract', 'Transform', 'PrepareLoad', 'Alarm'], avoids: [] },
  'start-backfill-dry-run.json': { passes: ['Search', 'Done'], avoids: ['EnsureCluster', 'Plan', 'Alarm'] },
  'start-rerun-from-load.json': { passes: ['PrepareLoad', 'Alarm'], avoids: ['EnsureCluster', 'SearchAll', 'Transform'] },
};

it('there is a scenario for every sample event of StartFunction, and the other way round', () => {
  expect(readdirSync(EVENTS).filter((file) => file.startsWith('start'))).toEqual(Object.keys(SCENARIOS).sort());
});

it.each(Object.entries(SCENARIOS))('events/%s goes through the state machine', async (file, { passes, avoids }) => {
  const { input } = await started(file);

  const { status, states } = await pipeline.run(input);
  const names = states.map(({ name }) => name);

  expect(status).toBe('SUCCEEDED');
  expect(passes.filter((name) => !names.includes(name))).toEqual([]);
  expect(avoids.filter((name) => names.includes(name))).toEqual([]);
});

it('a backfill runs under its own name, quietly, and tells every function its dates', async () => {
  const { name, input } = await started('start-backfill.json');
  await pipeline.run(input);
  const told = (functionName: string) => pipeline.invoked.filter((each) => each.name.startsWith(functionName)).map(({ event }) => event);

  expect(name).toMatch(/^backfill-\d{8}T\d{6}Z$/);
  for (const event of [...told('search-'), ...told('Plan'), ...told('extract-')]) expect(event).toHaveProperty('backfill', input.backfill);
  expect(told('Alarm')).toMatchObject([{ quiet: true }]);
});

it('what StartFunction makes keeps the contract of the state machine’s input', async () => {
  for (const file of Object.keys(SCENARIOS))
    expect(pipelineInputSchema.safeParse((await started(file)).input)).toMatchObject({ success: true });
});
