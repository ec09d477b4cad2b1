import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GoneRecord } from '../../common/contracts/records.ts';
import { objectKeys } from '../../common/object-keys.ts';
import { ndjson } from '../../common/object-store.ts';
import { warehouseFixture, type WarehouseFixture } from './processed-fixture.ts';

const BATCHES = ['20261120T050000Z', '20261120T053000Z', '20261120T060000Z', '20261120T063000Z'] as const;
const GONE_SQL = readFileSync(join(__dirname, '../../load/sql/queries/gone_posts.sql'), 'utf8').replace(/;\s*$/, '');

let warehouse: WarehouseFixture;
beforeAll(async () => {
  warehouse = await warehouseFixture();
});
beforeEach(() => warehouse.clear());
afterAll(() => warehouse.remove());

const timeOf = (batch: string) =>
  `${batch.slice(0, 4)}-${batch.slice(4, 6)}-${batch.slice(6, 8)}T${batch.slice(9, 11)}:${batch.slice(11, 13)}:00Z`;
const putLines = (batch: string, text: string) => warehouse.putGzip(objectKeys.rawGone(batch, 'bobaedream', 'bobaedream-0001'), text);

async function putGone(batch: string, ...ids: string[]): Promise<void> {
  const line = (post_id: string): GoneRecord => ({ site: 'bobaedream', board: 'freeb', post_id, seen_at: timeOf(batch), evidence: 'said' });
  await putLines(batch, ndjson(ids.map(line)));
}

async function putRead(batch: string, ...ids: string[]): Promise<void> {
  const rows = ids.map((post_id) => ({ post_id, collected_at: timeOf(batch).replace('T', ' ').replace('Z', '') }));
  await warehouse.put('post', batch, ...rows.map((row) => ({ ...row, created_at: '2026-11-20 04:50:00' })));
  await warehouse.put('score', batch, ...rows);
}

const goneNow = async () => (await warehouse.warehouse.read(GONE_SQL)).map((row) => row['post_id']);

it('marks a post that is gone, keeps it, and takes the mark back when the post is read again', async () => {
  await putRead(BATCHES[0], '1', '2');
  await warehouse.load(BATCHES[0]);
  await putGone(BATCHES[1], '1', '1', 'never-read');
  await warehouse.load(BATCHES[1]);

  expect(await goneNow()).toEqual(['1']);
  expect(await warehouse.warehouse.read('select count(*) as posts from community.post')).toEqual([{ posts: 2 }]);

  await putRead(BATCHES[2], '1');
  await warehouse.load(BATCHES[2]);
  expect(await goneNow()).toEqual([]);
});

it('ends the same in whatever order batches are loaded, and however often', async () => {
  const fill = async () => {
    await putRead(BATCHES[0], '1', '2', '3');
    await putGone(BATCHES[1], '1', '2');
    await putRead(BATCHES[2], '2');
    await putGone(BATCHES[3], '2', '3');
  };
  await fill();
  for (const batch of BATCHES) await warehouse.load(batch);
  const inOrder = { ...(await warehouse.everything()), gone: await goneNow() };
  const orders = fc.shuffledSubarray([...BATCHES, ...BATCHES], { minLength: 8 });

  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      await warehouse.clear();
      await fill();
      for (const batch of order) await warehouse.load(batch);

      expect({ ...(await warehouse.everything()), gone: await goneNow() }).toEqual(inOrder);
    }),
    { numRuns: 4 },
  );
  expect(inOrder.gone).toEqual(['2', '3', '1']);
}, 60_000);

it.each([
  ['a line that is no JSON', '{"site":'],
  [
    'a board longer than its column',
    `${JSON.stringify({ site: 'clien', board: '가'.repeat(22), post_id: '1', seen_at: timeOf(BATCHES[0]), evidence: 'said' })}\n`,
  ],
])('changes nothing when there is %s', async (_what, text) => {
  await putRead(BATCHES[0], '1');
  await putLines(BATCHES[0], text);

  await expect(warehouse.load(BATCHES[0])).rejects.toThrow();

  expect(await warehouse.warehouse.read('select count(*) as posts from community.post')).toEqual([{ posts: 0 }]);
});
