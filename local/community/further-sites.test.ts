import { load } from 'cheerio';
import { Temporal } from 'temporal-polyfill';
import { siteNamed, sitesAt } from '../../extract/src/sites/registry.ts';
import type { PageRequest, Site } from '../../extract/src/sites/site.ts';
import { listed } from './fmkorea/list-page.ts';
import { afterMinutes, openCommunity, pageText, testWorld } from './test-community.ts';

const world = testWorld();
const BATCH = afterMinutes(450);
let community: Awaited<ReturnType<typeof openCommunity>>;
let fmkorea: Site;
let dcinside: Site;

beforeAll(async () => {
  community = await openCommunity(world);
  community.setTime(BATCH);
  const sites = sitesAt(community.urls);
  fmkorea = siteNamed(sites, 'fmkorea');
  dcinside = siteNamed(sites, 'dcinside');
});
afterAll(() => community.close());

const postsOf = (site: string) => world.truthAt(BATCH).filter((post) => post.site === site);
const longest = (site: string) => {
  const post = postsOf(site).toSorted((left, right) => right.comment_count - left.comment_count)[0];
  if (post === undefined) throw new Error(`No post on ${site}`);
  return post;
};

async function text({ method, url, form, headers = {} }: PageRequest): Promise<string> {
  return (await fetch(url, { method, headers: { ...headers }, ...(form ? { body: new URLSearchParams({ ...form }) } : {}) })).text();
}

async function rowsOf(site: Site, board: string, page = 1) {
  const request = site.boardList(board, page);
  return request ? site.parseBoardList(await text(request), BATCH) : [];
}

it.each(['fmkorea', 'dcinside'])('brings %s four to six posts a segment, one of them fast, one deleted', (site) => {
  for (const segment of [0, 1, 2, 5]) {
    const born = world.postsAt(afterMinutes((segment + 1) * 240)).filter((post) => post.site === site && post.segment === segment);
    const inFirstHour = born.map((post) => post.comments.filter(({ createdAt }) => createdAt <= post.createdAt + 3_600_000).length);

    expect([4, 5, 6]).toContain(born.length);
    expect(Math.max(...inFirstHour)).toBeGreaterThanOrEqual(20);
    expect(born.filter(({ state }) => state === 'deleted')).toHaveLength(1);
  }
});

it('shows long threads on both sites', () => {
  expect(longest('fmkorea').comment_count).toBeGreaterThan(100);
  expect(longest('dcinside').comment_count).toBeGreaterThan(100);
});

describe('fmkorea', () => {
  it('forbids all but the best lists and humor', async () => {
    expect(await pageText(`${community.urls.fmkorea}/robots.txt`)).toBe(
      'User-agent: *\nDisallow: /\nAllow: /$\nAllow: /best\nAllow: /best2\nAllow: /humor\nCrawl-delay: 0.1\n',
    );
    expect((await fetch(`${community.urls.fmkorea}/car`)).status).toBe(404);
  });

  it.each(['best', 'best2'])('lists in %s what was promoted, in its own order', async (list) => {
    const posts = world.postsAt(BATCH).filter(({ site }) => site === 'fmkorea');
    const expected = listed(list, posts, BATCH.epochMilliseconds).map((post) => ['best', post.postId, post.title, post.comments.length]);
    const rows = await rowsOf(fmkorea, list);

    expect(expected.length).toBeGreaterThan(10);
    expect(rows.map((row) => [row.board, row.postId, row.title, row.commentCount])).toEqual(expected.slice(0, 20));
    expect(await rowsOf(fmkorea, list, 9)).toHaveLength(((expected.length - 1) % 20) + 1);
  });

  it('says in its lists when a post was written, never later than the reader takes it for', async () => {
    const written = new Map(postsOf('fmkorea').map((post) => [post.post_id, Temporal.Instant.from(post.created_at)]));

    for (const row of await rowsOf(fmkorea, 'best')) {
      const lag = row.postedAt.latest.since(written.get(row.postId) ?? BATCH).total('minutes');
      expect([row.postId, lag >= 0 && lag <= 60]).toEqual([row.postId, true]);
    }
  });

  it('dates comments at most a unit too late, and never before they were written', async () => {
    const post = longest('fmkorea');
    const { comments } = fmkorea.parsePost(await text(fmkorea.post(post)), BATCH);
    const truth = new Map(post.comments.map((comment) => [comment.comment_id, Temporal.Instant.from(comment.created_at)]));
    const lags = comments.map(({ commentId, createdAt }) => createdAt.since(truth.get(commentId) ?? BATCH).total('minutes'));

    expect(lags.length).toBeGreaterThan(0);
    expect(Math.min(...lags)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...lags)).toBeLessThanOrEqual(60);
  });

  it('shows the last page of comments, the others by cpage, and copies of the best ones on each', async () => {
    const post = longest('fmkorea');
    const own = await text(fmkorea.post(post));
    const others = fmkorea.otherCommentPages(post, own, fmkorea.parsePost(own, BATCH));
    const pages = [...(await Promise.all(others.map(({ request }) => text(request)))), own];

    expect(pages).toHaveLength(Math.ceil(post.comment_count / 50));
    for (const page of pages) expect(load(page)('li.comment_best[id$=_]')).toHaveLength(2);
    const numbers = pages.flatMap((page) => fmkorea.parseComments(page, BATCH).comments.map(({ commentId }) => commentId));
    expect(numbers).toEqual(post.comments.filter(({ deleted }) => !deleted).map(({ comment_id }) => comment_id));
  });

  it('keeps the names of those whom replies answer out of the texts', async () => {
    const post = longest('fmkorea');
    const page = await text(fmkorea.post(post));

    expect(load(page)('.findParent').length).toBeGreaterThan(0);
    const texts = new Map(post.comments.map((comment) => [comment.comment_id, comment.body]));
    for (const comment of fmkorea.parseComments(page, BATCH).comments) expect(comment.body).toBe(texts.get(comment.commentId));
  });

  it('answers a message for what is gone (200) and for what never was (404)', async () => {
    const deleted = postsOf('fmkorea').find(({ state }) => state === 'deleted');
    const statuses = await Promise.all(
      [deleted?.url_path ?? '', '/best/1'].map(async (path) => (await fetch(community.urls.fmkorea + path)).status),
    );

    expect(statuses).toEqual([200, 404]);
  });
});

describe('dcinside', () => {
  it('allows its galleries', async () => {
    expect(await pageText(`${community.urls.dcinside}/robots.txt`)).toMatch(/Allow: \/board\/lists\/\n[^]*Crawl-delay: 0\.1\n/);
  });

  it('lists its posts between notice, survey and ad, dates now and then without title', async () => {
    const rows = await rowsOf(dcinside, 'car_new1');
    const $ = load(await pageText(`${community.urls.dcinside}/board/lists/?id=car_new1`));

    expect(rows.map((row) => [row.board, row.postId, row.title, row.commentCount])).toEqual(
      postsOf('dcinside').map((post) => [post.board, post.post_id, post.title, post.comment_count]),
    );
    expect($('tr.ub-content').length).toBe(rows.length + 3);
    expect($('tr.us-post td.gall_date:not([title])').length).toBeGreaterThan(1);
  });

  it('repeats its last page past the end', async () => {
    expect(await rowsOf(dcinside, 'car_new1', 9)).toEqual(await rowsOf(dcinside, 'car_new1', 1));
  });

  it('gives comments only to the script of the page, with its token', async () => {
    const post = longest('dcinside');
    const own = await text(dcinside.post(post));
    const [first, second] = dcinside.otherCommentPages(post, own, dcinside.parsePost(own, BATCH)).map(({ request }) => request);
    if (first?.form === undefined || second === undefined) throw new Error('The post needs two pages of comments');
    const refused = [
      { ...first, headers: {} },
      { ...first, headers: { ...first.headers, Referer: `${community.urls.dcinside}/` } },
      { ...first, form: { ...first.form, e_s_n_o: 'x' } },
      { ...first, form: { ...first.form, _GALLTYPE_: 'M' } },
    ];

    expect(await Promise.all(refused.map(text))).toEqual(['', '', '', '']);
    const lists = (await Promise.all([first, second].map(text))).map((answer) => dcinside.parseComments(answer, BATCH));
    expect(lists.map(({ rows }) => rows)).toEqual([100, post.comment_count - 100]);
  });

  it('puts an ad between the comments, which is no row', async () => {
    const post = longest('dcinside');
    const own = await text(dcinside.post(post));
    const [first] = dcinside.otherCommentPages(post, own, dcinside.parsePost(own, BATCH));
    const answer = first ? await text(first.request) : '';

    expect(answer).toContain('"no":0');
    expect(dcinside.parseComments(answer, BATCH).comments.map(({ commentId }) => commentId)).not.toContain('0');
  });

  it('logs what was asked for', () => {
    expect(community.entries.find(({ site, kind }) => site === 'dcinside' && kind === 'comments')).toMatchObject({
      board: 'car_new1',
      post_id: longest('dcinside').post_id,
      form: { sort: 'D' },
    });
  });
});
