import { coolDownMs, retryAfterTime } from './cool-down.ts';

const NOW = Date.parse('2026-11-20T05:00:00Z');

it('doubles with each ban in a row, from a minute to six hours', () => {
  expect([1, 2, 3, 4, 9, 10, 50].map((bans) => coolDownMs(bans) / 60_000)).toEqual([1, 2, 4, 8, 256, 360, 360]);
});

it.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Fri, 20 Nov 2026 05:00:09 GMT', 9000],
  ['9999999', 24 * 3_600_000],
  ['1.5', 1500],
  ['2026-11-20T05:00:09Z', 9000],
  ['-5', null],
  ['soon', null],
  ['', null],
  [null, null],
])('takes a Retry-After of %j for %j ms', (header, wait) => {
  const time = retryAfterTime(header, NOW);

  expect(time === null ? null : time - NOW).toBe(wait);
});
