import { minutesIn } from './duration.ts';

it.each([
  ['30m', 30],
  ['24h', 1440],
  ['7d', 10_080],
])('reads %s as %d minutes', (text, minutes) => {
  expect(minutesIn('--for', text)).toBe(minutes);
});

it.each(['', '24', '0h', '-1h', '91d', 'soon'])('refuses the duration "%s"', (text) => {
  expect(() => minutesIn('--since', text)).toThrow(`--since ${text} is no duration up to 90 days; give one like 30m, 24h or 7d`);
});
