import { warehouseFixture, type WarehouseFixture } from './processed-fixture.ts';

const [SMALL, LARGE] = ['20261120T053000Z', '20261120T060000Z'];
const [POSTS, COMMENTS] = [60, 1500];

let warehouse: WarehouseFixture;
beforeAll(async () => {
  warehouse = await warehouseFixture();
});
afterAll(() => warehouse.remove());

async function put(batch: string, posts: number, comments: number): Promise<void> {
  await warehouse.put('summary', batch, {}, { keyword: '*' });
  await warehouse.putMany('post', batch, posts, 'n::varchar as post_id');
  await warehouse.putMany('score', batch, posts, 'n::varchar as post_id');
  await warehouse.putMany('comment', batch, comments, `(n % ${posts})::varchar as post_id, n::varchar as comment_id`);
}

it('loads a large batch with as many statements as a small one', async () => {
  await put(SMALL, 1, 1);
  await put(LARGE, POSTS, COMMENTS);

  await warehouse.load(LARGE);

  expect((await warehouse.statementsOf(LARGE)).length).toBe((await warehouse.statementsOf(SMALL)).length);
  expect(await warehouse.warehouse.read('select posts, comments from community.load_ledger')).toEqual([
    { posts: POSTS, comments: COMMENTS },
  ]);
  expect(await warehouse.warehouse.read('select count(*) as n from community.comment')).toEqual([{ n: COMMENTS }]);
});
