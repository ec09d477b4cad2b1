import { Temporal } from 'temporal-polyfill';
import { warehouseAlerts } from '../../alarm/src/alarm/warehouse-alerts.ts';
import { batchOf } from '../../common/contracts/batch.ts';
import { warehouseFixture, type WarehouseFixture } from './processed-fixture.ts';

const NOW = Temporal.Instant.from('2026-11-20T06:00:00Z');
const BATCH = batchOf(NOW);
const before = (minutes: number) => NOW.subtract({ minutes });
const written = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'second' }).replace('T', ' ').replace('Z', '');

let warehouse: WarehouseFixture;
beforeAll(async () => {
  warehouse = await warehouseFixture();
});
beforeEach(() => warehouse.clear());
afterAll(() => warehouse.remove());

/** Posts of a site, each so many minutes before NOW. */
async function posts(site: string, ...ages: number[]): Promise<void> {
  const rows = ages.map((age) => ({ site, post_id: `${site}-${age}`, collected_at: written(before(0)) }));
  await warehouse.put('post', BATCH, ...rows.map((row, index) => ({ ...row, created_at: written(before(ages[index] ?? 0)) })));
  await warehouse.put('score', BATCH, ...rows);
}

it('counts the batches on end that brought no post, and knows the first of them', async () => {
  const alerts = warehouseAlerts(warehouse.warehouse);
  const [first, second, third] = [batchOf(before(90)), batchOf(before(60)), batchOf(before(30))];

  expect(await alerts.emptyBatches(BATCH)).toEqual({ batches: 0, since: null });
  for (const batch of [first, third]) await warehouse.load(batch);
  expect(await alerts.emptyBatches(BATCH)).toEqual({ batches: 2, since: first });
  await warehouse.put('post', second, { collected_at: written(before(60)), created_at: written(before(70)) });
  await warehouse.put('score', second, { collected_at: written(before(60)) });
  await warehouse.load(second);
  expect(await alerts.emptyBatches(BATCH)).toEqual({ batches: 1, since: third });
  expect(await alerts.emptyBatches(second)).toEqual({ batches: 0, since: null });
});

it('knows the longest pause of two weeks and how long the newest post is past, for each site', async () => {
  await posts('clien', 30, 90, 100, 14 * 1440 + 5);
  await posts('fmkorea', 700);
  await warehouse.load(BATCH);

  expect(await warehouseAlerts(warehouse.warehouse).siteActivity(BATCH)).toEqual([
    { site: 'clien', posts: 3, longestPause: 60, quietMinutes: 30 },
    { site: 'fmkorea', posts: 1, longestPause: 0, quietMinutes: 700 },
  ]);
});
