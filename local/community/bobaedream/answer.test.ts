import { load } from 'cheerio';
import { afterMinutes, openCommunity, pageText, searchBobaedream, testWorld } from '../test-community.ts';

const world = testWorld();
const BATCH = afterMinutes(210);
let community: Awaited<ReturnType<typeof openCommunity>>;

beforeAll(async () => {
  community = await openCommunity(world);
  community.setTime(BATCH);
});
afterAll(() => community.close());

const truth = world.truthAt(BATCH).filter((post) => post.site === 'bobaedream');

const page = (path: string, headers?: Record<string, string>) => pageText(community.urls.bobaedream + path, headers);

it('allows everyone and asks for a delay', async () => {
  expect(await page('/robots.txt')).toMatch(/User-agent: \*\nAllow: \/\nCrawl-delay: 0\.06\n/);
});

it('lists a board newest first, with rows to skip', async () => {
  const $ = load(await page('/list?code=national&page=1'));
  const rows = $('tr[itemscope]').not('.best, .notice, .mall');
  const numbers = rows.toArray().map((row) => /No=(\d+)/.exec($(row).find('a.bsubject[href*="No="]').attr('href') ?? '')?.[1]);

  expect(numbers).toEqual(truth.filter((post) => post.board === 'national').map((post) => post.post_id));
  expect([$('tr.best').length, $('tr.notice').length, $('tr.mall').length]).toEqual([2, 1, 1]);
  expect(
    $('td.date')
      .toArray()
      .map((cell) => $(cell).text()),
  ).toEqual(expect.arrayContaining([expect.stringMatching(/^\d\d:\d\d$/), expect.stringMatching(/^\d\d\/\d\d$/)]));
  const uncommented = truth.filter((post) => post.board === 'national' && post.comment_count === 0).length;
  expect(rows.find('span.Comment strong.totreply')).toHaveLength(rows.length - uncommented);
});

it('lists 70 rows a page', async () => {
  const later = afterMinutes(12 * 240);
  community.setTime(later);
  const pages = await Promise.all([1, 2, 3].map(async (number) => load(await page(`/list?code=national&page=${number}`))));
  community.setTime(BATCH);

  const counts = pages.map(($) => $('tr[itemscope]').not('.best, .notice, .mall').length);
  expect(counts[0]).toBe(70);
  expect(counts.reduce((sum, count) => sum + count)).toBe(world.postsAt(later).filter((post) => post.board === 'national').length);
});

it('finds posts of all boards, ten rows a page, with news and ads between, and no list past the end', async () => {
  const found: string[] = [];
  const later = afterMinutes(12 * 240);
  community.setTime(later);
  let number = 1;
  for (; ; number += 1) {
    const $ = load(await searchBobaedream(community.urls.bobaedream, '코나', number));
    if ($('div.search_Community').length === 0) break;
    const rows = $('div.search_Community ul li').toArray();
    expect(rows.length).toBeLessThanOrEqual(10);
    const hits = rows.filter((row) => $(row).find('dd.path span').length === 3);
    if (number === 1) expect(hits.length).toBeLessThan(rows.length);
    found.push(...hits.map((row) => $(row).find('dt a[href]').text()));
  }

  community.setTime(BATCH);

  expect(number).toBeGreaterThan(3);
  expect(found).toEqual(
    world
      .truthAt(later)
      .filter((post) => post.site === 'bobaedream' && `${post.title}${post.body}`.includes('코나'))
      .map((post) => post.title),
  );
});

it('refuses a search that does not come from its own page', async () => {
  const response = await fetch(`${community.urls.bobaedream}/search`, { method: 'POST', body: new URLSearchParams({ keyword: '코나' }) });

  expect(response.status).toBe(403);
});

it('shows a post with the last page of its comments', async () => {
  const post = truth.find((candidate) => candidate.comment_count > 200);
  const $ = load(await page(post?.url_path ?? ''));

  expect($('.writerProfile dl dt').attr('title')).toBe(post?.title);
  expect($('em.detailTxtDeco01').text()).toBe(`[${post?.comment_count}]`);
  expect($('.comm2').text()).toBe(`(${post?.comment_count})`);
  expect($('ul.basiclist#cmt_reply > li')).toHaveLength((post?.comment_count ?? 0) - 200);
  expect($('.countGroup').text().split('|').at(-1)).toMatch(/^\s*\d{4}\.\d\d\.\d\d\u00a0\([일월화수목금토]\) \d\d:\d\d$/);
  expect(
    $('.countGroup em.txtType')
      .toArray()
      .map((em) => Number($(em).text().replaceAll(',', ''))),
  ).toEqual([post?.views, post?.likes]);
  expect($('div.bodyCont[itemprop=articleBody]').text().trim()).toBe(post?.body);
});

it('puts the votes of the other side before the date on the politic board', async () => {
  const post = truth.find((candidate) => candidate.board === 'politic');

  expect(load(await page(post?.url_path ?? ''))('.countGroup').text()).toContain('반대 |');
});

it.each([60, 210, 500, 1000])('adds up to all comments over the pages, at minute %i', async (minute) => {
  community.setTime(afterMinutes(minute));
  const post = world.truthAt(afterMinutes(minute)).find((candidate) => candidate.site === 'bobaedream' && candidate.comment_count > 100);
  const path = post?.url_path ?? '';
  const html = await page(path);
  const source = /comment_list\.php\?(tb=[^"]+)"/.exec(html)?.[1] ?? '';
  const others = Array.from({ length: Math.ceil((post?.comment_count ?? 0) / 100) - 1 }, (_, index) =>
    page(`/board_renew/bulletin/comment_list.php?${source.replace('page=1', `page=${index + 1}`)}`, {
      Referer: community.urls.bobaedream + path,
    }),
  );
  const ids = [...(await Promise.all(others)), html].flatMap((text) => {
    const $ = load(text);
    return $('ul.basiclist#cmt_reply > li dd[id^=small_cmt_]')
      .toArray()
      .map((dd) => $(dd).attr('id')?.replace('small_cmt_', ''));
  });
  community.setTime(BATCH);

  expect(others.length).toBeGreaterThan(0);
  expect(ids).toEqual(post?.comments.map(({ comment_id }) => comment_id));
});

it.each(['wrong tb', 'wrong wid', 'no Referer'])('refuses further comments: %s', async (what) => {
  const post = truth.find((candidate) => candidate.comment_count > 100);
  const source = /comment_list\.php\?(tb=[^"]+)"/.exec(await page(post?.url_path ?? ''))?.[1] ?? '';
  const asked = what === 'wrong tb' ? source.replace('uni_cmt', 'uni_tmc') : what === 'wrong wid' ? `${source}0` : source;
  const headers: Record<string, string> = what === 'no Referer' ? {} : { Referer: community.urls.bobaedream + (post?.url_path ?? '') };
  const response = await fetch(`${community.urls.bobaedream}/board_renew/bulletin/comment_list.php?${asked}`, { headers });

  expect(response.status).toBe(403);
});

it.each(['/view?code=national&No=1', '/view.php?code=nowhere&No=2415000', '/list?code=nowhere'])(
  'answers 200 with 121 bytes of script for %s',
  async (path) => {
    const response = await fetch(community.urls.bobaedream + path);

    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 121]);
  },
);

it.each([
  ['deleted', 0],
  ['blinded', 1],
] as const)('keeps a %s post in the list and shows its gone form', async (state, headers) => {
  const post = truth.find((candidate) => candidate.state === state);
  const $ = load(await page(post?.url_path ?? ''));

  expect([$('.writerProfile').length, $('.bodyCont').length]).toEqual([headers, 0]);
  expect(await page(`/list?code=${post?.board}`)).toContain(`No=${post?.post_id}`);
});
