import { Temporal } from 'temporal-polyfill';
import type { ExtractEvent } from '../../../common/contracts/events.ts';
import { manifestSchema } from '../../../common/contracts/manifest.ts';
import { assetKeys, objectKeys } from '../../../common/object-keys.ts';
import { authorHash } from '../crawl/author-hash.ts';
import { memoryHosts, scriptedTransport, skippingTime, type Scripted } from '../crawl/memory-hosts.ts';
import { memoryPosts, statePost } from '../crawl/memory-posts.ts';
import { politeReader } from '../crawl/polite-reader.ts';
import { memoryStore } from '../memory-store.ts';
import { fixture } from '../sites/fixture.ts';
import { sitesAt } from '../sites/registry.ts';
import { extractPart } from './extract-part.ts';

const batch = '20261120T050000Z';
const event = { batch, site: 'bobaedream', part: 'bobaedream-0001', keywordSetName: 'default' };
const set = { keywords: [{ name: '경고등', spellings: ['경고등'] }], negative: [], boards: [] };
const page = fixture('bobaedream', 'post');
const path = (id: string) => `/view?code=national&No=${id}`;
const rawPosts = objectKeys.rawPosts(batch, 'bobaedream', 'bobaedream-0001');
const rawComments = objectKeys.rawComments(batch, 'bobaedream', 'bobaedream-0001');
const manifestKey = objectKeys.manifest(batch, 'extract', 'bobaedream-0001');

function setUp(answers: Record<string, readonly Scripted[]>, ids: string[], { until = 60_000 } = {}) {
  const time = skippingTime();
  const start = time.now();
  const { transport, asked } = scriptedTransport(
    { '/robots.txt': [{ text: 'User-agent: *\nCrawl-delay: 0.1\nDisallow: /view?code=national&No=13' }], ...answers },
    time,
  );
  const posts = memoryPosts(...ids.map((id) => statePost(id)));
  const planned = ids.map((post_id) => ({ site: 'bobaedream', board: 'national', post_id, url: `http://127.0.0.1:9${path(post_id)}` }));
  const data = memoryStore(
    new Map([[objectKeys.part(batch, event.part), JSON.stringify({ batch, site: event.site, part: event.part, posts: planned })]]),
  );
  const hosts = memoryHosts();
  const deps = {
    data,
    posts,
    assets: memoryStore(new Map([[assetKeys.keywordSets, JSON.stringify({ default: set })]])),
    sites: sitesAt({ BOBAEDREAM_BASE_URL: 'http://127.0.0.1:9', CLIEN_BASE_URL: 'http://127.0.0.1:8' }),
    clock: { now: () => Temporal.Instant.from('2026-11-20T05:00:07Z') },
    authorHash: authorHash('a key of more than sixteen characters'),
    openReader: (run: string, remaining: () => number) => politeReader({ hosts, transport, realTime: time }, run, remaining),
  };
  const run = (changes: Partial<ExtractEvent> = {}) =>
    extractPart({ ...event, ...changes }, deps, { remainingMilliseconds: () => start + until + 10_000 - time.now() });
  const lines = (key: string) =>
    (data.texts.get(key) ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const manifest = () => manifestSchema.parse(JSON.parse(data.texts.get(manifestKey) ?? 'null'));
  return { run, data, posts, asked, lines, manifest };
}

it('reads posts that the event itself names, without a plan and without touching the schedule', async () => {
  const { run, lines, data, posts } = setUp({ [path('7')]: [{ text: page }] }, ['1']);
  const before = await posts.known([{ site: 'bobaedream', board: 'national', post_id: '7' }]);

  const result = await run({ part: 'bobaedream-0002', posts: [{ board: 'national', post_id: '7' }] });

  expect(result).toMatchObject({ posts: 1, comments: 4, failed: 0 });
  expect(lines(objectKeys.rawPosts(batch, 'bobaedream', 'bobaedream-0002'))[0]).toMatchObject({
    post_id: '7',
    url: expect.stringContaining(path('7')) as string,
  });
  expect(data.texts.has(rawPosts)).toBe(false);
  expect(await posts.known([{ site: 'bobaedream', board: 'national', post_id: '7' }])).toEqual(before);
});

it('writes a post and its comments, keeps the page without names, and plans the next reading', async () => {
  const { run, lines, data, posts, manifest } = setUp({ [path('1')]: [{ text: page }] }, ['1']);

  const result = await run();

  expect(result).toEqual({ site: 'bobaedream', part: 'bobaedream-0001', posts: 1, comments: 4, gone: 0, failed: 0, undone: 0 });
  expect(lines(rawPosts)[0]).toMatchObject({
    post_id: '1',
    url: `http://127.0.0.1:9${path('1')}`,
    created_at: '2026-11-20T01:53:00Z',
    collected_at: '2026-11-20T05:00:07Z',
    comment_count: 5,
    keywords: ['경고등'],
  });
  expect(lines(rawComments).map((comment) => comment['comment_id'])).toEqual(['701', '702', '704', '705']);
  expect(posts.recorded).toMatchObject([
    { status: 'due', comment_count: 5, matched: true, failures: 0, created_at: '2026-11-20T01:53:00Z' },
  ]);
  expect(manifest().counts).toEqual({ posts: 1, comments: 4, gone: 0, failed: 0, refused: 0, undone: 0, quarantined: 0, requests: 2 });
  const everything = [...data.texts.values()].join('\n');
  expect(everything).toContain(page.slice(0, 100));
  expect(['졸린감자', '푸른별', '톱니'].filter((name) => everything.includes(name))).toEqual([]);
});

it('goes on after posts that are gone, refused or broken, and says what became of each', async () => {
  const gone = { text: '<script>alert(1)</script>' };
  const { run, posts, manifest, asked } = setUp(
    { [path('1')]: [gone], [path('2')]: [{ text: '<html>cut' }], [path('3')]: [{ text: page }] },
    ['1', '13', '2', '3'],
  );

  const result = await run();

  expect(result).toMatchObject({ posts: 1, gone: 1, failed: 1, undone: 0 });
  expect(posts.recorded.map(({ post_id, status, failures, next_due_at }) => [post_id, status, failures, next_due_at])).toEqual([
    ['1', 'gone', 0, undefined],
    ['13', 'refused', 0, undefined],
    ['2', 'due', 1, '2026-11-20T05:05:07Z'],
    ['3', 'due', 0, expect.any(String)],
  ]);
  expect(manifest().counts).toMatchObject({ refused: 1, failed: 1 });
  expect(manifest().problems.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['refused', 'bobaedream/national/13'],
    ['PageFetchError', 'bobaedream/national/2'],
  ]);
  expect(asked.map((request) => request.path)).not.toContain(path('13'));
});

it('gives a post up after its fifth failure in a row', async () => {
  const { run, posts } = setUp({ [path('2')]: [{ status: 403 }] }, ['2']);
  posts.posts.set('post#bobaedream#national#2', statePost('2', { failures: 4 }));

  await run();

  expect(posts.recorded).toMatchObject([{ status: 'failed', failures: 5 }]);
  expect(posts.recorded[0]).not.toHaveProperty('next_due_at');
});

it('leaves what time does not reach due, and still writes both files', async () => {
  const { run, posts, data } = setUp({ [path('1')]: [{ status: 429, retryAfter: '900' }] }, ['1', '2']);

  expect(await run()).toMatchObject({ posts: 0, undone: 2 });

  expect([data.texts.get(rawPosts), data.texts.get(rawComments)]).toEqual(['', '']);
  expect(posts.recorded).toEqual([]);
});

it('reads the other pages of comments, again when one comes short', async () => {
  const row = (id: number) =>
    `<li><dl><dt><span class="author">가</span><span class="date">26.11.20 11:00</span></dt><dd id="small_cmt_${id}">글</dd></dl></li>`;
  const fragment = Array.from({ length: 100 }, (_, index) => row(index)).join('\n');
  const many = page.replaceAll('[5]', '[105]').replaceAll('(5)', '(105)');
  const other =
    '/board_renew/bulletin/comment_list.php?tb=uni_cmt_2611&code=national&No=1&page=1&strLimit=100&strOrder=&strMywrite=&focus=top&wid=a1b2c3';
  const { run, asked, lines, manifest } = setUp(
    {
      [path('1')]: [{ text: many }],
      [other]: [{ text: fragment.slice(0, 3000) }, { text: fragment.split('\n').slice(0, 60).join('\n') }, { text: fragment }],
    },
    ['1'],
  );

  expect(await run()).toMatchObject({ posts: 1, comments: 104 });

  expect(asked.filter((request) => request.path === other)).toHaveLength(3);
  expect(new Set(lines(rawComments).map((comment) => comment['comment_id'])).size).toBe(104);
  expect(manifest().problems).toEqual([]);
});

it('keeps what a contract refuses apart, with the reason', async () => {
  const longId = 'x'.repeat(40);
  const { run, lines, manifest } = setUp({ [path('1')]: [{ text: page.replace('small_cmt_701', `small_cmt_${longId}`) }] }, ['1']);

  expect(await run()).toMatchObject({ posts: 1, comments: 3 });

  const refused = lines(`${objectKeys.quarantine('extract', batch)}bobaedream-0001.ndjson.gz`);
  expect(refused).toMatchObject([{ table: 'comment', record: { comment_id: longId } }]);
  expect(refused[0]?.['reason']).toContain('comment_id');
  expect(manifest().counts['quarantined']).toBe(1);
});

describe('when it is run again', () => {
  it('fetches nothing and returns the same result', async () => {
    const { run, asked, data, posts } = setUp({ [path('1')]: [{ text: page }], [path('2')]: [{ status: 404 }] }, ['1', '2']);
    const first = await run();
    const [requests, texts, changes] = [asked.length, new Map(data.texts), posts.recorded.length];

    expect(await run()).toEqual(first);

    expect([asked.length, posts.recorded.length]).toEqual([requests, changes]);
    expect(data.texts).toEqual(texts);
  });

  it('makes good what was lost after the posts were written', async () => {
    const { run, data, posts, asked, manifest } = setUp({ [path('1')]: [{ text: page }] }, ['1']);
    const first = await run();
    const [requests, state] = [asked.length, posts.posts.get('post#bobaedream#national#1')];
    data.texts.delete(manifestKey);
    posts.posts.set('post#bobaedream#national#1', statePost('1'));

    expect(await run()).toEqual(first);

    expect(asked).toHaveLength(requests);
    expect(posts.posts.get('post#bobaedream#national#1')).toEqual(state);
    expect(manifest().counts).toMatchObject({ posts: 1, comments: 4 });
  });
});
