import { objectKeys } from '../../../common/object-keys.ts';
import { statePost } from '../crawl/memory-posts.ts';
import { siteNamed } from '../sites/registry.ts';
import type { Site } from '../sites/site.ts';
import { batch, event, keys, page, path, setUp } from './part-fixture.ts';

it('writes a post and its comments, keeps the page sealed, and plans the next reading', async () => {
  const { run, lines, data, posts, manifest, kept } = setUp({ [path('1')]: [{ text: page }] }, ['1']);

  const result = await run();

  expect(result).toEqual({ site: 'bobaedream', part: 'bobaedream-0001', posts: 1, comments: 4, gone: 0, failed: 0, undone: 0 });
  expect(lines(keys.posts)[0]).toMatchObject({
    post_id: '1',
    url: `http://127.0.0.1:9${path('1')}`,
    created_at: '2026-11-20T01:53:00Z',
    collected_at: '2026-11-20T05:00:07Z',
    comment_count: 5,
    keywords: ['경고등'],
  });
  expect(lines(keys.comments).map((comment) => comment['comment_id'])).toEqual(['701', '702', '704', '705']);
  expect(posts.recorded).toMatchObject([
    { status: 'due', comment_count: 5, matched: true, failures: 0, created_at: '2026-11-20T01:53:00Z' },
  ]);
  expect(manifest().counts).toEqual({
    posts: 1,
    comments: 4,
    gone: 0,
    failed: 0,
    refused: 0,
    undone: 0,
    layoutChanged: 0,
    quarantined: 0,
    requests: 2,
  });
  expect(manifest().problems).toEqual([]);
  expect(kept('1')).toEqual({
    key: { site: 'bobaedream', board: 'national', post_id: '1' },
    collected_at: '2026-11-20T05:00:07Z',
    pages: [{ url: `http://127.0.0.1:9${path('1')}`, text: page }],
  });
  const everything = [...data.texts.values(), ...[...data.bytes.values()].map((bytes) => Buffer.from(bytes).toString('utf8'))].join('\n');
  expect(['졸린감자', '푸른별', '톱니'].filter((name) => everything.includes(name))).toEqual([]);
});

it('reads posts that the event itself names, without a plan and without touching the schedule', async () => {
  const { run, lines, data, posts } = setUp({ [path('7')]: [{ text: page }] }, ['1']);
  const before = await posts.known([{ site: 'bobaedream', board: 'national', post_id: '7' }]);

  const result = await run({ part: 'bobaedream-0002', posts: [{ board: 'national', post_id: '7' }] });

  expect(result).toMatchObject({ posts: 1, comments: 4, failed: 0 });
  expect(lines(objectKeys.rawPosts(batch, 'bobaedream', 'bobaedream-0002'))[0]).toMatchObject({
    post_id: '7',
    url: expect.stringContaining(path('7')) as string,
  });
  expect(data.texts.has(keys.posts)).toBe(false);
  expect(await posts.known([{ site: 'bobaedream', board: 'national', post_id: '7' }])).toEqual(before);
});

it('reads a post that stands in the part twice once', async () => {
  const { run, lines, asked } = setUp({ [path('1')]: [{ text: page }] }, ['1', '1']);

  expect(await run()).toMatchObject({ posts: 1, comments: 4, undone: 0 });

  expect(lines(keys.posts)).toHaveLength(1);
  expect(asked.filter((request) => request.path === path('1'))).toHaveLength(1);
});

it('keeps what a contract refuses apart, with the reason', async () => {
  const longId = 'x'.repeat(40);
  const { run, lines, manifest, deps } = setUp({ [path('1')]: [{ text: page }] }, ['1']);
  const site = siteNamed(deps.sites, 'bobaedream');
  const parsePost: Site['parsePost'] = (html, now) => {
    const post = site.parsePost(html, now);
    return { ...post, comments: post.comments.map((comment, index) => (index === 0 ? { ...comment, commentId: longId } : comment)) };
  };

  expect(await run({}, { sites: new Map([['bobaedream', { ...site, parsePost }]]) })).toMatchObject({ posts: 1, comments: 3 });

  const refused = lines(`${objectKeys.quarantine('extract', batch)}bobaedream-0001.ndjson.gz`);
  expect(refused).toMatchObject([{ table: 'comment', record: { comment_id: longId } }]);
  expect(refused[0]?.['reason']).toContain('comment_id');
  expect(manifest().counts['quarantined']).toBe(1);
});

describe('in a backfill', () => {
  const backfill = { from: '2026-11-01', to: '2026-11-20' };
  const queue = 'backfill#2026-11-01#2026-11-20#bobaedream';

  it('reads in the background, and an old post only once', async () => {
    const old = page.replaceAll('2026.11.20', '2026.11.02');
    const { run, state, opened, posts } = setUp({ [path('1')]: [{ text: old }] }, ['1']);
    posts.posts.set('post#bobaedream#national#1', statePost('1', { due_site: queue }));

    await run({ backfill });

    expect(opened).toMatchObject([{ inBackground: true, batch, site: { name: 'bobaedream' } }]);
    expect(state('1')).toMatchObject({ status: 'done', failures: 0 });
    expect(state('1')).not.toHaveProperty('next_due_at');
  });

  it('hands a young post to the schedule, due at once', async () => {
    const { run, state, posts } = setUp({ [path('1')]: [{ text: page }] }, ['1']);
    posts.posts.set('post#bobaedream#national#1', statePost('1', { due_site: queue }));

    await run({ backfill });

    const { created_at: createdAt } = state('1') ?? {};
    expect(createdAt).toMatch(/^2026-11-20T/);
    expect(state('1')).toMatchObject({ status: 'due', due_site: 'bobaedream', next_due_at: createdAt });
  });

  it('leaves a post that failed in its own queue', async () => {
    const { run, state, posts } = setUp({ [path('1')]: [{ text: '<html>cut' }] }, ['1']);
    posts.posts.set('post#bobaedream#national#1', statePost('1', { due_site: queue }));

    await run({ backfill });

    expect(state('1')).toMatchObject({ status: 'due', failures: 1, due_site: queue });
  });

  it('does not read in the background otherwise', async () => {
    const { run, opened } = setUp({ [path('1')]: [{ text: page }] }, ['1']);

    await run();

    expect(opened).toMatchObject([{ inBackground: false }]);
  });
});

describe('when it cannot begin', () => {
  it.each([
    ['a site that there is not', { site: 'nowhere', part: 'nowhere-0001' }, 'UnknownSiteError', 'bobaedream'],
    ['a part that was not planned', { part: 'bobaedream-0009' }, 'MissingObjectError', 'bobaedream-0009'],
    ["another site's part", { site: 'clien' }, 'InvalidObjectError', 'of bobaedream, not of clien'],
    ['a keyword set that there is not', { keywordSetName: 'other' }, 'InvalidEventError', 'other'],
  ])('names %s', async (_, changes, name, words) => {
    const { run, data, posts } = setUp({ [path('1')]: [{ text: page }] }, ['1']);

    await expect(run(changes)).rejects.toMatchObject({ name, message: expect.stringContaining(words) as string });

    expect([...data.texts.keys()]).toEqual([keys.part]);
    expect(posts.recorded).toEqual([]);
  });

  it('hands every post back when its time is already over', async () => {
    const { run, asked, lines, posts, manifest } = setUp({ [path('1')]: [{ text: page }] }, ['1', '2'], { until: 0 });

    expect(await run()).toMatchObject({ posts: 0, failed: 0, undone: 2 });

    expect([asked, lines(keys.posts), posts.recorded]).toEqual([[], [], []]);
    expect(manifest().counts).toMatchObject({ undone: 2, requests: 0 });
    expect(manifest().problems).toMatchObject([{ kind: 'TimeOverError', subject: 'bobaedream/national/1' }]);
  });
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
    const { run, data, posts, asked, manifest, state } = setUp({ [path('1')]: [{ text: page }] }, ['1']);
    const first = await run();
    const [requests, known] = [asked.length, state('1')];
    data.texts.delete(keys.manifest);
    posts.posts.set('post#bobaedream#national#1', statePost('1'));

    expect(await run()).toEqual(first);

    expect(asked).toHaveLength(requests);
    expect(state('1')).toEqual(known);
    expect(manifest().counts).toMatchObject({ posts: 1, comments: 4 });
  });

  it('gives way to another invocation that committed first, and leaves its comments alone', async () => {
    const { run, deps, data } = setUp({ [path('1')]: [{ text: page }] }, ['1']);
    const other = setUp({ [path('1')]: [{ text: page }] }, ['1']);
    await other.run();
    const winner = other.data.texts.get(keys.posts) ?? '';
    const slowly = {
      ...deps.data,
      readText: async (key: string) => {
        // The other one commits while this one reads.
        const text = await deps.data.readText(key).catch((error: unknown) => error);
        if (key === keys.posts && typeof text !== 'string') data.texts.set(keys.posts, winner).set(keys.comments, '');
        if (typeof text !== 'string') throw text;
        return text;
      },
    };

    expect(await run(event, { data: slowly })).toMatchObject({ posts: 1, comments: 0 });

    expect(data.texts.get(keys.comments)).toBe('');
  });
});
