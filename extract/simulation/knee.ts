/** What a setting costs and what it brings: the less of both the better. */
export interface Outcome {
  readonly requests: number;
  readonly delay: number;
}

/** The outcomes that no other beats in both, cheapest first. */
export function frontierOf<T extends Outcome>(outcomes: readonly T[]): T[] {
  const byCost = outcomes.toSorted((a, b) => a.requests - b.requests || a.delay - b.delay);
  return byCost.filter((one, index) => byCost.slice(0, index).every((cheaper) => cheaper.delay > one.delay));
}

/**
 * The knee of a frontier: where it lies farthest below the line between its ends, both axes scaled to 0–1 (Satopää et al. 2011,
 * "Finding a 'Kneedle' in a Haystack"). Before it a request buys much, after it little. @throws RangeError when there is no outcome.
 */
export function kneeOf<T extends Outcome>(frontier: readonly T[]): T {
  const [first, last] = [frontier[0], frontier.at(-1)];
  if (!first || !last) throw new RangeError('an empty frontier has no knee');
  const scaled = (value: number, from: number, to: number) => (to === from ? 0 : (value - from) / (to - from));
  const height = ({ requests, delay }: T) => scaled(requests, first.requests, last.requests) + scaled(delay, last.delay, first.delay);
  return frontier.reduce((best, one) => (height(one) < height(best) ? one : best));
}
