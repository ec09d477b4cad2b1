import { planResultSchema, type PlanEvent, type PlanResult } from '../../../common/contracts/events.ts';
import type { Problem } from '../../../common/contracts/manifest.ts';
import { partSchema, type Part } from '../../../common/contracts/plan.ts';
import { problem, writeManifest } from '../../../common/manifests.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { ifThere } from '../../../common/object-store.ts';
import { postId } from '../crawl/crawl-state.ts';
import { adoptUploads, countAdopted, type Adoption } from './adopt-uploads.ts';
import { choosePosts, type Choice } from './choose-posts.ts';
import { cutInto, fairShares, partsThatFit, roundRobin } from './cut-parts.ts';
import type { PlanDependencies } from './dependencies.ts';
import { listRanks } from './list-ranks.ts';
import { problemsSetAside } from './set-aside.ts';
import { removeUpload } from './uploads.ts';

/**
 * Takes in what collectors brought, then cuts the posts that are due into ceil(n / detailBatchSize) parts a site, as far as the run's
 * budget reaches: dealt round-robin over the sites, and to the detail functions in turn. A backfill plans its own queue alone.
 * Written once: a rerun returns the finished plan, or keeps the parts that exist and adds what is due and in none of them.
 */
export async function planParts(event: PlanEvent, deps: PlanDependencies): Promise<PlanResult> {
  const { batch } = event;
  const finished = await ifThere(deps.data.readJson(objectKeys.planIndex(batch), planResultSchema));
  if (finished) return finish(event, finished, [], 0, deps);

  const adopts = event.backfill === null && event.environment === 'PROD';
  const adoption: Adoption = adopts ? await adoptUploads(batch, deps) : { taken: [], posts: new Set(), waiting: 0 };
  const kept = await existingParts(batch, deps);
  const choices = await chooseAll(event, kept, adoption.posts, deps);

  const room = partsThatFit([...deps.sites.keys()], event.detailFunctions);
  const ranks = await listRanks(batch, deps.data);
  const { parts, deferred } = deal(event, kept, choices, { room, ranks });
  await Promise.all(
    parts
      .filter((part) => !kept.includes(part))
      .map((part) => deps.data.writeOnce(objectKeys.part(batch, part.part), JSON.stringify(part))),
  );

  const result: PlanResult = {
    posts: parts.reduce((sum, { posts }) => sum + posts.length, 0),
    deferred: deferred.reduce((sum, { posts }) => sum + posts, 0),
    collected: await countAdopted(batch, deps),
    partCount: parts.length,
    parts: parts.map(({ site, part }, index) => ({ site, part, function: functionFor(event, index) })),
  };
  const isOurs = await deps.data.writeOnce(objectKeys.planIndex(batch), JSON.stringify(result));
  if (!isOurs) return deps.data.readJson(objectKeys.planIndex(batch), planResultSchema);
  for (const upload of adoption.taken) await removeUpload(upload, deps.data);

  const backlog = deferred.filter(({ posts }) => posts > 0);
  const problems = backlog.map(({ site, posts, limit }) => problem('deferred', site, `${posts} due posts were left for later: ${limit}`));
  return finish(event, result, problems, adoption.waiting, deps);
}

/** Writes the manifest, also when a run before was stopped between the plan and it. */
async function finish(
  { batch }: PlanEvent,
  result: PlanResult,
  problems: readonly Problem[],
  waiting: number,
  deps: PlanDependencies,
): Promise<PlanResult> {
  const { posts, partCount: parts, deferred, collected } = result;
  const setAside = await problemsSetAside(batch, deps);
  const counts = { posts, parts, deferred, collected, waiting, setAside: setAside.length };
  await writeManifest(deps.data, { batch, stage: 'plan', part: 'all', site: null, counts, problems: [...problems, ...setAside] });
  return result;
}

async function chooseAll(
  event: PlanEvent,
  kept: readonly Part[],
  justRead: ReadonlySet<string>,
  deps: PlanDependencies,
): Promise<Choice[]> {
  const planned = new Set(kept.flatMap(({ posts }) => posts.map(postId)));
  const wanted = event.backfill?.sites;
  const sites = [...deps.sites.values()].filter(({ name }) => wanted === undefined || wanted.includes(name));
  return Promise.all(sites.map((site) => choosePosts(site, event, { planned, justRead }, deps)));
}

type Deferred = Pick<Choice, 'site' | 'limit'> & { posts: number };

/** The parts of the plan in the order in which they are read, `room` at most. */
function deal(
  event: PlanEvent,
  kept: readonly Part[],
  choices: readonly Choice[],
  { room, ranks }: { room: number; ranks: ReadonlyMap<string, number> },
): { parts: Part[]; deferred: Deferred[] } {
  const size = event.detailBatchSize;
  const ours = choices.map(({ site }) => kept.filter((part) => part.site === site));
  const wanted = choices.map(({ posts }, index) => (ours[index]?.length ?? 0) + Math.ceil(posts.length / size));
  const shares = fairShares(wanted, room);

  const lists = choices.map(({ site, posts }, index) => {
    const old = ours[index] ?? [];
    const taken = posts.slice(0, Math.max(0, (shares[index] ?? 0) - old.length) * size);
    const fresh = cutInto(taken, size).map((piece, number) => partOf(event.batch, site, lastNumber(old) + number + 1, piece, ranks));
    return { parts: [...old, ...fresh], left: posts.length - taken.length };
  });
  return {
    parts: roundRobin(lists.map(({ parts }) => parts)).slice(0, room),
    deferred: choices.map(({ site, deferred, limit }, index) => {
      const left = lists[index]?.left ?? 0;
      return { site, posts: deferred + left, limit: left > 0 ? `a plan holds ${room} parts` : limit };
    }),
  };
}

function partOf(batch: string, site: string, number: number, posts: Choice['posts'], ranks: ReadonlyMap<string, number>): Part {
  const part = `${site}-${String(number).padStart(4, '0')}`;
  return {
    batch,
    site,
    part,
    posts: posts.map(({ board, post_id, url }) => ({
      site,
      board,
      post_id,
      url,
      list_rank: ranks.get(postId({ site, board, post_id })) ?? null,
    })),
  };
}

function functionFor({ detailFunctions }: PlanEvent, index: number): string {
  return detailFunctions[index % detailFunctions.length] ?? '';
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
