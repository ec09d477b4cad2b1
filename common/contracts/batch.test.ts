import { Temporal } from 'temporal-polyfill';
import { batchOf, batchSchema, instantOf } from './batch.ts';

it('goes from an instant to its batch and back', () => {
  const instant = Temporal.Instant.from('2026-11-20T14:30:00+09:00');

  expect(batchOf(instant)).toBe('20261120T053000Z');
  expect(instantOf('20261120T053000Z').equals(instant)).toBe(true);
});

it.each(['20261120', '20261320T053000Z', '20260230T053000Z', '2026-11-20T05:30:00Z'])('refuses %s', (text) => {
  expect(batchSchema.safeParse(text).success).toBe(false);
});
