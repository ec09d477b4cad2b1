import type { Site } from '../../extract/src/sites/site.ts';
import { sitesAt, siteNamed, type Sites } from '../../extract/src/sites/registry.ts';
import type { Temporal } from 'temporal-polyfill';
import { PostGoneError } from '../../common/errors.ts';
import { afterMinutes, openCommunity, testWorld } from './test-community.ts';
import type { CommentTruth, PostTruth } from './world/truth.ts';

type Request = ReturnType<Site['post']>;

const world = testWorld();
let community: Awaited<ReturnType<typeof openCommunity>>;
let sites: Sites;

beforeAll(async () => {
  community = await openCommunity(world);
  sites = sitesAt(community.urls);
});
afterAll(() => community.close());

it.each([0, 210])('reads from the pages exactly what is true, at minute %i', async (minute) => {
  const instant = afterMinutes(minute);
  community.setTime(instant);
  const there = world.truthAt(instant).filter((post) => post.state === 'there');

  expect(there.length).toBeGreaterThan(20);
  for (const post of there) expect(await readPost(post, instant)).toEqual(comparable(post));
});

it('knows each gone post as gone', async () => {
  const instant = afterMinutes(210);
  community.setTime(instant);
  const gone = world.truthAt(instant).filter((post) => post.state !== 'there');

  expect(new Set(gone.map(({ site, state }) => `${site} ${state}`))).toEqual(
    new Set(['bobaedream deleted', 'bobaedream blinded', 'clien deleted', 'fmkorea deleted', 'dcinside deleted']),
  );
  for (const post of gone) await expect(readPost(post, instant)).rejects.toThrow(PostGoneError);
});

it('lists the posts of each watched board with their comment counts', async () => {
  const instant = afterMinutes(210);
  community.setTime(instant);

  for (const [site, board] of [
    ['bobaedream', 'national'],
    ['bobaedream', 'freeb'],
    ['clien', 'cm_car'],
  ] as const) {
    const request = siteOf(site).boardList(board, 1);
    if (request === null) throw new Error(`${site} has no list`);
    const rows = siteOf(site).parseBoardList(await text(request), instant);
    const expected = world.truthAt(instant).filter((post) => post.site === site && post.board === board);
    expect(rows.map((row) => [row.board, row.postId, row.title, row.commentCount])).toEqual(
      expected.slice(0, site === 'clien' ? 30 : 70).map((post) => [post.board, post.post_id, post.title, post.comment_count]),
    );
  }
});

it('finds by search what holds the term, on every board', async () => {
  const instant = afterMinutes(1000);
  community.setTime(instant);
  const found: string[] = [];
  for (let page = 1; ; page += 1) {
    const request = siteOf('bobaedream').search('리콜', page);
    const rows = request === null ? [] : siteOf('bobaedream').parseSearch(await text(request), instant);
    if (rows.length === 0) break;
    found.push(...rows.map((row) => `${row.board} ${row.postId}`));
  }
  const expected = world.truthAt(instant).filter((post) => post.site === 'bobaedream' && `${post.title}\n${post.body}`.includes('리콜'));

  expect(found.length).toBeGreaterThan(10);
  expect(found).toEqual(expected.map((post) => `${post.board} ${post.post_id}`));
});

async function readPost(truth: PostTruth, now: Temporal.Instant) {
  const site = siteOf(truth.site);
  const html = await text(site.post(truth));
  const page = site.parsePost(html, now);
  const others = await Promise.all(
    site.otherCommentPages(truth, html, page).map(async ({ request, expectedRows }) => {
      const list = site.parseComments(await text(request), now);
      expect(list.rows).toBe(expectedRows);
      return list.comments;
    }),
  );
  const inexact = new Set(truth.comments.filter((comment) => !comment.time_is_exact).map(({ comment_id }) => comment_id));
  return {
    title: page.title,
    body: page.body,
    author: page.author,
    created_at: page.createdAt.toString(),
    views: page.views,
    likes: page.likes,
    comment_count: page.commentCount,
    comments: [...others.flat(), ...page.comments].map((comment) => ({
      comment_id: comment.commentId,
      is_reply: comment.isReply,
      author: comment.author,
      created_at: inexact.has(comment.commentId) ? 'some time ago' : comment.createdAt.toString(),
      body: comment.body,
      likes: comment.likes,
      dislikes: comment.dislikes,
    })),
  };
}

/** What a reader can see of the truth: no deleted comment. */
function comparable(post: PostTruth) {
  const { title, body, author, author_id, created_at, views, likes, comment_count } = post;
  return {
    title,
    body,
    author: author_id ?? author,
    created_at,
    views,
    likes,
    comment_count,
    comments: post.comments.filter(({ deleted }) => !deleted).map(comparableComment),
  };
}

function comparableComment({ comment_id, is_reply, author, author_id, created_at, time_is_exact, body, likes, dislikes }: CommentTruth) {
  return {
    comment_id,
    is_reply,
    author: author_id ?? author,
    created_at: time_is_exact ? created_at : 'some time ago',
    body,
    likes,
    dislikes,
  };
}

function siteOf(name: string): Site {
  return siteNamed(sites, name);
}

async function text({ method, url, form, headers }: Request): Promise<string> {
  const response = await fetch(url, { method, ...(headers ? { headers } : {}), ...(form ? { body: new URLSearchParams(form) } : {}) });
  return response.text();
}
