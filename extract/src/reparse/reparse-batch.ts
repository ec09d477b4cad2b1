import type { ReparseEvent, ReparseResult } from '../../../common/contracts/events.ts';
import { keywordSetsSchema } from '../../../common/contracts/keyword-sets.ts';
import { partSchema, type Part } from '../../../common/contracts/plan.ts';
import { MissingObjectError, ReparseUnfinishedError } from '../../../common/errors.ts';
import { keywordSetNamed, postWatch } from '../../../common/keywords.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { assetKeys, objectKeys } from '../../../common/object-keys.ts';
import { siteNamed } from '../sites/registry.ts';
import type { ReparseDependencies } from './dependencies.ts';
import { reparsePart } from './reparse-part.ts';

/** A part takes a few seconds; one that was begun is finished. */
const MARGIN_MS = 60_000;

/**
 * Reads the kept pages of a batch's planned parts again with the parsers of today, and replaces the parts' raw records, quarantine and
 * manifests. Asks no site, and leaves the crawl state alone. What collectors brought has no pages and stays as it is.
 * @throws MissingObjectError when the batch has no plan (any longer), UnknownSiteError, InvalidObjectError for a page that cannot be
 *   opened, ReparseUnfinishedError when the time is over: it names the part to go on with.
 */
export async function reparseBatch(
  event: ReparseEvent,
  deps: ReparseDependencies,
  invocation: Pick<Invocation, 'remainingMilliseconds'>,
): Promise<ReparseResult> {
  if (event.site !== undefined) siteNamed(deps.sites, event.site);
  const [parts, keywordSets] = await Promise.all([partNames(event, deps), deps.assets.readJson(assetKeys.keywordSets, keywordSetsSchema)]);
  const watch = postWatch(keywordSetNamed(keywordSets, event.keywordSetName));

  const total: ReparseResult = { parts: 0, posts: 0, comments: 0, failed: 0, missingPages: 0 };
  for (const name of parts) {
    if (invocation.remainingMilliseconds() < MARGIN_MS) throw new ReparseUnfinishedError(event.batch, total.parts, parts.length, name);
    const part: Part = await deps.data.readJson(objectKeys.part(event.batch, name), partSchema);
    const read = await reparsePart(part, siteNamed(deps.sites, part.site), watch, deps);
    total.parts += 1;
    total.posts += read.posts;
    total.comments += read.comments;
    total.failed += read.failed;
    total.missingPages += read.missingPages;
  }
  return total;
}

/** In the order of their names. A part's name begins with its site. */
async function partNames({ batch, site, from = '' }: ReparseEvent, { data }: ReparseDependencies): Promise<string[]> {
  const folder = objectKeys.parts(batch);
  const keys = (await data.list(folder)).filter((key) => key !== objectKeys.planIndex(batch));
  if (keys.length === 0) throw new MissingObjectError(`${folder} holds no part: batch ${batch} has no plan, or it has expired`);
  const names = keys.map((key) => key.slice(folder.length, -'.json'.length));
  return names.filter((name) => name >= from && (site === undefined || name.startsWith(`${site}-`))).sort();
}
