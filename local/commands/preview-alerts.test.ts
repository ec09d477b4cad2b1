import { Temporal } from 'temporal-polyfill';
import { setLevels } from '../../alarm/src/levels/warehouse-levels.ts';
import { warehouseAlerts } from '../../alarm/src/alarm/warehouse-alerts.ts';
import { batchOf } from '../../common/contracts/batch.ts';
import { warehouseFixture, type WarehouseFixture } from '../redshift/processed-fixture.ts';
import { previewLines, sinceBatch } from './preview-alerts.ts';
import { candidatesOf } from './preview-candidates.ts';

const NOW = Temporal.Instant.from('2026-11-20T06:00:00Z');
const BATCH = batchOf(NOW);
const written = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'second' }).replace('T', ' ').replace('Z', '');

let warehouse: WarehouseFixture;
beforeAll(async () => {
  warehouse = await warehouseFixture();
});
beforeEach(() => warehouse.clear());
afterAll(() => warehouse.remove());

/** Sixty posts of an hour's age with exceedances evenly spread, two of them past their level. */
async function load(): Promise<void> {
  const posts = Array.from({ length: 60 }, (_, index) => ({ post_id: `p${index}`, collected_at: written(NOW) }));
  const created_at = written(NOW.subtract({ minutes: 60 }));
  await warehouse.put('post', BATCH, ...posts.map((post) => ({ ...post, created_at })));
  await warehouse.put(
    'score',
    BATCH,
    ...posts.map((post, index) => ({ ...post, exceedance: index / 60, age_minutes: 60, comments_seen: index < 2 ? 40 : 5 })),
  );
  await warehouse.load(BATCH);
}

it.each([1, 3, 10])('finds with %i a day what the alarm itself would find with that limit', async (maxAlertsPerDay) => {
  await load();

  const previewed = await candidatesOf(warehouse.warehouse, { batch: BATCH, modelVersion: 'test' }, maxAlertsPerDay);
  expect(await warehouse.warehouse.read('select batch from community.alarm_cut')).toEqual([]);
  await setLevels(warehouse.warehouse, BATCH, maxAlertsPerDay);
  const due = await warehouseAlerts(warehouse.warehouse).due(BATCH);

  expect(previewed.length).toBeGreaterThanOrEqual(2);
  expect(previewed.map(({ post_id, level }) => [post_id, level])).toEqual(due.map(({ post_id, level }) => [post_id, level]));
});

it('says what it would have sent, a line a message', async () => {
  await load();

  const lines = (await previewLines(warehouse.warehouse, '1h', 10)).join('\n');

  expect(lines).toContain('At most 10 a day, 1 batches from 2026-11-20 15:00 to 2026-11-20 15:00 in Seoul:');
  expect(lines).toMatch(/messages \(.* a day\), 2 of them critical; \d+ posts kept back by the limit/);
  expect(lines).toMatch(/20261120T060000Z +critical +bobaedream\/freeb\/p0 /);
});

it('says that there is nothing to preview', async () => {
  expect(await previewLines(warehouse.warehouse, '1h', 10)).toEqual(['No batch has scores yet: there is nothing to preview.']);
});

it.each([
  ['20261119T000000Z', '20261119T000000Z'],
  ['2026-11-20', '20261119T150000Z'],
  ['24h', '20261119T060000Z'],
])('takes %s for the time %s', (text, batch) => {
  expect(sinceBatch(text, BATCH)).toBe(batch);
});

it.each(['yesterday', '2026-13-01', '-1h'])('refuses %s as a time, with the ways to give one', (text) => {
  expect(() => sinceBatch(text, BATCH)).toThrow(`--since ${text} is no time; give a batch like 20261120T060000Z`);
});
