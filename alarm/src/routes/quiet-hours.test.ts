import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { isQuiet } from './quiet-hours.ts';

const NIGHT = { to: ['slack' as const], from: '23:00', until: '07:00', levels: ['hot' as const] };
const at = (seoulTime: string) => Temporal.ZonedDateTime.from(`2026-11-20T${seoulTime}[Asia/Seoul]`).toInstant();
const HOT = { to: 'slack', level: 'hot' } as const;

it.each([
  ['22:59', false],
  ['23:00', true],
  ['03:30', true],
  ['06:59', true],
  ['07:00', false],
  ['12:00', false],
])('at %s in Seoul a night from 23:00 until 07:00 is quiet: %s', (time, expected) => {
  expect(isQuiet(HOT, at(time), [NIGHT])).toBe(expected);
});

it('is quiet for its own destinations and levels alone', () => {
  expect(isQuiet({ ...HOT, level: 'critical' }, at('03:00'), [NIGHT])).toBe(false);
  expect(isQuiet({ ...HOT, to: 'slack:pr' }, at('03:00'), [NIGHT])).toBe(false);
  expect(isQuiet({ ...HOT, to: 'slack:pr' }, at('03:00'), [NIGHT, { ...NIGHT, to: ['slack:pr'] }])).toBe(true);
});

it('divides every day: what is quiet from a to b is loud from b to a', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

  fc.assert(
    fc.property(time, time, time, (from, until, now) => {
      fc.pre(from !== until);
      const there = isQuiet(HOT, at(now), [{ ...NIGHT, from, until }]);
      const back = isQuiet(HOT, at(now), [{ ...NIGHT, from: until, until: from }]);
      expect(there).toBe(!back);
    }),
  );
});
