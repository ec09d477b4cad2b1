import { utcText } from '../../../common/clock.ts';
import { instantOf } from '../../../common/contracts/batch.ts';
import type { PlanEvent } from '../../../common/contracts/events.ts';
import { postId, queueOf, type PostState } from '../crawl/crawl-state.ts';
import type { Site } from '../sites/site.ts';
import type { PlanDependencies } from './dependencies.ts';
import { requestCost } from './request-cost.ts';
import { requestsFor } from './site-budget.ts';
import { urgency } from './urgency.ts';

/** Posts that a run in DEV reads of a site. */
const DEV_POSTS = 5;
/** A new run of a backfill tries at once what failed in the run before. */
const WHENEVER = '9999-12-31T23:59:59Z';

/** Posts of one site that are due, most urgent first: those that the run's budget lets be read, and how many it does not. */
export interface Choice {
  readonly site: string;
  readonly posts: readonly PostState[];
  readonly deferred: number;
  /** What held the run back from the rest, in words. */
  readonly limit: string;
}

/** Posts that need no choosing, by postId: `planned` stand in a part already and use up budget, `justRead` came from a collector. */
export interface Settled {
  readonly planned: ReadonlySet<string>;
  readonly justRead: ReadonlySet<string>;
}

/** Chooses what a run reads of a site. */
export async function choosePosts(
  site: Site,
  { batch, environment, backfill }: PlanEvent,
  { planned, justRead }: Settled,
  deps: PlanDependencies,
): Promise<Choice> {
  const now = instantOf(batch);
  const [due, budget] = await Promise.all([
    deps.posts.due(queueOf(site.name, backfill), backfill === null ? utcText(now) : WHENEVER),
    requestsFor(site, deps.budget, deps.hosts),
  ]);
  const kept = due.filter((post) => planned.has(postId(post)));
  const open = due
    .filter((post) => !planned.has(postId(post)) && !justRead.has(postId(post)))
    .map((post) => ({ post, urgency: urgency(post, now) }))
    .sort((a, b) => b.urgency - a.urgency)
    .map(({ post }) => post);

  const posts: PostState[] = [];
  // A page may print any number, and a post of a million comments must not push all others out of every run.
  const costOf = (post: PostState) => Math.min(requestCost(post.comment_count), budget.ofOnePost);
  let left = budget.requests - kept.reduce((sum, post) => sum + costOf(post), 0);
  const room = environment === 'DEV' ? DEV_POSTS - kept.length : Infinity;
  for (const post of open) {
    // One that costs more than the whole budget is read by itself, or it would wait for ever.
    const fits = costOf(post) <= left || kept.length + posts.length === 0;
    if (!fits || posts.length >= room) break;
    posts.push(post);
    left -= costOf(post);
  }
  const limit = environment === 'DEV' ? `a run in DEV reads ${DEV_POSTS} posts of a site` : `a run may send it ${budget.requests} requests`;
  return { site: site.name, posts, deferred: open.length - posts.length, limit };
}
