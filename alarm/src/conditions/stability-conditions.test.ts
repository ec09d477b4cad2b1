import { stabilityConditions } from './stability-conditions.ts';

const row = (changes: object) => ({ site: 'clien', measure: 'score', batches: 3, lowest: 0.3, latest: 0.4, ...changes });
const stateOf = (...rows: ReturnType<typeof row>[]) => stabilityConditions(rows).map(({ state }) => state);

it.each([
  ['drifting after three batches above the limit', row({}), 'drifting'],
  ['unclear after two', row({ batches: 2 }), 'unclear'],
  ['unclear when one of three was below', row({ lowest: 0.1 }), 'unclear'],
  ['healthy at the limit', row({ lowest: 0.1, latest: 0.25 }), 'healthy'],
])('calls a site %s', (_what, measured, expected) => {
  expect(stateOf(measured)).toEqual([expected]);
});

it('takes a site for drifting when one measure of several does, and speaks of that one', () => {
  const [condition] = stabilityConditions([row({ measure: 'comments', lowest: 0, latest: 0.01 }), row({})]);

  expect(condition?.subject).toBe('stability#clien');
  expect(condition?.notice('20261120T053000Z', 'ko').summary).toBe('클리앙 – 점수 0.40');
});
