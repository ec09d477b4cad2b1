import { partSchema, type Part } from '../../../common/contracts/plan.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { memoryPosts, statePost } from '../crawl/memory-posts.ts';
import { memoryStore } from '../memory-store.ts';
import { planParts, roundRobin } from './plan-parts.ts';

const batch = '20261120T050000Z';

function setUp(bobaedream: number, clien: number) {
  const posts = memoryPosts(
    ...Array.from({ length: bobaedream }, (_, index) => statePost(String(index + 1))),
    ...Array.from({ length: clien }, (_, index) => statePost(String(index + 1), { site: 'clien', board: 'park' })),
  );
  const data = memoryStore();
  const part = (name: string): Part => partSchema.parse(JSON.parse(data.texts.get(objectKeys.part(batch, name)) ?? 'null'));
  return { deps: { sites: ['bobaedream', 'clien'], data, posts, partSize: 2 }, data, posts, part };
}

it('cuts into ceil(n / size) parts a site, dealt round-robin over the sites', async () => {
  const { deps, part } = setUp(5, 2);

  const plan = await planParts({ batch }, deps);

  expect(plan.parts.map((key) => key.part)).toEqual(['bobaedream-0001', 'clien-0001', 'bobaedream-0002', 'bobaedream-0003']);
  expect([plan.posts, plan.partCount]).toEqual([7, 4]);
  expect(plan.parts.map(({ part: name }) => part(name).posts.length)).toEqual([2, 2, 2, 1]);
});

it('puts urgent posts first in every part', async () => {
  const { deps, posts, part } = setUp(0, 0);
  const due = [
    statePost('1'),
    statePost('2', { next_due_at: '2026-11-20T04:00:00Z' }),
    statePost('3', { matched: true }),
    statePost('4', { next_due_at: '2026-11-20T04:30:00Z' }),
    statePost('5', { next_due_at: '2026-11-20T05:00:01Z' }),
  ];
  for (const post of due) posts.posts.set(post.post_id, post);

  await planParts({ batch }, deps);

  const ids = ['bobaedream-0001', 'bobaedream-0002'].map((name) => part(name).posts.map((post) => post.post_id));
  expect(ids).toEqual([
    ['3', '4'],
    ['2', '1'],
  ]);
});

it('plans nothing when nothing is due', async () => {
  const { deps, data } = setUp(0, 0);

  expect(await planParts({ batch }, deps)).toEqual({ posts: 0, partCount: 0, parts: [] });

  expect([...data.texts.keys()]).toEqual([objectKeys.planIndex(batch), objectKeys.manifest(batch, 'plan', 'all')]);
});

it('returns the finished plan when it is run again', async () => {
  const { deps, data, posts } = setUp(3, 1);
  const first = await planParts({ batch }, deps);
  const before = new Map(data.texts);
  posts.posts.set('new', statePost('99'));

  expect(await planParts({ batch }, deps)).toEqual(first);

  expect(data.texts).toEqual(before);
});

it('keeps the parts of an interrupted plan and adds the posts that are in none', async () => {
  const { deps, data, posts, part } = setUp(5, 0);
  await planParts({ batch }, deps);
  data.texts.delete(objectKeys.planIndex(batch));
  data.texts.delete(objectKeys.part(batch, 'bobaedream-0002'));
  const kept = data.texts.get(objectKeys.part(batch, 'bobaedream-0001'));
  posts.posts.set('new', statePost('99'));

  const plan = await planParts({ batch }, deps);

  const planned = plan.parts.flatMap(({ part: name }) => part(name).posts.map((post) => post.post_id));
  expect(plan.parts.map((key) => key.part)).toEqual(['bobaedream-0001', 'bobaedream-0003', 'bobaedream-0004', 'bobaedream-0005']);
  expect(planned.toSorted()).toEqual(['1', '2', '3', '4', '5', '99']);
  expect(data.texts.get(objectKeys.part(batch, 'bobaedream-0001'))).toBe(kept);
});

it('takes one of each list in turn', () => {
  expect(roundRobin([['a', 'b', 'c'], [], ['d']])).toEqual(['a', 'd', 'b', 'c']);
});
