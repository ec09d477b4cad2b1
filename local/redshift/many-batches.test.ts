import type { DescribeStatementCommandOutput } from '@aws-sdk/client-redshift-data';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { objectKeys } from '../../common/object-keys.ts';
import { ndjson } from '../../common/object-store.ts';
import { batchOf } from '../../common/contracts/batch.ts';
import { warehouseFixture, type WarehouseFixture } from './processed-fixture.ts';

const FIRST = Temporal.Instant.from('2026-11-20T05:00:00Z');
const BATCHES = 100;
const AT_ONCE = 3;
const KEYWORDS = ['코나', '화재', '리콜'];
const PATIENCE_MILLISECONDS = 300_000;

let warehouse: WarehouseFixture;
beforeAll(async () => {
  warehouse = await warehouseFixture();
});
afterAll(() => warehouse.remove());

const written = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'second' }).replace('T', ' ').replace('Z', '');
const timeOf = (batch: number) => FIRST.add({ minutes: 10 * batch });

/** Which of ten posts a batch reads, with how many comments and which keywords; a batch may be read late, after one that follows it. */
const reading = fc.record({
  posts: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }),
  gone: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 2 }),
  comments: fc.integer({ min: 0, max: 5 }),
  keywords: fc.subarray(KEYWORDS),
  minutesLate: fc.constantFrom(0, 0, 0, 15, 25),
});

async function put(
  number: number,
  { posts, gone, comments, keywords, minutesLate }: typeof reading extends fc.Arbitrary<infer T> ? T : never,
) {
  const batch = batchOf(timeOf(number));
  const collected_at = written(timeOf(number).add({ minutes: minutesLate }));
  const created_at = written(FIRST.subtract({ minutes: 5 }));
  const of = (post: number) => ({ post_id: `p${post}`, created_at, collected_at });
  await warehouse.put('post', batch, ...posts.map((post) => ({ ...of(post), views: number, keywords: JSON.stringify(keywords) })));
  await warehouse.put('score', batch, ...posts.map((post) => ({ ...of(post), comments_seen: comments })));
  await warehouse.put('summary', batch, ...['*', ...keywords].map((keyword) => ({ keyword, posts: posts.length })));
  const read = posts.flatMap((post) =>
    Array.from({ length: comments }, (_, index) => ({ ...of(post), comment_id: `c${index}`, likes: number })),
  );
  if (read.length > 0) await warehouse.put('comment', batch, ...read);
  const seen_at = timeOf(number).toString({ smallestUnit: 'second' });
  const lines = gone.map((post) => ({ site: 'bobaedream', board: 'freeb', post_id: `p${post}`, seen_at, evidence: 'said' }));
  if (lines.length > 0) await warehouse.putGzip(objectKeys.rawGone(batch, 'bobaedream', 'bobaedream-0001'), ndjson(lines));
  return batch;
}

it(
  'ends in the same tables when a hundred overlapping batches come twice, shuffled and side by side, as in order',
  async () => {
    const seed = Date.now();
    console.log(`seed ${seed}`);
    const [history = []] = fc.sample(fc.array(reading, { minLength: BATCHES, maxLength: BATCHES }), { numRuns: 1, seed });
    const batches: string[] = [];
    for (const [number, one] of history.entries()) batches.push(await put(number, one));
    const statements = new Map(await Promise.all(batches.map(async (batch) => [batch, await warehouse.statementsOf(batch)] as const)));
    for (const batch of batches) await warehouse.load(batch);
    const inOrder = await warehouse.everything();

    await warehouse.warehouse.transact(Object.keys(inOrder).map((table) => `delete from community.${table}`));
    const [order = []] = fc.sample(fc.shuffledSubarray([...batches, ...batches], { minLength: 2 * BATCHES }), { numRuns: 1, seed });
    const loads: DescribeStatementCommandOutput[] = [];
    for (let at = 0; at < order.length; at += AT_ONCE) {
      const together = order.slice(at, at + AT_ONCE).map((batch) => warehouse.batch(...(statements.get(batch) ?? [])));
      loads.push(...(await Promise.all(together)));
    }

    expect(loads.flatMap(({ Status, Error: error }) => (Status === 'FINISHED' ? [] : [error]))).toEqual([]);
    expect(order).toHaveLength(2 * BATCHES);
    expect(await warehouse.everything()).toEqual(inOrder);
  },
  PATIENCE_MILLISECONDS,
);
