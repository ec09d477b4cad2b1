import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PipelineInput } from '../../common/contracts/events.ts';
import { jsonServer, type Answer, type JsonServer } from './json-server-fixture.ts';
import { stepFunctionsFixture, type Ended, type FakeLambda } from './step-functions-fixture.ts';

const BATCH = '20261120T120000Z';

/** An invocation as the functions saw it. */
export interface Invoked {
  readonly name: string;
  readonly event: Readonly<Record<string, unknown>>;
}

export interface PipelineFixture {
  readonly invoked: readonly Invoked[];
  /** Plays the repository's machine. `functions` may answer (or throw) instead of the well-behaved ones: undefined leaves it to them. */
  run(
    input?: Partial<PipelineInput>,
    options?: {
      readonly functions?: FakeLambda;
      readonly stepState?: string;
      readonly refusals?: number;
      readonly transformSeconds?: number;
      readonly loadStatus?: string;
    },
  ): Promise<Ended>;
  remove(): Promise<void>;
}

/** Two searches by one function and what an ordinary run has. */
export function pipelineInput(changes: Partial<PipelineInput> = {}): PipelineInput {
  return {
    batch: BATCH,
    startAt: 'extract',
    dryRun: false,
    quiet: false,
    backfill: null,
    transformEngine: 'emr-step',
    keywordSetName: 'default',
    environment: 'PROD',
    invocation: 'sync',
    detailFunctions: ['extract-1', 'extract-2'],
    detailBatchSize: 10,
    maxConcurrency: 16,
    searchTasks: [
      { site: 'bobaedream', kind: 'keyword', term: '엔진', part: 'bobaedream-keyword-1', function: 'search-1' },
      { site: 'clien', kind: 'board', term: 'cm_car', part: 'clien-board-cm_car', function: 'search-1' },
    ],
    ...changes,
  };
}

export const PARTS = [
  { site: 'bobaedream', part: 'bobaedream-0001', function: 'extract-1' },
  { site: 'clien', part: 'clien-0001', function: 'extract-2' },
];

/** The machine with functions, an EMR and a warehouse that answer as their contracts have it. */
export function pipelineFixture(): PipelineFixture {
  const fixture = stepFunctionsFixture();
  const invoked: Invoked[] = [];
  const servers: JsonServer[] = [];
  return {
    invoked,
    async run(
      changes = {},
      { functions = () => undefined, stepState = 'COMPLETED', refusals = 0, transformSeconds = 60, loadStatus = 'FINISHED' } = {},
    ) {
      const aws: JsonServer = await jsonServer((call) => cloud({ stepState, refusals, loadStatus }, aws)(call));
      servers.push(aws);
      const answer: FakeLambda = (name, event, signal) => {
        invoked.push({ name, event });
        return functions(name, event, signal) ?? wellBehaved(name, event);
      };
      const service = fixture.serve(definition(transformSeconds), { functions: answer, endpointUrl: aws.url });
      const executionArn = await fixture.start(service, pipelineInput(changes), changes.batch ?? BATCH);
      return fixture.ended(service, executionArn);
    },
    async remove() {
      await fixture.remove();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

/** `transformSeconds`: the time-out of the state Transform. */
function definition(transformSeconds: number): object {
  const text = readFileSync(join(import.meta.dirname, '../../workflow/pipeline.asl.json'), 'utf8');
  const machine = JSON.parse(text.replaceAll(/\$\{(\w+)\}/g, '$1')) as { States: { Transform: { TimeoutSeconds: number } } };
  machine.States.Transform.TimeoutSeconds = transformSeconds;
  return machine;
}

function wellBehaved(name: string, event: Readonly<Record<string, unknown>>): unknown {
  if (name.startsWith('search-'))
    return { site: event['site'], kind: event['kind'], term: event['term'], found: 3, added: 2, refused: false };
  if (name.startsWith('extract-'))
    return { site: event['site'], part: event['part'], posts: 5, comments: 9, gone: 0, failed: 0, undone: 0 };
  const answers: Record<string, unknown> = {
    EnsureClusterFunctionArn: { clusterId: 'j-1' },
    CancelStepFunctionArn: { cancelled: 1 },
    PlanFunctionArn: { posts: 12, deferred: 0, collected: 0, partCount: PARTS.length, parts: PARTS },
    SettleFunctionArn: { posts: event['stage'] === 'extract' ? 10 : 0, missing: 0 },
    PrepareLoadFunctionArn: { sqls: ['select 1'], clientToken: 'token', statementName: 'load' },
    AlarmFunctionArn: { sent: 1, repeated: 0 },
    NotifyFailureFunctionArn: { error: Object.keys(event['errors'] ?? {}).join(), cause: JSON.stringify(event['errors']) },
  };
  return answers[name];
}

/** An EMR that refuses some steps, whose step or job run then ends in this state, and a warehouse that is busy once, then ends in that. */
function cloud({ stepState, refusals, loadStatus }: { stepState: string; refusals: number; loadStatus: string }, aws: JsonServer): Answer {
  const times = (operation: string) => aws.calls.filter((call) => call.operation.endsWith(operation)).length;
  return ({ operation }) => {
    if (operation.endsWith('AddJobFlowSteps') && times('AddJobFlowSteps') <= refusals)
      return { status: 400, body: { __type: 'ValidationException', message: 'A job flow that is shutting down may not be modified.' } };
    if (operation.endsWith('AddJobFlowSteps')) return { body: { StepIds: ['s-1'] } };
    if (operation.endsWith('DescribeStep')) return { body: { Step: { Id: 's-1', Status: { State: stepState } } } };
    if (operation.startsWith('POST ')) return { body: { applicationId: '00f1', jobRunId: '00a1', arn: 'arn' } };
    if (operation.startsWith('GET ')) return { body: { jobRun: { jobRunId: '00a1', state: stepState, stateDetails: 'in words' } } };
    if (operation.endsWith('BatchExecuteStatement')) return { body: { Id: 'load-1' } };
    return {
      body:
        times('DescribeStatement') < 2
          ? { Id: 'load-1', Status: 'STARTED' }
          : { Id: 'load-1', Status: loadStatus, Error: 'Query #2 failed' },
    };
  };
}
