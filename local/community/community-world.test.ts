import { Temporal } from 'temporal-polyfill';
import keywordSets from '../../config/keyword-sets.json' with { type: 'json' };
import { keywordMatcher } from '../../common/keywords.ts';
import { createWorld } from './community-world.ts';
import { afterMinutes, arrivals, EPOCH, testWorld } from './test-community.ts';
import { HOT_COMMENTS } from './world/curve-pools.ts';
import type { PostState } from './world/world-post.ts';

const world = testWorld();
const SEGMENT = 240;

/** Posts that had at most `count` comments when a segment began and have more at its last batch. */
function passing(segment: number, site: PostState['site'], count: number): PostState[] {
  const before = new Map(world.postsAt(afterMinutes(segment * SEGMENT)).map((post) => [keyOf(post), post.comments.length]));
  return world
    .postsAt(afterMinutes(segment * SEGMENT + 210))
    .filter((post) => post.site === site && (before.get(keyOf(post)) ?? 0) <= count && post.comments.length > count);
}

function keyOf(post: PostState): string {
  return `${post.site}/${post.board}/${post.postId}`;
}

function bornIn(segment: number): readonly PostState[] {
  return world.postsAt(afterMinutes((segment + 1) * SEGMENT)).filter((post) => post.segment === segment);
}

it('is the same community for the same seed, and another for another', () => {
  const instant = afterMinutes(300);

  expect(testWorld().truthAt(instant)).toEqual(world.truthAt(instant));
  expect(testWorld('another').truthAt(instant)).not.toEqual(world.truthAt(instant));
});

it('does not depend on which instants were looked at before', () => {
  const fresh = testWorld();
  fresh.postsAt(afterMinutes(2000));

  expect(fresh.truthAt(afterMinutes(35))).toEqual(testWorld().truthAt(afterMinutes(35)));
});

it('plays the recorded arrivals: clien its own, bobaedream those of naver_cafe', () => {
  const played = world.postsAt(afterMinutes(10 * SEGMENT)).filter((post) => post.gone === null);

  expect(played.length).toBeGreaterThan(300);
  for (const post of played) {
    const recorded = (post.site === 'clien' ? arrivals.clien : arrivals.naver_cafe).find((curve) => curve.post === post.curve);
    const age = (afterMinutes(10 * SEGMENT).epochMilliseconds - post.createdAt) / 60_000;
    const expected = recorded?.minutes.filter((minute) => Math.round(minute * 60) <= Math.round(age * 60)) ?? [];
    const arrived = post.comments.map((comment) => comment.createdAt - post.createdAt).sort((left, right) => left - right);
    expect(arrived).toEqual(expected.map((minute) => Math.round(minute * 60) * 1000));
  }
});

it('holds at an instant exactly what was created by then, and only grows', () => {
  const later = new Map(world.postsAt(afterMinutes(130)).map((post) => [keyOf(post), post]));
  const cut = EPOCH.add({ minutes: 100 }).epochMilliseconds;

  for (const post of world.postsAt(afterMinutes(100))) {
    const grown = later.get(keyOf(post));
    expect(post.createdAt).toBeLessThanOrEqual(cut);
    if (post.state !== 'there') continue;
    expect(grown?.views).toBeGreaterThanOrEqual(post.views);
    expect(grown?.likes).toBeGreaterThanOrEqual(post.likes);
    if (grown?.state !== 'there') continue;
    expect(post.comments.map(({ id }) => id)).toEqual(grown.comments.filter(({ createdAt }) => createdAt <= cut).map(({ id }) => id));
  }
});

it('gives bobaedream whole minutes and clien seconds', () => {
  const posts = world.truthAt(afterMinutes(240));
  const secondsOf = (site: string) =>
    posts
      .filter((post) => post.site === site)
      .flatMap((post) => [post, ...post.comments].map(({ created_at }) => created_at.slice(-3, -1)));

  expect(new Set(secondsOf('bobaedream'))).toEqual(new Set(['00']));
  expect(new Set(secondsOf('clien')).size).toBeGreaterThan(30);
});

it('has posts that exist before the first segment, and none in the distant past', () => {
  expect(world.postsAt(EPOCH).filter((post) => post.site === 'bobaedream').length).toBeGreaterThan(10);
  expect(world.postsAt(EPOCH).some((post) => post.site === 'clien')).toBe(true);
  expect(world.postsAt(Temporal.Instant.from('2026-09-01T00:00:00Z'))).toEqual([]);
});

it('names posts by number: shared between boards of bobaedream, unique on clien and inside a board', () => {
  const posts = world.postsAt(afterMinutes(4 * SEGMENT));
  const numbersOf = (board: string) => posts.filter((post) => post.board === board).map(({ postId }) => postId);
  const clien = posts.filter((post) => post.site === 'clien').map(({ postId }) => postId);

  expect(new Set(posts.map(keyOf)).size).toBe(posts.length);
  expect(new Set(clien).size).toBe(clien.length);
  expect(numbersOf('national').filter((number) => numbersOf('freeb').includes(number)).length).toBeGreaterThan(5);
});

it('declares exactly the keywords that the default set finds in title and text', () => {
  const matches = keywordMatcher(keywordSets.default);

  for (const post of world.postsAt(afterMinutes(6 * SEGMENT))) {
    expect([post.title, matches(post.title, post.paragraphs.join('\n'))]).toEqual([post.title, post.keywords]);
  }
});

describe.each([0, 1, 2, 3, 7])('segment %i', (segment) => {
  it('is of modest size', () => {
    const born = bornIn(segment);

    expect(born.filter((post) => post.site === 'bobaedream').length).toBeGreaterThanOrEqual(20);
    expect(born.filter((post) => post.site === 'bobaedream').length).toBeLessThanOrEqual(26);
    expect(born.filter((post) => post.site === 'clien').length).toBeGreaterThanOrEqual(10);
    expect(born.filter((post) => post.site === 'clien').length).toBeLessThanOrEqual(14);
  });

  it.each(['bobaedream', 'clien'] as const)('brings %s a matching post that becomes critical before its last batch', (site) => {
    const critical = passing(segment, site, HOT_COMMENTS[site] - 1).filter((post) => post.keywords.length > 0);

    expect(critical.length).toBeGreaterThanOrEqual(1);
  });

  it.each([
    ['bobaedream', 20],
    ['clien', 25],
  ] as const)('brings %s a matching post that starts fast', (site, comments) => {
    const early = bornIn(segment).filter((post) => post.site === site && post.role === 'early-hot' && post.keywords.length > 0);
    const inFirstHour = early.map((post) => post.comments.filter(({ createdAt }) => createdAt <= post.createdAt + 3_600_000).length);

    expect(Math.max(...inFirstHour)).toBeGreaterThanOrEqual(comments);
  });

  it('brings posts that look hot and match nothing, ordinary ones, and traps', () => {
    const born = bornIn(segment);
    const lookHot = born.filter((post) => post.keywords.length === 0 && post.comments.length >= 25);

    expect(lookHot.length).toBeGreaterThanOrEqual(3);
    expect(born.filter((post) => post.role === 'cold').length).toBeGreaterThanOrEqual(15);
    expect(born.some((post) => /코나 ?커피|코나카드|화재보험/.test(post.title))).toBe(true);
  });

  it('sees a bobaedream post pass 100 comments and one pass 200', () => {
    expect(passing(segment, 'bobaedream', 100).length).toBeGreaterThanOrEqual(1);
    expect(passing(segment, 'bobaedream', 200).length).toBeGreaterThanOrEqual(1);
  });

  it('brings replies, deleted comments, a deleted post on each site and a blinded one', () => {
    const born = bornIn(segment);
    const comments = (site: string) => born.filter((post) => post.site === site).flatMap((post) => post.comments);

    for (const site of ['bobaedream', 'clien']) {
      expect(comments(site).some(({ isReply }) => isReply)).toBe(true);
      expect(comments(site).some(({ deleted }) => deleted)).toBe(true);
      expect(born.filter((post) => post.site === site && post.state === 'deleted')).toHaveLength(1);
    }
    expect(born.filter((post) => post.state === 'blinded').map(({ site }) => site)).toEqual(['bobaedream']);
  });

  it('finds a matching post that only a search shows', () => {
    expect(bornIn(segment).some((post) => post.board === 'politic' && post.keywords.length > 0)).toBe(true);
  });
});

it('lets a share of the posts pass 100 comments within half an hour, when told to', () => {
  const share = (longThreads: number) => {
    const posts = createWorld({ seed: 'long', epoch: EPOCH, arrivals, longThreads }).postsAt(afterMinutes(200));
    const settled = posts.filter(({ createdAt, state }) => state === 'there' && createdAt <= afterMinutes(170).epochMilliseconds);
    return settled.filter(({ comments }) => comments.length > 100).length / settled.length;
  };

  expect(share(0.5) - share(0)).toBeGreaterThan(0.3);
});
