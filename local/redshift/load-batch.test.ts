import fc from 'fast-check';
import { warehouseFixture, type WarehouseFixture } from './processed-fixture.ts';

const B1 = '20261120T053000Z';
const B2 = '20261120T060000Z';
const B3 = '20261120T063000Z';

let warehouse: WarehouseFixture;
beforeAll(async () => {
  warehouse = await warehouseFixture();
});
beforeEach(() => warehouse.clear());
afterAll(() => warehouse.remove());

/** Many loads in a row, on a machine that may be busy. */
const PATIENCE_MILLISECONDS = 120_000;

/** A post with two comments that is read at 05:30, and again at 06:00 with one comment more. */
async function putTwoReadings(): Promise<void> {
  await warehouse.put('summary', B1, {}, { keyword: '급발진' }, { keyword: '*' });
  await warehouse.put('post', B1, {});
  await warehouse.put('comment', B1, {}, { comment_id: '101', is_reply: true });
  await warehouse.put('score', B1, { impact: -0.5 });

  const collected_at = '2026-11-20 06:00:00';
  await warehouse.put('summary', B2, { comments: 3 }, { keyword: '급발진', comments: 3 }, { keyword: '*', comments: 3 });
  await warehouse.put('post', B2, { collected_at, comment_count: 3, views: 90 });
  await warehouse.put('comment', B2, { collected_at, likes: 5 }, { collected_at, comment_id: '101', is_reply: true });
  await warehouse.put('comment', B2, { collected_at, comment_id: '102', created_at: '2026-11-20 05:55:00' });
  await warehouse.put('score', B2, { collected_at, comments_seen: 3, hot_threshold: 3, impact: 20 });
}

it('loads a batch into every table', async () => {
  await putTwoReadings();

  await warehouse.load(B1);

  const { post, post_snapshot, comment, score, summary, summary_hourly, load_ledger } = await warehouse.everything();
  expect(post).toEqual([expect.objectContaining({ post_id: '1', title: '코나 급발진 의심', comment_count: 2, last_batch: B1 })]);
  expect(post_snapshot).toEqual([
    expect.objectContaining({
      post_id: '1',
      batch: B1,
      views: 10,
      list_rank: 4,
      keyword_count: 2,
      title_length: 9,
      title_question: false,
    }),
  ]);
  expect(comment).toHaveLength(2);
  expect(comment?.[0]).toMatchObject({ comment_id: '100', dislikes: null, is_reply: false, last_batch: B1 });
  expect(score).toEqual([expect.objectContaining({ batch: B1, impact: -0.5, age_minutes: 20 })]);
  expect(summary).toHaveLength(3);
  const hour = { hour: '2026-11-20 05:00:00', site: 'bobaedream', posts: 1, comments: 2, hot_posts: 0 };
  expect(summary_hourly).toEqual(['*', '급발진', '코나'].map((keyword) => ({ ...hour, keyword })));
  expect(load_ledger).toEqual([{ batch: B1, posts: 1, comments: 2, scores: 1, summaries: 3 }]);
});

it('keeps the latest reading, each snapshot and each score', async () => {
  await putTwoReadings();

  await warehouse.load(B1);
  await warehouse.load(B2);

  const { post, post_snapshot, comment, score, summary_hourly } = await warehouse.everything();
  expect(post).toEqual([expect.objectContaining({ comment_count: 3, views: 90, last_batch: B2 })]);
  expect(post_snapshot).toHaveLength(2);
  expect(comment).toHaveLength(3);
  expect(comment?.[0]).toMatchObject({ comment_id: '100', likes: 5 });
  expect(score).toHaveLength(2);
  expect(summary_hourly).toContainEqual(
    expect.objectContaining({ hour: '2026-11-20 05:00:00', keyword: '코나', posts: 1, comments: 3, hot_posts: 0 }),
  );
  expect(summary_hourly).toContainEqual(
    expect.objectContaining({ hour: '2026-11-20 06:00:00', keyword: '코나', posts: 0, comments: 0, hot_posts: 1 }),
  );
});

it('changes no row when a batch is loaded again', async () => {
  await putTwoReadings();
  await warehouse.load(B1);
  await warehouse.load(B2);
  const before = await warehouse.everything();
  const loadedAt = await warehouse.warehouse.read('select loaded_at from community.load_ledger');

  await warehouse.load(B1);
  await warehouse.load(B2);

  expect(await warehouse.everything()).toEqual(before);
  expect(await warehouse.warehouse.read('select loaded_at from community.load_ledger')).toEqual(loadedAt);
});

it('does not let a late batch overwrite what is newer, but adds its point to the curve', async () => {
  await putTwoReadings();

  await warehouse.load(B2);
  await warehouse.load(B1);

  const { post, comment, post_snapshot } = await warehouse.everything();
  expect(post).toEqual([expect.objectContaining({ views: 90, last_batch: B2 })]);
  expect(comment).toContainEqual(expect.objectContaining({ comment_id: '100', likes: 5, last_batch: B2 }));
  expect(post_snapshot).toHaveLength(2);
});

it('keeps one row a key when the objects hold a row twice', async () => {
  await warehouse.put('post', B1, {}, { views: 11, collected_at: '2026-11-20 05:31:00' }, {});
  await warehouse.put('comment', B1, {}, {}, { likes: 9, collected_at: '2026-11-20 05:31:00' });
  await warehouse.put('score', B1, {}, {}, {});
  await warehouse.put('summary', B1, {}, {});

  await warehouse.load(B1);

  const { post, comment, score, summary, load_ledger } = await warehouse.everything();
  expect(post).toEqual([expect.objectContaining({ views: 11 })]);
  expect(comment).toEqual([expect.objectContaining({ likes: 9 })]);
  expect([score?.length, summary?.length]).toEqual([1, 1]);
  expect(load_ledger).toEqual([expect.objectContaining({ posts: 3, comments: 3 })]);
});

it('writes the ledger row of a batch without any object, once', async () => {
  expect(await warehouse.statementsOf(B1)).toHaveLength(6);

  await warehouse.load(B1);
  await warehouse.load(B1);

  const { post, load_ledger } = await warehouse.everything();
  expect(post).toEqual([]);
  expect(load_ledger).toEqual([{ batch: B1, posts: 0, comments: 0, scores: 0, summaries: 0 }]);
});

it(
  'changes nothing when any statement of the load fails',
  async () => {
    await putTwoReadings();
    await warehouse.load(B1);
    const before = await warehouse.everything();
    const statements = await warehouse.statementsOf(B2);

    for (const [index] of statements.entries()) {
      const broken = [...statements.slice(0, index + 1), 'select 1 / no_such_column'];
      const statement = await warehouse.batch(...broken);

      expect(statement.Error).toMatch(new RegExp(`^Query #${index + 2} failed`));
    }
    expect(await warehouse.everything()).toEqual(before);
  },
  PATIENCE_MILLISECONDS,
);

it('counts an hour anew when a post loses a keyword', async () => {
  await putTwoReadings();
  await warehouse.load(B1);
  await warehouse.put('post', B3, { collected_at: '2026-11-20 06:30:00', keywords: '["코나"]' });
  await warehouse.put('score', B3, { collected_at: '2026-11-20 06:30:00' });
  await warehouse.put('summary', B3, {});

  await warehouse.load(B3);

  const { summary_hourly } = await warehouse.everything();
  expect(summary_hourly?.map((row) => (row as { keyword: string }).keyword)).toEqual(['*', '코나']);
});

it('refuses a text that is longer in bytes than its column', async () => {
  await warehouse.put('post', B1, { board: '자유'.repeat(11) });

  await expect(warehouse.load(B1)).rejects.toThrow(/value too long for type character varying\(64\) \(column board/);
});

it(
  'ends in the same tables whatever the order and number of loads',
  async () => {
    await putTwoReadings();
    await warehouse.put('summary', B3, {});
    await warehouse.put('post', B3, { collected_at: '2026-11-20 06:30:00', keywords: '["코나"]', title: '코나 후기' }, { post_id: '2' });
    await warehouse.put('comment', B3, { collected_at: '2026-11-20 06:30:00', body: '고쳐 씀' });
    await warehouse.put('score', B3, { collected_at: '2026-11-20 06:30:00' }, { post_id: '2', impact: 0.1 });
    const batches = [B1, B2, B3];
    for (const batch of batches) await warehouse.load(batch);
    const inOrder = await warehouse.everything();
    const statements = new Map(await Promise.all(batches.map(async (batch) => [batch, await warehouse.statementsOf(batch)] as const)));

    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...batches, ...batches], { minLength: 3 }), async (order) => {
        const all = [...order, ...batches.filter((batch) => !order.includes(batch))];
        await warehouse.warehouse.transact(Object.keys(inOrder).map((table) => `delete from community.${table}`));
        await Promise.all(all.map((batch) => warehouse.batch(...(statements.get(batch) ?? []))));

        expect(await warehouse.everything()).toEqual(inOrder);
      }),
      { numRuns: 5 },
    );
  },
  PATIENCE_MILLISECONDS,
);
