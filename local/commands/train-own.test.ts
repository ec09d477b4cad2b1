import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { warehouseFixture, type WarehouseFixture } from '../redshift/processed-fixture.ts';
import type { WarehouseQueries } from '../run/warehouse-queries.ts';
import { ownPosts, type OwnPost } from './own-posts.ts';
import { OWN_LIMITS, recordsOf, trainOwn } from './train-own.ts';

const B1 = '20261117T060000Z';
const B2 = '20261120T063000Z';
const OLD = { created_at: '2026-11-17 05:40:00' };

let warehouse: WarehouseFixture;
let queries: WarehouseQueries;
beforeAll(async () => {
  warehouse = await warehouseFixture();
  queries = async (name, row) =>
    z.array(row).parse(await warehouse.warehouse.read(readFileSync(join(__dirname, `../../load/sql/queries/${name}.sql`), 'utf8')));
  const early = { ...OLD, collected_at: '2026-11-17 06:00:00' };
  const late = { ...OLD, collected_at: '2026-11-20 06:30:00', list_rank: null };
  const asked = { ...early, title: '급발진인가요?', views: 50, list_rank: 3 };
  await warehouse.put('post', B1, asked, { ...early, post_id: '2', likes: null }, { ...early, post_id: 'unread later' });
  await warehouse.put(
    'post',
    B2,
    { ...late, title: '[해결] 급발진 아님', views: 900 },
    { ...late, post_id: '2' },
    { ...late, post_id: 'young', created_at: '2026-11-17 07:00:00' },
  );
  const times = ['2026-11-17 05:39:30', '2026-11-17 05:50:20', '2026-11-21 05:40:00', '2026-11-17 05:00:00'];
  await warehouse.put('comment', B2, ...times.map((created_at, n) => ({ ...late, comment_id: String(n), created_at })));
  await warehouse.put('score', B1, ...['1', '2', 'unread later'].map((post_id) => ({ post_id, collected_at: early.collected_at })));
  await warehouse.put('score', B2, ...['1', '2', 'young'].map((post_id) => ({ post_id, collected_at: late.collected_at })));
  for (const batch of [B1, B2]) await warehouse.load(batch);
});
afterAll(() => warehouse.remove());

it('exports the posts whose 72 hours are over, with what each reading showed', async () => {
  const posts = await ownPosts(queries);

  expect(posts).toEqual([
    {
      site: 'bobaedream',
      post: 'freeb/1',
      createdAt: '2026-11-17T05:40:00Z',
      commentMinutes: [-0.5, 10.33, 5760],
      readings: [
        { minute: 20, views: 50, likes: 1, list_rank: 3 },
        { minute: 4370, views: 900, likes: 1, list_rank: null },
      ],
      keyword_count: 2,
      title_length: 7,
      title_question: true,
    },
    expect.objectContaining({ post: 'freeb/2', commentMinutes: [] }),
  ]);
  expect(posts[1]?.readings.map(({ minute, likes }) => [minute, likes])).toEqual([
    [20, null],
    [4370, 1],
  ]);
});

it('trains from the recorded arrivals and an own file that is gone afterwards', async () => {
  let lines: string[] = [];
  let given: readonly string[] = [];
  const train = (options: readonly string[]) => {
    given = options;
    lines = readFileSync(options.at(-1) ?? '', 'utf8')
      .trimEnd()
      .split('\n');
    return Promise.resolve(0);
  };

  const { status, out } = await said(() => trainOwn(['--own', '--out', 'x.json'], queries, train, { posts: 2, hot: 1 }));

  expect([status, out]).toEqual([0, ['bobaedream: 2 finished posts, 1 hot (2 comments or more)']]);
  expect(lines.map((line) => (JSON.parse(line) as OwnPost).post)).toEqual(['freeb/1', 'freeb/2']);
  expect(given[1]).toMatch(/kona-fire\.ndjson\.gz$/);
  expect([given[0], ...given.slice(2, 5)]).toEqual(['--arrivals', '--out', 'x.json', '--arrivals']);
  expect(() => readFileSync(given.at(-1) ?? '')).toThrow('ENOENT');
});

it('takes the arrivals that are named instead of the recorded ones', async () => {
  let given: readonly string[] = [];
  const train = (options: readonly string[]) => Promise.resolve(((given = options), 0));

  await said(() => trainOwn(['--own', '--arrivals', 'mine.ndjson'], queries, train, { posts: 1, hot: 1 }));

  expect(given.slice(0, 3)).toEqual(['--arrivals', 'mine.ndjson', '--arrivals']);
});

it('says how many posts there are and how many are needed, and trains nothing', async () => {
  const { status, out, err } = await said(() => trainOwn(['--own'], queries, () => Promise.reject(new Error('trained'))));

  expect(status).toBe(1);
  expect(out).toEqual(['bobaedream: 2 finished posts, 1 hot (2 comments or more): too few, left out']);
  expect(err).toEqual([expect.stringMatching(/^No model: no site has enough; .* at least 300 finished posts and 10 hot ones/)]);
});

it('says so when nothing is finished yet', async () => {
  const { status, err } = await said(() =>
    trainOwn(
      ['--own'],
      () => Promise.resolve([]),
      () => Promise.reject(new Error('trained')),
    ),
  );

  expect(status).toBe(1);
  expect(err[0]).toContain('the warehouse has no finished post');
});

it('counts hot posts as the trainer does', () => {
  const posts = Array.from(
    { length: 334 },
    (_, n) => ({ site: 'a', commentMinutes: [...Array<number>(n).fill(1), 5000] }) as unknown as OwnPost,
  );

  const [record] = recordsOf(posts);

  expect([record?.level, record?.hot]).toEqual([324, 10]);
  expect(record?.hot).toBe(OWN_LIMITS.hot);
});

/** Runs with the console caught. */
async function said(run: () => Promise<number>): Promise<{ status: number; out: unknown[]; err: unknown[] }> {
  const [out, err]: [unknown[], unknown[]] = [[], []];
  const log = jest.spyOn(console, 'log').mockImplementation((text) => void out.push(text));
  const error = jest.spyOn(console, 'error').mockImplementation((text) => void err.push(text));
  try {
    return { status: await run(), out, err };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}
