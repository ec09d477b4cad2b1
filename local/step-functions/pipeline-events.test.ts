import { pipelineFixture, pipelineInput, PARTS, type PipelineFixture } from './pipeline-fixture.ts';
import { FunctionError } from './step-functions-fixture.ts';

let pipeline: PipelineFixture;
beforeEach(() => {
  pipeline = pipelineFixture();
});
afterEach(() => pipeline.remove());

const { batch, searchTasks } = pipelineInput();
const eventsOf = (name: string) => pipeline.invoked.filter((each) => each.name === name).map(({ event }) => event);

describe('Invocation = async', () => {
  it('sends the searches and the parts as events that know whom to answer, and settles each phase', async () => {
    const ended = await pipeline.run({ invocation: 'async' });
    const names = ended.states.map(({ name }) => name);

    expect(ended.status).toBe('SUCCEEDED');
    expect(names).toContain('SettleSearch');
    expect(names.filter((name) => ['Search', 'Extract', 'SkipFailedSearch', 'SkipFailedPart'].includes(name))).toEqual([]);
    expect(eventsOf('search-1')).toMatchObject(searchTasks.map(({ part }) => ({ part, completion: batch })));
    expect(PARTS.flatMap((part) => eventsOf(part.function))).toMatchObject(PARTS.map(({ part }) => ({ part, completion: batch })));
    const of = { batch, invocation: 'async', executionName: batch };
    expect(eventsOf('SettleFunctionArn')).toEqual([
      { ...of, stage: 'search', parts: ['bobaedream-keyword-1', 'clien-board-cm_car'] },
      { ...of, stage: 'extract', parts: ['bobaedream-0001', 'clien-0001'], searches: ['bobaedream-keyword-1', 'clien-board-cm_car'] },
    ]);
  });

  it('hears nothing of how an event ends: settling tells', async () => {
    const ended = await pipeline.run(
      { invocation: 'async' },
      {
        functions(name) {
          if (name.startsWith('search-')) throw new FunctionError('UnknownSiteError', 'Site "naver" is not known');
        },
      },
    );

    expect(ended.status).toBe('SUCCEEDED');
    expect(ended.states.filter(({ status }) => status === 'CAUGHT')).toEqual([]);
  });

  it('fails when settling the searches meets what a person must correct', async () => {
    const ended = await pipeline.run(
      { invocation: 'async' },
      {
        functions(_name, { stage }: { stage?: string }) {
          if (stage === 'search') throw new FunctionError('UnknownSiteError', 'Site "naver" is not known');
        },
      },
    );

    expect(ended).toMatchObject({ status: 'FAILED', error: 'SettleSearch' });
    expect(ended.states.map(({ name }) => name)).not.toContain('Plan');
  });

  it('settles the searches of a dry run too, then ends', async () => {
    const ended = await pipeline.run({ invocation: 'async', dryRun: true });

    expect(ended.status).toBe('SUCCEEDED');
    expect(ended.states.map(({ name }) => name).slice(-4)).toEqual(['SearchesRunning', 'SettleSearch', 'OnlySearched', 'Done']);
  });
});

describe('what travels from state to state', () => {
  /** Lambda's longest name. */
  const functionName = (kind: string, number: number) => `${kind}-${number}-`.padEnd(64, 'x');
  const searches = Array.from({ length: 150 }, (_, index) => ({
    site: 'bobaedream',
    kind: 'keyword' as const,
    term: '일렉트릭코나',
    part: `bobaedream-keyword-0123456789ab-${index}`,
    function: functionName('search', index % 10),
  }));
  const detailFunctions = Array.from({ length: 10 }, (_, index) => functionName('extract', index));
  const parts = Array.from({ length: 200 }, (_, index) => ({
    site: 'bobaedream',
    part: `bobaedream-${String(index + 1).padStart(4, '0')}`,
    function: detailFunctions[index % 10] ?? '',
  }));

  it.each(['sync', 'async'] as const)('stays below 32 KiB with 150 searches and 200 parts, %s', async (invocation) => {
    const ended = await pipeline.run(
      { invocation, detailFunctions, maxConcurrency: 40, searchTasks: searches },
      {
        functions: (name) =>
          name === 'PlanFunctionArn' ? { posts: 2000, deferred: 0, collected: 0, partCount: parts.length, parts } : undefined,
      },
    );
    const carried = ended.events.flatMap((event) => [
      (event['stateEnteredEventDetails']?.['input'] ?? '') as string,
      (event['stateExitedEventDetails']?.['output'] ?? '') as string,
    ]);

    expect(ended.status).toBe('SUCCEEDED');
    expect(pipeline.invoked.filter(({ name }) => name.startsWith('extract-'))).toHaveLength(200);
    expect(Math.max(...carried.map((text) => Buffer.byteLength(text)))).toBeLessThan(32 * 1024);
  });
});
