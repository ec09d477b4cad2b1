import { answer } from '../local/community/bobaedream/answer.ts';
import type { PageAnswer, PageRequest } from '../local/community/page-answer.ts';
import { writePost } from '../local/community/world/write-post.ts';
import { stateAt } from '../local/community/world/post-state.ts';
import { randomFor } from '../local/community/world/random.ts';
import type { PostState } from '../local/community/world/world-post.ts';
import { furnished } from './furniture.ts';

/** The board that the benchmark crawls. */
export const BOARD = 'national';

/** Everything is written in the ten days before this instant. */
export const NOW = Date.parse('2026-09-14T06:00:00Z');

const FIRST_ID = 2_415_000;
const MINUTE = 60_000;
const ROBOTS = 'User-agent: *\nAllow: /\nDisallow: /mypage/\n';

export interface BenchBoardOptions {
  readonly seed: string;
  /** How many posts. */
  readonly count: number;
  readonly threads: Threads;
}

/** `real`: as long as on a lively board; `short`: up to ten comments, where the pages themselves are nearly all of the work. */
export type Threads = 'real' | 'short';

export interface BenchBoard {
  readonly posts: readonly PostState[];
  answer(request: PageRequest): PageAnswer;
}

/**
 * A board of bobaedream's in pages as heavy as real ones (about 175 kB), by default with threads as long: of ten posts, seven have 5 to 60
 * comments, one up to 100, and two 101 to 260, which go on in fragments. Written once, so that the server costs nothing afterwards.
 */
export function benchBoard({ seed, count, threads }: BenchBoardOptions): BenchBoard {
  const posts = Array.from({ length: count }, (_, index) => benchPost(seed, index, count, threads)).reverse();
  const standing = { posts, now: NOW };
  const answers = new Map<string, PageAnswer>();
  return {
    posts,
    answer(request) {
      const { pathname, href } = request.url;
      if (pathname === '/robots.txt') return { status: 200, type: 'text/plain; charset=utf-8', body: ROBOTS, kind: 'robots' };
      const known = answers.get(`${href} ${request.referer}`) ?? furnished(answer(request, standing));
      answers.set(`${href} ${request.referer}`, known);
      return known;
    },
  };
}

function benchPost(seed: string, index: number, count: number, threads: Threads): PostState {
  const random = randomFor(seed, 'bench', index);
  const age = Math.floor(((count - index) / count) * 10 * 24 * 60);
  const [fewest, most] = threads === 'short' ? [0, 10] : index % 10 < 7 ? [5, 60] : index % 10 === 7 ? [61, 100] : [101, 260];
  const minutes = Array.from({ length: random.integer(fewest, most) }, () => random.integer(1, age)).sort((left, right) => left - right);
  const post = writePost(
    {
      site: 'bobaedream',
      role: 'cold',
      board: BOARD,
      subject: random.pick(['keyword', 'car', 'trap']),
      minute: 0,
      curve: { post: index, minutes, views: random.integer(200, 40_000), likes: random.integer(0, 300) },
    },
    {
      seed,
      segment: 0,
      segmentStart: NOW - age * MINUTE - MINUTE,
      postId: String(FIRST_ID + index),
      firstCommentId: 20_000_000 + index * 1000,
    },
  );
  return stateAt(post, NOW);
}
