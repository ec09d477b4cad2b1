import { verdicts, type Cost, type Costs } from './verdicts.ts';

const SIZES = [10, 100, 1000];
const cost = (wallSeconds: number, peakBytes = 1e9): Cost => ({ wallSeconds, cpuSeconds: wallSeconds, peakBytes });
const costs = (sail: readonly Cost[], others = 100): Costs => {
  const other = new Map([[1000, cost(others)]]);
  const own = new Map(SIZES.map((size, index) => [size, sail[index] ?? cost(0)]));
  return { 'job on Sail': own, 'job on Spark': other, 'DuckDB SQL': other, "original's way": other };
};

it('holds a run to what was promised', () => {
  const linear = costs([cost(2), cost(3), cost(13)]);

  expect(verdicts(linear, SIZES).map(({ holds }) => holds)).toEqual([true, true, true, true, true]);
  expect(verdicts(linear, SIZES)[0]?.text).toBe('7.69 × faster than local Spark 3.5 (at least 2.5 ×)');
});

it.each([
  ['slow', costs([cost(2), cost(3), cost(13)], 30), [false, true, true, false, true]],
  ['large', costs([cost(2), cost(3), cost(13, 5e9)]), [true, false, true, true, true]],
  ['worse than linear', costs([cost(2), cost(3), cost(30)]), [true, true, false, true, true]],
])('says that a run is %s', (_what, figures, holds) => {
  expect(verdicts(figures, SIZES).map((one) => one.holds)).toEqual(holds);
});
