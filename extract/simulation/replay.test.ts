import { FRESHNESS } from '../src/crawl/freshness.ts';
import { frontierOf, kneeOf } from './knee.ts';
import { replay } from './replay.ts';
import { tryOut } from './trial.ts';

const every10 = { batchMinutes: 10, firstBatch: 5 };
const fast = Array.from({ length: 120 }, (_, index) => index + 1);

it('reads a silent post with each batch of its first hour, then less and less until 72 hours', () => {
  const silent = { site: 'clien', minutes: [], crossedAt: null };

  const { readings, requests, delay } = replay(silent, every10, true, FRESHNESS);

  // At 6 to 56 minutes, 66, 106, 166, 256, 386, 586, 886, then nine times with six hours between, and the last at 72 hours.
  expect([requests, delay]).toEqual([readings, null]);
  expect(readings).toBe(23);
});

it('sees a crossing with the next reading, and pays for each page of comments', () => {
  const hot = { site: 'clien', minutes: fast, crossedAt: 50 };

  const { requests, readings, delay } = replay(hot, every10, true, FRESHNESS);

  expect(delay).toBe(6);
  expect(requests).toBeGreaterThan(readings);
});

it('sees late what crosses between two readings of a quiet post', () => {
  const late = { site: 'clien', minutes: [1500], crossedAt: 1500 };

  expect(replay(late, every10, true, FRESHNESS).delay).toBeGreaterThan(30);
  expect(replay(late, every10, true, { ...FRESHNESS, shareOfAge: 0 }).delay).toBe(6);
});

it('costs less and sees less when a post matches no keyword', () => {
  const posts = [{ site: 'clien', minutes: fast, crossedAt: 100 }];
  const [matched, unmatched] = [tryOut(posts, 10, FRESHNESS), tryOut(posts, 10, FRESHNESS, false)];

  expect(unmatched.requests).toBeLessThan(matched.requests);
  expect(unmatched.delay).toBeGreaterThanOrEqual(matched.delay);
});

describe('the knee', () => {
  const outcomes = [
    { requests: 10, delay: 100 },
    { requests: 20, delay: 30 },
    { requests: 25, delay: 40 },
    { requests: 60, delay: 20 },
    { requests: 60, delay: 25 },
  ];

  it('is looked for among outcomes that no other beats', () => {
    expect(frontierOf(outcomes)).toEqual([outcomes[0], outcomes[1], outcomes[3]]);
  });

  it('lies where the curve bends most', () => {
    expect(kneeOf(frontierOf(outcomes))).toBe(outcomes[1]);
    expect(() => kneeOf([])).toThrow(RangeError);
  });
});
