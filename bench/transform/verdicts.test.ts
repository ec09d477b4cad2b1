import { median, table } from '../tables.ts';
import { verdicts, type Cost, type Costs } from './verdicts.ts';

const SIZES = [10, 100, 1000];
const cost = (wallSeconds: number, peakBytes = 1e9): Cost => ({ wallSeconds, cpuSeconds: wallSeconds, peakBytes });
const costs = (sail: readonly Cost[], others: { spark?: number; indexed?: number; filtered?: readonly [number, number] } = {}): Costs => ({
  'job on Sail': new Map(SIZES.map((size, index) => [size, sail[index] ?? cost(NaN, NaN)])),
  'job on Spark': new Map([[1000, cost(others.spark ?? 100)]]),
  'DuckDB SQL': new Map([[1000, cost(26)]]),
  "original's way, indexed": new Map([[1000, cost(others.indexed ?? 100)]]),
  "original's way, filtered": new Map([[others.filtered?.[0] ?? 100, cost(others.filtered?.[1] ?? 100)]]),
});
const linear = [cost(2), cost(3), cost(13)];

it('holds a run to what was promised', () => {
  const found = verdicts(costs(linear), SIZES);

  expect(found.map(({ holds }) => holds)).toEqual([true, true, true, true, true, true]);
  expect(found[0]?.text).toBe('7.69 × as fast as local Spark 3.5 (at least 2.5 ×)');
  expect(found[2]?.text).toBe('a further comment costs 1.00 × as much from 100 to 1,000 as from 10 to 100 (linear: at most 1.5 ×)');
  expect(found[5]?.text).toBe("DuckDB's SQL takes 2.00 × the job's time (no target)");
});

it.each([
  ['slower than Spark allows', costs(linear, { spark: 30 }), [false, true, true, true, true, true]],
  ['large', costs([cost(2), cost(3), cost(13, 5e9)]), [true, false, true, true, true, true]],
  ['worse than linear', costs([cost(2), cost(3), cost(30)]), [true, true, false, true, true, true]],
  ['too noisy to tell its growth', costs([cost(3), cost(2), cost(13)]), [true, true, false, true, true, true]],
  ["near the original's way", costs(linear, { indexed: 30, filtered: [1000, 38] }), [true, true, true, false, false, true]],
  ['without a figure', costs([cost(2), cost(3)]), [false, false, false, false, false, true]],
])('says that a run is %s', (_what, figures, holds) => {
  expect(verdicts(figures, SIZES).map((one) => one.holds)).toEqual(holds);
});

it.each([
  [[100, 5] as const, "3.85 × as fast as the original's way, filtered (at least 3 ×; lower bound: as dear a comment as at 100)"],
  [[1000, 52] as const, "4.00 × as fast as the original's way, filtered (at least 3 ×)"],
])('takes the filtered way as measured, or else its lower bound: %p', (filtered, text) => {
  expect(verdicts(costs(linear, { filtered }), SIZES)[4]).toEqual({ holds: true, text });
});

it('takes the middle of the rounds, of an even number the lower of the two', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([])]).toEqual([2, 2, NaN]);
});

it('writes a table with figures to the right', () => {
  expect(
    table(
      ['', 's'],
      [
        ['a b', '10.0'],
        ['c', '9.5'],
      ],
    ),
  ).toBe('|     |    s |\n| --- | ---: |\n| a b | 10.0 |\n| c   |  9.5 |');
});
