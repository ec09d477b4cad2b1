import { setTimeout as sleep } from 'node:timers/promises';
import { FunctionError, lambdaState, stepFunctionsFixture, type StepFunctionsFixture } from './step-functions-fixture.ts';

let fixture: StepFunctionsFixture;
beforeEach(() => {
  fixture = stepFunctionsFixture();
});
afterEach(() => fixture.remove());

const skip = { Skip: { Type: 'Pass', End: true } };
const all = (itemFields: object, others: object = skip) => ({
  StartAt: 'ExtractAll',
  States: {
    ExtractAll: {
      Type: 'Map',
      ItemsPath: '$.parts',
      ItemSelector: { 'part.$': '$$.Map.Item.Value' },
      MaxConcurrency: 2,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Extract',
        States: {
          Extract: lambdaState('extract', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Skip' }], End: true, ...itemFields }),
          ...others,
        },
      },
      End: true,
    },
  },
});

const failing = (_name: string, { part }: { part: string }) => {
  if (part === 'b') throw new FunctionError('LayoutChangedError', 'part b');
  return part.toUpperCase();
};

it('goes on when one item fails and is caught', async () => {
  const service = fixture.serve(all({ ResultSelector: { 'got.$': '$.Payload' } }), { functions: failing });

  const ended = await fixture.run(service, { parts: ['a', 'b', 'c'] });

  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: [{ got: 'A' }, { Error: 'LayoutChangedError' }, { got: 'C' }] });
  expect(ended.states.filter(({ name }) => name === 'Extract').map(({ index, status, error }) => [index, status, error])).toEqual([
    [0, 'SUCCEEDED', undefined],
    [1, 'CAUGHT', 'LayoutChangedError'],
    [2, 'SUCCEEDED', undefined],
  ]);
});

it('writes every event of its items between its own, with a Map as the last state', async () => {
  const service = fixture.serve(all({}), { functions: failing });

  const { events } = await fixture.run(service, { parts: ['a', 'b', 'c'] });
  const types = events.map(({ type }) => type);
  const count = (type: string) => types.filter((each) => each === type).length;

  expect(types.slice(0, 3)).toEqual(['ExecutionStarted', 'MapStateEntered', 'MapStateStarted']);
  expect(types.slice(-3)).toEqual(['MapStateSucceeded', 'MapStateExited', 'ExecutionSucceeded']);
  expect(events[2]).toMatchObject({ mapStateStartedEventDetails: { length: 3 } });
  expect([count('MapIterationStarted'), count('MapIterationSucceeded'), count('TaskSucceeded'), count('TaskFailed')]).toEqual([3, 3, 2, 1]);
  expect([count('TaskStateEntered'), count('TaskStateExited'), count('PassStateExited')]).toEqual([3, 3, 1]);
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  expect(events.every(({ timestamp }, index) => timestamp >= (events[index - 1]?.timestamp ?? 0))).toBe(true);
});

it('tells how an item failed when nothing catches it', async () => {
  const reraise = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Raise' }] };
  const raise = { Raise: { Type: 'Fail', ErrorPath: '$.Error', CausePath: '$.Cause' } };
  const service = fixture.serve(all(reraise, raise), { functions: failing });

  const ended = await fixture.run(service, { parts: ['b'] });
  const types = ended.events.map(({ type }) => type);

  expect(ended).toMatchObject({ status: 'FAILED', error: 'LayoutChangedError' });
  expect(types.slice(-4)).toEqual(['FailStateEntered', 'MapIterationFailed', 'MapStateFailed', 'ExecutionFailed']);
  expect(types).not.toContain('WaitStateEntered');
  expect(ended.states.map(({ name, status }) => [name, status])).toEqual([
    ['ExtractAll', 'FAILED'],
    ['Extract', 'CAUGHT'],
    ['Raise', 'FAILED'],
  ]);
});

it('runs as many items at once as its input says', async () => {
  let atOnce = 0;
  let most = 0;
  const definition = JSON.stringify(all({})).replace('"MaxConcurrency":2', '"MaxConcurrencyPath":"$.maxConcurrency"');
  const service = fixture.serve(JSON.parse(definition) as object, {
    async functions() {
      most = Math.max(most, (atOnce += 1));
      await sleep(20);
      atOnce -= 1;
    },
  });

  await fixture.run(service, { parts: ['a', 'b', 'c', 'd', 'e', 'f'], maxConcurrency: 3 });

  expect(most).toBe(3);
});

it('takes no item, and nests in another Map and in a Parallel', async () => {
  const inner = { StartAt: 'Inner', States: { Inner: { Type: 'Pass', End: true } } };
  const nested = {
    StartAt: 'Both',
    States: {
      Both: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Outer',
            States: {
              Outer: {
                Type: 'Map',
                ItemProcessor: { StartAt: 'Middle', States: { Middle: { Type: 'Map', ItemProcessor: inner, End: true } } },
                End: true,
              },
            },
          },
          { StartAt: 'Other', States: { Other: { Type: 'Pass', Result: 'other', End: true } } },
        ],
        End: true,
      },
    },
  };

  const ended = await fixture.run(fixture.serve(nested), [[1, 2], []]);
  const types = ended.events.map(({ type }) => type);

  expect(ended.output).toEqual([[[1, 2], []], 'other']);
  expect(types.filter((type) => type === 'MapIterationStarted')).toHaveLength(4);
  expect(types.slice(-3)).toEqual(['ParallelStateSucceeded', 'ParallelStateExited', 'ExecutionSucceeded']);
});
