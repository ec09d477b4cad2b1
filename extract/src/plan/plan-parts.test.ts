import { objectKeys } from '../../../common/object-keys.ts';
import { queueOf } from '../crawl/crawl-state.ts';
import { statePost } from '../crawl/memory-posts.ts';
import { BATCH, planWorld } from './plan-fixture.ts';

const manyPosts = (count: number) => Array.from({ length: count }, (_, index) => statePost(String(index + 1)));
const clienPosts = (count: number) =>
  Array.from({ length: count }, (_, index) => statePost(String(index + 1), { site: 'clien', board: 'park' }));
const backfill = { from: '2026-10-01', to: '2026-10-02' };

it('cuts into ceil(n / size) parts a site, dealt round-robin over the sites and to the functions in turn', async () => {
  const { plan, part } = planWorld([...manyPosts(5), ...clienPosts(2)]);

  const result = await plan({ detailFunctions: ['one', 'two'] });

  expect(result.parts).toEqual([
    { site: 'bobaedream', part: 'bobaedream-0001', function: 'one' },
    { site: 'clien', part: 'clien-0001', function: 'two' },
    { site: 'bobaedream', part: 'bobaedream-0002', function: 'one' },
    { site: 'bobaedream', part: 'bobaedream-0003', function: 'two' },
  ]);
  expect(result).toMatchObject({ posts: 7, deferred: 0, collected: 0, partCount: 4 });
  expect(result.parts.map(({ part: name }) => part(name).posts.length)).toEqual([2, 2, 2, 1]);
});

it('gives each post its place on its board, the better one of two, and none where no list showed it or its list is broken', async () => {
  const { plan, part, data } = planWorld([statePost('1'), statePost('2'), statePost('3')]);
  const ranks = (...ids: string[]) =>
    JSON.stringify({ batch: BATCH, site: 'bobaedream', posts: ids.map((post_id) => ({ board: 'national', post_id })) });
  await data.write(objectKeys.listRanks(BATCH, 'first'), ranks('9', '2', '1'));
  await data.write(objectKeys.listRanks(BATCH, 'second'), ranks('1'));
  await data.write(objectKeys.listRanks(BATCH, 'broken'), '{}');

  await plan({ detailBatchSize: 3 });

  const places = part('bobaedream-0001').posts.map(({ post_id, list_rank }) => [post_id, list_rank]);
  expect(places.sort()).toEqual([
    ['1', 1],
    ['2', 2],
    ['3', null],
  ]);
});

it('puts urgent posts first in every part, and leaves what is not due', async () => {
  const { plan, part } = planWorld([
    statePost('1'),
    statePost('2', { next_due_at: '2026-11-20T04:00:00Z' }),
    statePost('3', { matched: true, pace: 5 }),
    statePost('4', { pace: 3 }),
    statePost('5', { next_due_at: '2026-11-20T05:00:01Z' }),
  ]);

  await plan();

  const ids = ['bobaedream-0001', 'bobaedream-0002'].map((name) => part(name).posts.map((post) => post.post_id));
  expect(ids).toEqual([
    ['3', '2'],
    ['4', '1'],
  ]);
});

it('plans nothing when nothing is due', async () => {
  const { plan, data } = planWorld();

  expect(await plan()).toEqual({ posts: 0, deferred: 0, collected: 0, partCount: 0, parts: [] });

  expect([...data.texts.keys()]).toEqual([objectKeys.planIndex(BATCH), objectKeys.manifest(BATCH, 'plan', 'all')]);
});

describe('within the budget of a run', () => {
  it('leaves the least urgent for later, and says so', async () => {
    const long = statePost('7', { site: 'clien', board: 'park', comment_count: 250, pace: 50 });
    const { plan, part, manifest } = planWorld([...manyPosts(3), long, ...clienPosts(6)], { requests: 5, seconds: 10_000 });

    expect(await plan({ detailBatchSize: 10 })).toMatchObject({ posts: 6, deferred: 4, partCount: 2 });

    // Three requests for the long one, and two are left.
    expect(part('clien-0001').posts.map(({ post_id }) => post_id)).toEqual(['7', '1', '2']);
    expect(manifest('plan', 'all').counts).toEqual({ posts: 6, parts: 2, deferred: 4, collected: 0, waiting: 0, setAside: 0 });
    expect(manifest('plan', 'all').problems).toEqual([
      { kind: 'deferred', subject: 'clien', message: '4 due posts were left for later: a run may send it 5 requests' },
    ]);
  });

  it('takes a post that costs more than all of it by itself', async () => {
    const { plan } = planWorld([statePost('1', { comment_count: 900, matched: true }), statePost('2')], { requests: 5, seconds: 10_000 });

    expect(await plan()).toMatchObject({ posts: 1, deferred: 1 });
  });

  it('lets no post push all others out, however many comments its page prints', async () => {
    const flood = statePost('9', { comment_count: 99_999_999, pace: 1e6, matched: true });
    const { plan } = planWorld([flood, ...manyPosts(3)], { requests: 1500, seconds: 600 });

    expect(await plan()).toMatchObject({ posts: 4, deferred: 0 });
  });

  it('counts what an interrupted plan has dealt out already', async () => {
    const { plan, data } = planWorld(manyPosts(9), { requests: 5, seconds: 10_000 });
    const first = await plan();
    data.texts.delete(objectKeys.planIndex(BATCH));

    expect(await plan()).toEqual(first);
  });
});

it('reads five posts of a site in DEV', async () => {
  const { plan, manifest } = planWorld([...manyPosts(8), ...clienPosts(3)]);

  expect(await plan({ environment: 'DEV' })).toMatchObject({ posts: 8, deferred: 3 });

  expect(manifest('plan', 'all').problems[0]?.message).toBe('3 due posts were left for later: a run in DEV reads 5 posts of a site');
});

it('plans nothing but its own queue for a backfill, whenever its posts are due', async () => {
  const own = { due_site: queueOf('bobaedream', backfill), next_due_at: '2026-11-20T09:00:00Z', failures: 2 };
  const { plan, part } = planWorld([...manyPosts(3), statePost('91', own), statePost('92', own), ...clienPosts(1)]);

  const result = await plan({ backfill });

  expect(result).toMatchObject({ posts: 2, partCount: 1 });
  expect(part('bobaedream-0001').posts.map(({ post_id }) => post_id)).toEqual(['91', '92']);
  expect(await plan({ backfill: { ...backfill, sites: ['clien'] }, batch: '20261120T060000Z' })).toMatchObject({ posts: 0 });
});

it('stays small enough for the state machine, dealing the room out fairly', async () => {
  const { plan, manifest } = planWorld([...manyPosts(900), ...clienPosts(20)], { requests: 10_000, seconds: 100_000 });

  const result = await plan({
    detailBatchSize: 1,
    detailFunctions: [`arn:aws:lambda:ap-northeast-2:123456789012:function:${'f'.repeat(110)}`],
  });

  expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(25 * 1024);
  expect(result.parts.filter(({ site }) => site === 'clien')).toHaveLength(20);
  expect(result.posts).toBe(result.partCount);
  expect(result.posts + result.deferred).toBe(920);
  expect(manifest('plan', 'all').problems[0]?.message).toMatch(/^\d+ due posts were left for later: a plan holds \d+ parts$/);
});

describe('when it is run again', () => {
  it('returns the finished plan', async () => {
    const { plan, data, posts } = planWorld([...manyPosts(3), ...clienPosts(1)]);
    const first = await plan();
    const before = new Map(data.texts);
    posts.posts.set('new', statePost('99'));

    expect(await plan()).toEqual(first);

    expect(data.texts).toEqual(before);
  });

  it('writes the manifest that was lost', async () => {
    const { plan, data, manifest } = planWorld(manyPosts(3));
    await plan();
    const counts = manifest('plan', 'all').counts;
    data.texts.delete(objectKeys.manifest(BATCH, 'plan', 'all'));

    await plan();

    expect(manifest('plan', 'all').counts).toEqual(counts);
  });

  it('keeps the parts of an interrupted plan and adds the posts that are in none', async () => {
    const { plan, data, posts, part } = planWorld(manyPosts(5));
    await plan();
    data.texts.delete(objectKeys.planIndex(BATCH));
    data.texts.delete(objectKeys.part(BATCH, 'bobaedream-0002'));
    const kept = data.texts.get(objectKeys.part(BATCH, 'bobaedream-0001'));
    posts.posts.set('new', statePost('99'));

    const result = await plan();

    const planned = result.parts.flatMap(({ part: name }) => part(name).posts.map((post) => post.post_id));
    expect(result.parts.map((key) => key.part)).toEqual(['bobaedream-0001', 'bobaedream-0003', 'bobaedream-0004', 'bobaedream-0005']);
    expect(planned.toSorted()).toEqual(['1', '2', '3', '4', '5', '99']);
    expect(data.texts.get(objectKeys.part(BATCH, 'bobaedream-0001'))).toBe(kept);
  });
});
