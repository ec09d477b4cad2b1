import { utcText } from '../../../common/clock.ts';
import { instantOf } from '../../../common/contracts/batch.ts';
import { planResultSchema, type PlanEvent, type PlanResult } from '../../../common/contracts/events.ts';
import { partSchema, type Part, type PartKey } from '../../../common/contracts/plan.ts';
import { writeManifest } from '../../../common/manifests.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { ifThere } from '../../../common/object-store.ts';
import { postId, type PostState } from '../crawl/crawl-state.ts';
import type { PlanDependencies } from './dependencies.ts';

/** Keeps the state machine's data small; what does not fit is the least urgent and stays due. */
const MAX_PARTS_A_SITE = 200;

/**
 * Cuts the posts that are due into ceil(n / partSize) parts a site, dealt round-robin over the sites.
 * Written once: a rerun returns the finished plan, or keeps the parts that exist and adds what is due and in none of them.
 */
export async function planParts({ batch }: PlanEvent, deps: PlanDependencies): Promise<PlanResult> {
  const finished = await ifThere(deps.data.readJson(objectKeys.planIndex(batch), planResultSchema));
  if (finished) return finished;

  const kept = await existingParts(batch, deps);
  const planned = new Set(
    kept.flatMap(({ posts }) => posts.map((post) => postId({ site: post.site, board: post.board, post_id: post.post_id }))),
  );
  const parts = await Promise.all(
    deps.sites.map(async (site) => {
      const due = (await deps.posts.due(site, utcText(instantOf(batch)))).filter((post) => !planned.has(postId(post)));
      const ours = kept.filter((part) => part.site === site);
      return [...ours, ...cut(batch, site, due, deps.partSize, lastNumber(ours))];
    }),
  );
  const dealt = roundRobin(parts);
  await Promise.all(
    dealt
      .filter((part) => !kept.includes(part))
      .map((part) => deps.data.writeOnce(objectKeys.part(batch, part.part), JSON.stringify(part))),
  );

  const result: PlanResult = {
    posts: dealt.reduce((sum, { posts }) => sum + posts.length, 0),
    partCount: dealt.length,
    parts: dealt.map(({ site, part }): PartKey => ({ site, part })),
  };
  const isOurs = await deps.data.writeOnce(objectKeys.planIndex(batch), JSON.stringify(result));
  if (!isOurs) return deps.data.readJson(objectKeys.planIndex(batch), planResultSchema);
  const counts = { posts: result.posts, parts: result.partCount };
  await writeManifest(deps.data, { batch, stage: 'plan', part: 'all', site: null, counts, problems: [] });
  return result;
}

/** Takes one part of each site in turn. */
export function roundRobin<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1))).flat();
}

/**
 * Parts run side by side and share the host's slots, so the most urgent posts are dealt out to come first in every part.
 * Urgent: matches a keyword, then longest overdue.
 */
function cut(batch: string, site: string, due: readonly PostState[], size: number, numberBefore: number): Part[] {
  const urgentFirst = due.toSorted((a, b) => Number(b.matched) - Number(a.matched)).slice(0, MAX_PARTS_A_SITE * size);
  const count = Math.ceil(urgentFirst.length / size);
  return Array.from({ length: count }, (_, index) => ({
    batch,
    site,
    part: `${site}-${String(numberBefore + index + 1).padStart(4, '0')}`,
    posts: urgentFirst
      .filter((_post, position) => position % count === index)
      .map(({ board, post_id, url }) => ({ site, board, post_id, url })),
  }));
}

/** Parts are written side by side, so an interrupted plan may leave gaps. */
function lastNumber(parts: readonly Part[]): number {
  return Math.max(0, ...parts.map(({ part }) => Number(part.slice(-4))));
}

/** Parts that an interrupted plan of this batch wrote, in order. */
async function existingParts(batch: string, deps: PlanDependencies): Promise<Part[]> {
  const keys = await deps.data.list(objectKeys.parts(batch));
  return Promise.all(keys.filter((key) => key !== objectKeys.planIndex(batch)).map((key) => deps.data.readJson(key, partSchema)));
}
