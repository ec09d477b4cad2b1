import type { Manifest } from '../../../common/contracts/manifest.ts';
import { siteLayouts } from './site-layouts.ts';

const task = (stage: Manifest['stage'], counts: Manifest['counts'], changes: Partial<Manifest> = {}): Manifest => ({
  batch: '20261120T053000Z',
  stage,
  part: 'clien-0001',
  site: 'clien',
  counts,
  problems: [],
  ...changes,
});
const stateOf = (...tasks: Manifest[]) => siteLayouts(tasks).map(({ state }) => state);

it.each([
  ['more than a fifth of its posts, and three', { posts: 11, layoutChanged: 3 }, 'drifting'],
  ['three posts that are a fifth', { posts: 12, layoutChanged: 3 }, 'healthy'],
  ['all of two posts', { posts: 0, layoutChanged: 2 }, 'unclear'],
  ['no post', { posts: 40, layoutChanged: 0 }, 'healthy'],
  ['nothing, as nothing was read', { posts: 0, layoutChanged: 0, failed: 8 }, 'unclear'],
])('a site that loses %s is %p %s', (_what, counts, state) => {
  expect(stateOf(task('extract', counts))).toEqual([state]);
});

it('adds up the parts of a site, and keeps sites apart', () => {
  const tasks = [
    task('extract', { posts: 5, layoutChanged: 1 }),
    task('extract', { posts: 2, layoutChanged: 2 }),
    task('extract', { posts: 90, layoutChanged: 0 }, { site: 'bobaedream' }),
    task('plan', { posts: 97 }, { site: null }),
  ];

  expect(siteLayouts(tasks)).toMatchObject([
    { site: 'clien', posts: 7, changedPosts: 3, state: 'drifting' },
    { site: 'bobaedream', state: 'healthy' },
  ]);
});

it('takes one list that parses to nothing for a drift, and lists that parse for a sign of health', () => {
  expect(stateOf(task('search', { lists: 9, layoutChanged: 1 }))).toEqual(['drifting']);
  expect(stateOf(task('search', { lists: 9, layoutChanged: 0 }))).toEqual(['healthy']);
});

it('gives up to three sentences of what was not found, each once, and none of other problems', () => {
  const problems = ['a', 'b', 'a', 'c', 'd'].map((message) => ({ kind: 'LayoutChangedError', subject: 'x', message }));
  const other = { kind: 'HostBannedError', subject: 'x', message: 'banned' };

  expect(siteLayouts([task('extract', {}, { problems: [other, ...problems] })])[0]?.examples).toEqual(['a', 'b', 'c']);
});
