/** Median wall and CPU seconds of the rounds, and the highest peak of their memory. */
export interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

export const CONTENDERS = ['job on Sail', 'job on Spark', 'DuckDB SQL', "original's way, indexed", "original's way, filtered"] as const;
export type Contender = (typeof CONTENDERS)[number];
/** By contender and number of comments; the filtered way may lack the largest. */
export type Costs = Readonly<Record<Contender, ReadonlyMap<number, Cost>>>;

export interface Verdict {
  readonly holds: boolean;
  readonly text: string;
}

const MOST_BYTES = 4e9;
const LEAST_OF_SPARK = 2.5;
const LEAST_OF_ORIGINAL = 3;
/** Of the seconds a further comment costs: growth is called linear up to here, because three rounds do not tell less apart. */
const MOST_GROWTH = 1.5;

/** What must hold of the job, by the figures of one run at its sizes (at least three, rising). */
export function verdicts(costs: Costs, sizes: readonly number[]): Verdict[] {
  const [small = NaN, middle = NaN] = sizes;
  const largest = sizes.at(-1) ?? NaN;
  const wall = (contender: Contender, size = largest) => costs[contender].get(size)?.wallSeconds ?? NaN;
  const sail = wall('job on Sail');
  const slope = (from: number, to: number) => (wall('job on Sail', to) - wall('job on Sail', from)) / (to - from);
  const [early, late] = [slope(small, middle), slope(middle, largest)];
  // Where more comments seem to take less time, the rounds were too noisy to tell.
  const growth = early > 0 && late > 0 ? late / early : NaN;
  const peak = costs['job on Sail'].get(largest)?.peakBytes ?? NaN;
  const spark = wall('job on Spark') / sail;
  const indexed = wall("original's way, indexed") / sail;
  const filtered = filteredSeconds(costs, largest);
  return [
    { holds: spark >= LEAST_OF_SPARK, text: `${fixed(spark)} × as fast as local Spark 3.5 (at least ${LEAST_OF_SPARK} ×)` },
    { holds: peak <= MOST_BYTES, text: `${fixed(peak / 1e9)} GB at the highest peak (at most ${MOST_BYTES / 1e9} GB)` },
    {
      holds: growth <= MOST_GROWTH,
      text: `a further comment costs ${fixed(growth)} × as much from ${comments(middle)} to ${comments(largest)} as from ${comments(small)} to ${comments(middle)} (linear: at most ${MOST_GROWTH} ×)`,
    },
    {
      holds: indexed >= LEAST_OF_ORIGINAL,
      text: `${fixed(indexed)} × as fast as the original's way, indexed (at least ${LEAST_OF_ORIGINAL} ×)`,
    },
    {
      holds: filtered.seconds / sail >= LEAST_OF_ORIGINAL,
      text: `${fixed(filtered.seconds / sail)} × as fast as the original's way, filtered (at least ${LEAST_OF_ORIGINAL} ×${filtered.how})`,
    },
    // No target: it is reported.
    { holds: wall('DuckDB SQL') > 0, text: `DuckDB's SQL takes ${fixed(wall('DuckDB SQL') / sail)} × the job's time (no target)` },
  ];
}

/** Measured, or else a lower bound: each look-up filters all comments, so a comment only gets dearer with more of them. */
function filteredSeconds(costs: Costs, size: number): { seconds: number; how: string } {
  const measured = costs["original's way, filtered"];
  const last = Math.max(...measured.keys());
  const seconds = measured.get(last)?.wallSeconds ?? NaN;
  if (last === size) return { seconds, how: '' };
  return { seconds: (seconds / last) * size, how: `; lower bound: as dear a comment as at ${comments(last)}` };
}

function fixed(figure: number): string {
  return figure.toFixed(2);
}

function comments(size: number): string {
  return size.toLocaleString('en');
}
