import { alertQuality, outcomeRow, qualityLines, type Outcome } from './own-alerts.ts';

const post = (changes: object): Outcome =>
  outcomeRow.parse({
    may_alarm: true,
    first_sent_at: null,
    first_level: null,
    reached_at: null,
    was_watched: true,
    is_finished: false,
    verdict: null,
    ...changes,
  });
const SENT = { first_sent_at: '2026-11-20 06:00:00', first_level: 'hot' };
const EARLIER = '2026-11-20 05:50:00';
const LATER = '2026-11-20 07:00:00';

it('counts a warning as right when its post reaches the level later, and as wrong only when 72 hours have passed', () => {
  const quality = alertQuality([
    post({ ...SENT, reached_at: LATER }),
    post({ ...SENT, is_finished: true }),
    post({ ...SENT }),
    post({ ...SENT, reached_at: '2026-11-20 09:00:00' }),
  ]);

  expect(quality).toMatchObject({ alerts: 4, warnings: 4, open: 1, precision: { of: 3, share: 2 / 3 }, leadMinutes: [60, 180, 180] });
});

it('calls only what was told before the level a find, and tells late from missed', () => {
  const quality = alertQuality([
    post({ ...SENT, reached_at: LATER }),
    post({ ...SENT, reached_at: EARLIER }),
    post({ ...SENT, first_level: 'critical', reached_at: EARLIER }),
    post({ reached_at: EARLIER }),
    post({ reached_at: EARLIER, may_alarm: false }),
    post({ reached_at: EARLIER, was_watched: false }),
  ]);

  expect(quality).toMatchObject({ warnings: 1, recall: { of: 4, share: 0.25 }, late: 2, missed: 1, leadMinutes: [60, 60, 60] });
});

it('gives the interval of Wilson, which does not shrink to nothing for a few that all are right', () => {
  const useful = alertQuality(Array.from({ length: 10 }, () => post({ ...SENT, verdict: 'useful' }))).useful;

  expect(useful?.share).toBe(1);
  expect(useful?.low).toBeCloseTo(0.7225, 3);
  expect(useful?.high).toBe(1);
});

it('says in words what it found, and that there is nothing yet', () => {
  expect(qualityLines(alertQuality([post({ ...SENT, reached_at: LATER, verdict: 'noise' })]))).toEqual([
    '1 posts alerted, 1 of them before they were at their level; 0 of these are still open (younger than 72 hours).',
    'Precision of warnings: 1.00 [0.21, 1.00] of 1 decided warnings',
    'Recall of hot posts:   1.00 [0.21, 1.00] of 1 posts that reached their level; 0 told when they were there, 0 never',
    'Lead time:             median 60 min (half of them 60 min to 60 min)',
    'Marked useful:         0.00 [0.00, 0.79] of 1 marked alerts',
  ]);
  expect(qualityLines(alertQuality([]))).toEqual(['No alert was sent and no post reached its level yet: there is nothing to evaluate.']);
});
