import { objectKeys } from '../../common/object-keys.ts';
import { selectOf, warehouseFixture, type WarehouseFixture } from './processed-fixture.ts';

const BATCH = '20261120T053000Z';
const POSTS = 60;
const COMMENTS = 1500;

let warehouse: WarehouseFixture;
beforeAll(async () => {
  warehouse = await warehouseFixture();
});
afterAll(() => warehouse.remove());

const many = (table: 'post' | 'comment' | 'score', count: number, columns: string) =>
  warehouse.putParquet(
    `${objectKeys.processed(table, BATCH)}part-0.parquet`,
    `select * exclude (n) replace (${columns}) from (${selectOf(table, {})}), range(${count}) as r(n)`,
  );

it('loads the posts and comments of an ordinary batch within 3 s, with no more statements than a small one', async () => {
  await warehouse.put('summary', BATCH, {}, { keyword: '*' });
  await many('post', POSTS, 'n::varchar as post_id');
  await many('score', POSTS, 'n::varchar as post_id');
  await many(
    'comment',
    COMMENTS,
    `(n % ${POSTS})::varchar as post_id, n::varchar as comment_id, '가나다라 ' || repeat('마바사 ', 40) as body`,
  );
  const startedAt = performance.now();

  await warehouse.load(BATCH);

  // Half a second on a free machine (2026-11, 2 cores); the bound leaves room for a busy one.
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect((await warehouse.statementsOf(BATCH)).length).toBeLessThanOrEqual(30);
  expect(await warehouse.warehouse.read('select posts, comments from community.load_ledger')).toEqual([
    { posts: POSTS, comments: COMMENTS },
  ]);
  expect(await warehouse.warehouse.read('select count(*) as n from community.comment')).toEqual([{ n: COMMENTS }]);
});
