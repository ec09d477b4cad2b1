import { Temporal } from 'temporal-polyfill';
import type { ArrivalCurve, Arrivals } from './world/arrivals.ts';
import { curvePools } from './world/curve-pools.ts';
import { planDcinside, planFmkorea } from './world/plan-further-sites.ts';
import { OLDEST_SEGMENT, planSegment, SEGMENT_MINUTES, type Slot } from './world/plan-segment.ts';
import { stateAt } from './world/post-state.ts';
import { truthOf, type PostTruth } from './world/truth.ts';
import type { PostState, WorldPost } from './world/world-post.ts';
import { writePost } from './world/write-post.ts';

export interface WorldOptions {
  /** Another seed is another community. */
  readonly seed: string;
  /** When segment 0 starts; cut to the minute. */
  readonly epoch: Temporal.Instant;
  /** The recorded comment arrivals (`readArrivals`): clien plays clien's curves, the others play naver_cafe's. */
  readonly arrivals: Arrivals;
  /** Share of the posts (0–1) that pass 100 comments within half an hour, for trying what long threads do. None by default. */
  readonly longThreads?: number;
}

/** Simulated communities: a pure function of its options and an instant, without end. */
export interface CommunityWorld {
  readonly epoch: Temporal.Instant;
  /** Every post that exists at an instant, newest first, with the comments that exist at it. */
  postsAt(instant: Temporal.Instant): readonly PostState[];
  /** The same in the shape of the warehouse's rows, in no particular order. */
  truthAt(instant: Temporal.Instant): readonly PostTruth[];
}

const SEGMENT_MILLISECONDS = SEGMENT_MINUTES * 60_000;
/** Room for the numbers of one segment: posts of a board, and comments of a post. */
const POSTS_PER_SEGMENT = 50;
const COMMENTS_PER_POST = 1000;
/** The first numbers of a board. bobaedream's boards share numbers (No is unique only inside a board); clien's and fmkorea's are unique over all. */
const FIRST_IDS: Readonly<Record<string, number>> = {
  'bobaedream/national': 2_415_000,
  'bobaedream/freeb': 2_415_000,
  'bobaedream/politic': 2_414_000,
  clien: 19_120_000,
  fmkorea: 9_140_200_000,
  'dcinside/car_new1': 8_200_000,
};

/** @throws Error when the arrivals hold no curve for a part that must be played. */
export function createWorld({ seed, epoch, arrivals, longThreads = 0 }: WorldOptions): CommunityWorld {
  const pools = curvePools(arrivals);
  const start = Math.floor(epoch.epochMilliseconds / 60_000) * 60_000;
  const segments = new Map<number, readonly WorldPost[]>();

  const segmentPosts = (segment: number) => {
    const known = segments.get(segment);
    if (known) return known;
    // Each plan by itself: a site that is added changes nothing about those that were there.
    const plans = [planSegment(seed, segment, pools), planFmkorea(seed, segment, pools), planDcinside(seed, segment, pools)];
    const posts = plans.flatMap((slots) => {
      const played = slots.map(lengthened(longThreads, pools.bobaedream.thread200));
      return writeSegment(seed, segment, start + segment * SEGMENT_MILLISECONDS, played);
    });
    segments.set(segment, posts);
    return posts;
  };

  const postsAt = (instant: Temporal.Instant) => {
    const now = instant.epochMilliseconds;
    const last = Math.floor((now - start) / SEGMENT_MILLISECONDS);
    const numbers = Array.from({ length: Math.max(0, last - OLDEST_SEGMENT + 1) }, (_, index) => OLDEST_SEGMENT + index);
    return numbers
      .flatMap(segmentPosts)
      .filter((post) => post.createdAt <= now)
      .map((post) => stateAt(post, now))
      .sort((left, right) => right.createdAt - left.createdAt);
  };

  return { epoch: Temporal.Instant.fromEpochMilliseconds(start), postsAt, truthAt: (instant) => postsAt(instant).map(truthOf) };
}

/** Lets every so-many-th post play a long thread of the recording, its time compressed so that a trial need not wait for it. */
function lengthened(share: number, pool: readonly ArrivalCurve[]): (slot: Slot, index: number) => Slot {
  return (slot, index) => {
    const curve = pool[index % pool.length];
    if (curve === undefined || Math.floor((index + 1) * share) === Math.floor(index * share)) return slot;
    return { ...slot, curve: { ...curve, minutes: curve.minutes.map((minute) => Math.floor(minute / 72)) } };
  };
}

function writeSegment(seed: string, segment: number, segmentStart: number, slots: readonly Slot[]): WorldPost[] {
  const numberOf = new Map<string, number>();
  return slots.map((slot, index) => {
    const series = slot.site in FIRST_IDS ? slot.site : `${slot.site}/${slot.board}`;
    const place = (segment - OLDEST_SEGMENT) * POSTS_PER_SEGMENT;
    const number = numberOf.get(series) ?? 0;
    numberOf.set(series, number + 1);
    return writePost(slot, {
      seed,
      segment,
      segmentStart,
      postId: String((FIRST_IDS[series] ?? 1) + place + number),
      firstCommentId: 20_000_000 + (place + index) * COMMENTS_PER_POST,
    });
  });
}
