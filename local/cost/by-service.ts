import type { Line } from './line.ts';
import { prices } from './prices.ts';

export interface ServiceCost {
  readonly service: string;
  readonly usd: number;
}

/** What each service costs, the dearest first. */
export function byService(lines: readonly Line[], usd: (line: Line) => number): ServiceCost[] {
  const sums = new Map<string, number>();
  for (const line of lines) {
    const { service } = prices[line.price];
    sums.set(service, (sums.get(service) ?? 0) + usd(line));
  }
  return [...sums].map(([service, sum]) => ({ service, usd: sum })).sort((left, right) => right.usd - left.usd);
}
