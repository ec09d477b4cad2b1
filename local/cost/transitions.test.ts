import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { repository } from '../run/directories.ts';
import { countTransitions } from './transitions.ts';

const pipeline: unknown = JSON.parse(readFileSync(join(repository, 'workflow', 'pipeline.asl.json'), 'utf8'));
const shape = { items: {}, polls: 0 };

it.each([
  ['26 searches, 6 parts and one wait', 26, 6, 1, 85],
  ['26 searches, 7 parts and two waits', 26, 7, 2, 90],
  ['2 searches and 1 part', 2, 1, 0, 24],
])('counts the states that the laptop run enters for %s', (_what, searches, parts, polls, states) => {
  // 85 and 90 are the entered states in the histories of such runs; the third follows by hand.
  expect(countTransitions(pipeline, { items: { SearchAll: searches, ExtractAll: parts }, polls })).toBe(states);
});

it('goes by the default of a choice, and by its first choice out of a loop', () => {
  const machine = {
    StartAt: 'Ask',
    States: {
      Ask: { Type: 'Task', Next: 'Ended' },
      Ended: { Type: 'Choice', Choices: [{ Next: 'Done' }, { Next: 'Failed' }], Default: 'Wait' },
      Wait: { Type: 'Wait', Next: 'Ask' },
      Done: { Type: 'Succeed' },
      Failed: { Type: 'Fail' },
    },
  };

  expect([0, 1, 2].map((polls) => countTransitions(machine, { ...shape, polls }))).toEqual([3, 6, 9]);
});

it('names a state that is not there, and a map whose items nobody gave', () => {
  expect(() => countTransitions({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } }, shape)).toThrow('has no state B');
  expect(() => countTransitions(pipeline, shape)).toThrow('the Map state SearchAll');
});
