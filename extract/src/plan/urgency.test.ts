import { Temporal } from 'temporal-polyfill';
import { urgency, type Waiting } from './urgency.ts';

const now = Temporal.Instant.from('2026-11-20T05:00:00Z');
const quiet: Waiting = { created_at: '2026-11-20T00:00:00Z', next_due_at: '2026-11-20T05:00:00Z', pace: 0, matched: false, failures: 0 };
const of = (change: Partial<Waiting>) => urgency({ ...quiet, ...change }, now);

it.each([
  ['a younger post', { created_at: '2026-11-20T04:00:00Z' }],
  ['a post that moves', { pace: 4 }],
  ['a post that matches a keyword', { matched: true }],
  ['a post that has waited', { next_due_at: '2026-11-20T02:00:00Z' }],
])('puts %s before a quiet one', (_, change) => {
  expect(of(change)).toBeGreaterThan(of({}));
});

it('puts a post that keeps failing behind', () => {
  expect(of({ failures: 2 })).toBeLessThan(of({}));
});

it('takes a post that was never read for a new one', () => {
  expect(urgency({ pace: 0, matched: false, failures: 0 }, now)).toBe(1);
});

it('puts a young post that moves before an old one that moves as fast, and a fast old one before a silent young one', () => {
  expect(of({ created_at: '2026-11-20T04:30:00Z', pace: 20 })).toBeGreaterThan(of({ pace: 20 }));
  expect(of({ pace: 60 })).toBeGreaterThan(of({ created_at: '2026-11-20T04:30:00Z' }));
});
