import { FIRST_BATCH, nextBatches } from './timeline.ts';

it('begins with the first afternoon and goes on in half hours', () => {
  expect(nextBatches([], 3)).toEqual([
    { batch: FIRST_BATCH, rerun: false },
    { batch: '20260914T050000Z', rerun: false },
    { batch: '20260914T053000Z', rerun: false },
  ]);
});

it('continues after the last batch that succeeded, in a rerun too', () => {
  const past = [
    { name: '20260914T050000Z-r1', status: 'SUCCEEDED' },
    { name: '20260914T050000Z', status: 'FAILED' },
    { name: '20260914T043000Z', status: 'SUCCEEDED' },
  ];

  expect(nextBatches(past, 1)).toEqual([{ batch: '20260914T053000Z', rerun: false }]);
});

it.each(['ABORTED', 'FAILED', 'TIMED_OUT'])('runs a batch that ended %s again first', (status) => {
  expect(nextBatches([{ name: '20260914T050000Z', status }], 2)).toEqual([
    { batch: '20260914T050000Z', rerun: true },
    { batch: '20260914T053000Z', rerun: false },
  ]);
});

it('takes no backfill for a batch of the schedule', () => {
  const past = [
    { name: 'backfill-20260914T050100Z', status: 'FAILED' },
    { name: '20260914T050000Z', status: 'SUCCEEDED' },
  ];

  expect(nextBatches(past, 1)).toEqual([{ batch: '20260914T053000Z', rerun: false }]);
});
