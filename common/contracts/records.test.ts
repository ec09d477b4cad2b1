import { utcInstantSchema } from './records.ts';

it.each(['2026-11-31T04:00:00Z', '2026-11-19T24:61:00Z', '2026-02-29T00:00:00Z'])('refuses %s, which no calendar has', (text) => {
  expect(utcInstantSchema.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([
    'must be a time that exists, like 2026-11-20T05:00:00Z',
  ]);
});

it('takes the 29th of February of a leap year', () => {
  expect(utcInstantSchema.parse('2028-02-29T23:59:59Z')).toBe('2028-02-29T23:59:59Z');
});
