/** Median wall seconds, CPU seconds and peak bytes of one contender at one size. */
export interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}
/** By contender and number of comments. */
export type Costs = Readonly<Record<'job on Sail' | 'job on Spark' | 'DuckDB SQL' | "original's way", ReadonlyMap<number, Cost>>>;

export interface Verdict {
  readonly holds: boolean;
  readonly text: string;
}

/** What must hold of the job, by the figures of one run at its smallest, middle and largest size. */
export function verdicts(costs: Costs, sizes: readonly number[]): Verdict[] {
  const largest = Math.max(...sizes);
  const [small = largest, middle = largest] = sizes;
  const wall = (contender: keyof Costs, size = largest) => costs[contender].get(size)?.wallSeconds ?? NaN;
  const sail = wall('job on Sail');
  // Seconds a comment beyond what starting costs: level from the middle to the largest size means linear growth.
  const slope = (from: number, to: number) => (wall('job on Sail', to) - wall('job on Sail', from)) / (to - from);
  const growth = slope(middle, largest) / slope(small, middle);
  const gigabytes = (costs['job on Sail'].get(largest)?.peakBytes ?? NaN) / 1e9;
  return [
    verdict(
      wall('job on Spark') / sail,
      (ratio) => ratio >= 2.5,
      (ratio) => `${ratio} × faster than local Spark 3.5 (at least 2.5 ×)`,
    ),
    verdict(
      gigabytes,
      (peak) => peak <= 4,
      (peak) => `${peak} GB at the peak (at most 4 GB)`,
    ),
    verdict(
      growth,
      (ratio) => ratio <= 1.5,
      (ratio) => `a further comment costs ${ratio} × as much beyond ${middle} as below (linear: at most 1.5 ×)`,
    ),
    verdict(
      wall("original's way") / sail,
      (ratio) => ratio >= 3,
      (ratio) => `${ratio} × faster than the original's way (at least 3 ×)`,
    ),
    verdict(
      wall('DuckDB SQL') / sail,
      (ratio) => ratio > 0,
      (ratio) => `DuckDB's SQL takes ${ratio} × the job's time (reported)`,
    ),
  ];
}

function verdict(figure: number, holds: (figure: number) => boolean, text: (figure: string) => string): Verdict {
  return { holds: holds(figure), text: text(figure.toFixed(2)) };
}
