import { Temporal } from 'temporal-polyfill';
import { manifestSchema } from '../../../common/contracts/manifest.ts';
import { LayoutChangedError } from '../../../common/errors.ts';
import { assetKeys } from '../../../common/object-keys.ts';
import { memoryHosts, scriptedTransport, skippingTime, type Scripted } from '../crawl/memory-hosts.ts';
import { memoryPosts, statePost } from '../crawl/memory-posts.ts';
import { politeReader } from '../crawl/polite-reader.ts';
import { memoryStore } from '../memory-store.ts';
import { fixture } from '../sites/fixture.ts';
import { sitesAt } from '../sites/registry.ts';
import { findPosts } from './find-posts.ts';

const batch = '20261120T050000Z';
const board = { batch, keywordSetName: 'default', site: 'bobaedream', kind: 'board', term: 'national' } as const;
const keyword = { ...board, kind: 'keyword', term: '코나' } as const;
const set = { keywords: [{ name: '코나', spellings: ['코나 EV', '코나'] }], negative: [], boards: ['bobaedream/national'] };
const firstPage = '/list?code=national&page=1';
const secondPage = '/list?code=national&page=2';

function setUp(answers: Record<string, readonly Scripted[]>, known = memoryPosts()) {
  const time = skippingTime();
  const { transport, asked } = scriptedTransport({ '/robots.txt': [{ text: 'User-agent: *\nCrawl-delay: 0.1' }], ...answers }, time);
  const hosts = memoryHosts();
  const data = memoryStore();
  const deps = {
    data,
    posts: known,
    assets: memoryStore(new Map([[assetKeys.keywordSets, JSON.stringify({ default: set })]])),
    sites: sitesAt({ BOBAEDREAM_BASE_URL: 'http://127.0.0.1:9', CLIEN_BASE_URL: 'http://127.0.0.1:8' }),
    clock: { now: () => Temporal.Instant.from('2026-11-20T05:00:00Z') },
    windowHours: 72,
    openReader: (run: string, remaining: () => number) => politeReader({ hosts, transport, realTime: time }, run, remaining),
  };
  const manifests = () => [...data.texts].map(([key, text]) => [key, manifestSchema.parse(JSON.parse(text))] as const);
  return {
    find: (event: Parameters<typeof findPosts>[0]) => findPosts(event, deps, { remainingMilliseconds: () => 60_000 }),
    asked,
    manifests,
    posts: known.posts,
  };
}

const list = { text: fixture('bobaedream', 'list') };
const search = { text: fixture('bobaedream', 'search') };

it('makes new posts of a board due at the batch, and turns the page while all are new', async () => {
  const { find, asked, posts, manifests } = setUp({ [firstPage]: [list], [secondPage]: [list] });

  expect(await find(board)).toEqual({ site: 'bobaedream', kind: 'board', term: 'national', found: 2, added: 2, refused: false });

  expect([...posts.values()].map(({ post_id, status, next_due_at, matched }) => [post_id, status, next_due_at, matched])).toEqual([
    ['1002', 'due', '2026-11-20T05:00:00Z', true],
    ['1001', 'due', '2026-11-20T05:00:00Z', false],
  ]);
  expect(asked.map(({ path }) => path)).toEqual(['/robots.txt', firstPage, secondPage]);
  expect(manifests()).toMatchObject([
    [`manifest/${batch}/search-bobaedream-board-national.json`, { counts: { found: 2, added: 2, hastened: 0, requests: 3 }, problems: [] }],
  ]);
});

it('makes a known post due when its list row has more comments, and then stops paging', async () => {
  const later = { status: 'due', next_due_at: '2026-11-20T09:00:00Z' } as const;
  const known = memoryPosts(statePost('1002', { ...later, comment_count: 1000 }), statePost('1001', { ...later, comment_count: 0 }));
  const { find, asked, posts } = setUp({ [firstPage]: [list] }, known);

  expect(await find(board)).toMatchObject({ found: 2, added: 0 });

  expect([...posts.values()].map((post) => post.next_due_at)).toEqual(['2026-11-20T05:00:00Z', '2026-11-20T09:00:00Z']);
  expect(asked).toHaveLength(2);
});

it('does not wake a post that is gone', async () => {
  const gone = statePost('1002', { status: 'gone' });
  const { find, posts } = setUp({ [firstPage]: [list] }, memoryPosts(gone));

  await find(board);

  expect(posts.get('post#bobaedream#national#1002')).toEqual(gone);
});

it('leaves posts alone that are older than the window', async () => {
  const { find, posts } = setUp({ [firstPage]: [{ text: list.text.replace('11/18', '11/16') }] });

  expect(await find(board)).toMatchObject({ found: 1 });

  expect([...posts.values()].map((post) => post.post_id)).toEqual(['1002']);
});

it('searches for a keyword by the spellings that are needed, on any board', async () => {
  const { find, asked, posts, manifests } = setUp({ '/search': [search] });

  expect(await find(keyword)).toMatchObject({ found: 1, added: 1, refused: false });

  expect(asked.slice(1).map(({ form }) => [form?.['keyword'], form?.['page']])).toEqual([
    ['코나', '1'],
    ['코나', '2'],
  ]);
  expect([...posts.values()]).toMatchObject([
    { board: 'freeb', post_id: '55', matched: true, url: 'http://127.0.0.1:9/view?code=freeb&No=55' },
  ]);
  expect(manifests()[0]?.[0]).toMatch(/search-bobaedream-keyword-[0-9a-f]{12}\.json$/);
});

it.each([
  ['has no search', { ...keyword, site: 'clien' }, {}],
  ['robots.txt refuses', keyword, { '/robots.txt': [{ text: 'User-agent: *\nDisallow: /search' }] }],
])('reports a list that %s as refused, without asking for it', async (_, event, answers) => {
  const { find, asked, manifests } = setUp(answers);

  expect(await find(event)).toMatchObject({ found: 0, added: 0, refused: true });

  expect(asked.filter(({ path }) => path !== '/robots.txt')).toEqual([]);
  expect(manifests()[0]?.[1].problems).toMatchObject([{ kind: 'refused' }]);
});

it('finds nothing, and says why, when robots.txt cannot be had', async () => {
  const { find, manifests } = setUp({ '/robots.txt': [{ status: 500 }] });

  expect(await find(board)).toMatchObject({ found: 0, refused: false });

  expect(manifests()[0]?.[1].problems).toMatchObject([{ kind: 'RobotsUnavailableError' }]);
});

it('fails on a list that is none, and says so in the manifest too', async () => {
  const { find, manifests } = setUp({ [firstPage]: [{ text: '<script>alert(1)</script>' }] });

  await expect(find(board)).rejects.toThrow(LayoutChangedError);

  expect(manifests()[0]?.[1].problems).toMatchObject([{ kind: 'LayoutChangedError' }]);
});

it.each([
  [{ ...board, site: 'naver' }, 'Site "naver" is unknown'],
  [{ ...keyword, term: '소나타' }, 'Keyword "소나타" is not in the keyword set; it has 코나'],
  [{ ...board, term: '../x' }, 'Board "../x" is no board'],
  [{ ...board, keywordSetName: 'other' }, 'Keyword set "other" is not in config/keyword-sets.json of the assets bucket, which has default'],
])('refuses %j', async (event, message) => {
  await expect(setUp({}).find(event)).rejects.toThrow(message);
});
