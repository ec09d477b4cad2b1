import { load } from 'cheerio';
import { afterMinutes, openCommunity, pageText, testWorld } from '../test-community.ts';

const world = testWorld();
const BATCH = afterMinutes(210);
let community: Awaited<ReturnType<typeof openCommunity>>;

beforeAll(async () => {
  community = await openCommunity(world);
  community.setTime(BATCH);
});
afterAll(() => community.close());

const truth = world.truthAt(BATCH).filter((post) => post.site === 'clien');

const page = (path: string) => pageText(community.urls.clien + path);

it('forbids search and every query', async () => {
  expect(await page('/robots.txt')).toMatch(/User-agent: \*\nDisallow: \/service\/search\n[^]*Disallow: \/\*\?\*\nCrawl-delay: 0\.1\n/);
});

it('lists a board with notice, hongbo and ad rows, and further pages by po', async () => {
  const later = afterMinutes(6 * 240);
  community.setTime(later);
  const pages = await Promise.all([page('/service/board/cm_car'), page('/service/board/cm_car?po=1')]);
  community.setTime(BATCH);
  const rows = pages.flatMap((text) => {
    const $ = load(text);
    expect([$('.list_item.notice').length, $('.list_item.hongbo').length]).toEqual([1, 1]);
    expect($('.list_item:not([data-role])').length).toBeGreaterThan(0);
    return $('div.list_item.symph_row[data-role=list-row]')
      .not('.notice, .hongbo')
      .toArray()
      .map((row) => ({
        sn: $(row).attr('data-board-sn'),
        comments: Number($(row).attr('data-comment-count')),
        time: $(row).find('.timestamp').text(),
      }));
  });
  const expected = world.postsAt(later).filter((post) => post.board === 'cm_car');

  expect(rows.map(({ sn, comments }) => [sn, comments])).toEqual(expected.slice(0, 60).map((post) => [post.postId, post.comments.length]));
  expect(rows.every(({ time }) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time))).toBe(true);
});

it('shows a post with all its comments', async () => {
  const post = truth.toSorted((left, right) => right.comment_count - left.comment_count)[0];
  const $ = load(await page(post?.url_path ?? ''), { xmlMode: false });
  const rows = $('div.comment_row[data-comment-sn]');

  expect($('h3.post_subject > span:not([class])').text()).toBe(post?.title);
  expect($('.comment_head strong').text()).toBe(String(post?.comment_count));
  expect(rows.toArray().map((row) => $(row).attr('data-comment-sn'))).toEqual(post?.comments.map(({ comment_id }) => comment_id));
  expect(rows.filter('.blocked')).toHaveLength(post?.comments.filter(({ deleted }) => deleted).length ?? 0);
  expect(rows.filter('.re')).toHaveLength(post?.comments.filter(({ is_reply }) => is_reply).length ?? 0);
});

it('answers the alert page for a deleted post (200) and for one that never was (404)', async () => {
  const deleted = truth.find((candidate) => candidate.state === 'deleted');
  const [gone, never] = await Promise.all(
    [deleted?.url_path ?? '', '/service/board/cm_car/1'].map((path) => fetch(community.urls.clien + path)),
  );

  expect([gone?.status, never?.status]).toEqual([200, 404]);
  expect(await gone?.text()).not.toContain('post_subject');
});
