import { Temporal } from 'temporal-polyfill';
import { nextReading, nextTry } from './freshness.ts';

const created = Temporal.Instant.from('2026-11-20T00:00:00Z');
const after = (minutes: number) => created.add({ minutes });
const at = (minutes: number, commentCount = 0) => ({ at: after(minutes), commentCount });
const minutesUntil = (next: Temporal.Instant | null, from: number) =>
  next ? (next.epochMilliseconds - after(from).epochMilliseconds) / 60_000 : null;

it.each([
  ['each batch in its first hour', 59, 0],
  ['after half its age later', 120, 60],
  ['after six hours at most', 24 * 60, 360],
  ['a last time at 72 hours', 70 * 60, 120],
  ['not at all after 72 hours', 72 * 60, null],
])('reads a quiet post %s', (_, age, minutes) => {
  expect(minutesUntil(nextReading(created, at(age), null), age)).toBe(minutes);
});

it('reads a post sooner when comments come fast', () => {
  expect(minutesUntil(nextReading(created, at(240, 50), at(180, 20)), 240)).toBe(20);
  expect(minutesUntil(nextReading(created, at(240, 900), at(180, 20)), 240)).toBe(5);
  expect(minutesUntil(nextReading(created, at(240, 20), at(180, 20)), 240)).toBe(120);
});

it('tries a failing post again later and later, and gives up at the fifth time', () => {
  expect([1, 2, 3, 4, 5].map((failures) => minutesUntil(nextTry(created, failures), 0))).toEqual([5, 10, 20, 40, null]);
});
