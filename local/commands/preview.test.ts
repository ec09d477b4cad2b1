import type { Candidate } from './preview-candidates.ts';
import { previewAlerts } from './preview.ts';

const FIRST = '20261120T050000Z';
const SECOND = '20261120T053000Z';
const candidate = (post_id: string, level: Candidate['level'] = 'hot'): Candidate => ({
  site: 'clien',
  board: 'cm_car',
  post_id,
  title: `글 ${post_id}`,
  url: '',
  created_at: '2026-11-20 04:40:00',
  collected_at: '2026-11-20 05:00:00',
  comments_seen: 30,
  level,
});
const batch = (name: string, ...candidates: Candidate[]) => ({ batch: name, candidates });
const sent = (preview: ReturnType<typeof previewAlerts>) => preview.messages.map((one) => [one.batch, one.post_id, one.level]);

it('tells each level of a post once, and hot never after critical', () => {
  const preview = previewAlerts(
    [batch(FIRST, candidate('1'), candidate('2', 'critical')), batch(SECOND, candidate('1'), candidate('1', 'critical'), candidate('2'))],
    [],
    10,
  );

  expect(sent(preview)).toEqual([
    [FIRST, '2', 'critical'],
    [FIRST, '1', 'hot'],
    [SECOND, '1', 'critical'],
  ]);
});

it('keeps to the limit of a day, critical ones passing, and sends later what there is room for', () => {
  const busy = batch(FIRST, candidate('9', 'critical'), candidate('1'), candidate('2'), candidate('3'));
  const nextDay = batch('20261121T051000Z', candidate('3'));

  const preview = previewAlerts([busy, batch(SECOND, candidate('2')), nextDay], [], 2);

  expect(sent(preview)).toEqual([
    [FIRST, '9', 'critical'],
    [FIRST, '1', 'hot'],
    ['20261121T051000Z', '3', 'hot'],
  ]);
  expect(preview.withheld).toBe(1);
});

it('knows what was really told before', () => {
  const before = [
    { key: 'alert#clien#cm_car#1#hot', sentAt: Date.parse('2026-11-20T04:30:00Z') },
    { key: 'alert#clien#cm_car#8#hot', sentAt: Date.parse('2026-11-18T04:30:00Z') },
  ];

  expect(sent(previewAlerts([batch(FIRST, candidate('1'), candidate('2'), candidate('3'))], before, 2))).toEqual([[FIRST, '2', 'hot']]);
});
