import type { SettleEvent } from '../../../common/contracts/events.ts';
import { manifestSchema, type Manifest } from '../../../common/contracts/manifest.ts';
import { isCollectedPart } from '../../../common/contracts/plan.ts';
import { InvalidObjectError } from '../../../common/errors.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { ifThere } from '../../../common/object-store.ts';
import type { SettleDependencies } from './dependencies.ts';

/** What the tasks of a batch left behind, those of its earlier runs and of collectors included. */
export interface RunTrace {
  readonly hadTasks: boolean;
  readonly searches: readonly Manifest[];
  readonly extracts: readonly Manifest[];
  /** Tasks of this run without a manifest: they were stopped before they could write it. */
  readonly silent: readonly string[];
  /** Posts in raw/ of parts that were stopped between them and their manifest. */
  readonly unaccountedPosts: number;
}

/** Looks at the manifests of both phases, and at the raw posts of parts that left none. */
export async function traceOf({ batch, parts, searches }: SettleEvent, { data }: SettleDependencies): Promise<RunTrace> {
  const keys = await data.list(objectKeys.manifests(batch));
  const phases = keys.filter((key) => /^(search|extract)-/.test(key.slice(objectKeys.manifests(batch).length)));
  const manifests = (await Promise.all(phases.map((key) => readable(key, data)))).filter((manifest) => manifest !== null);
  const left = (stage: Manifest['stage']) => manifests.filter((manifest) => manifest.stage === stage);
  const silentOf = (stage: 'search' | 'extract', names: readonly string[]) =>
    names.filter((part) => !phases.includes(objectKeys.manifest(batch, stage, part)));
  const silentParts = silentOf('extract', parts);
  const unaccounted = await Promise.all(silentParts.map((part) => ifThere(data.readText(objectKeys.rawPosts(batch, siteOf(part), part)))));
  return {
    hadTasks: parts.length + searches.length + manifests.length > 0,
    searches: left('search'),
    extracts: left('extract'),
    silent: [...silentOf('search', searches), ...silentParts],
    unaccountedPosts: unaccounted.reduce((sum, text) => sum + (text ?? '').split('\n').filter(Boolean).length, 0),
  };
}

/** Posts that the batch holds in raw/. */
export function postsOf({ extracts, unaccountedPosts }: RunTrace): number {
  return sumOf(extracts, 'posts') + unaccountedPosts;
}

/** A list's page, a post (or the certainty that it is gone, or must not be read), or what a collector brought. */
export function isAnythingRead(trace: RunTrace): boolean {
  const { searches, extracts } = trace;
  const isCollected = extracts.some(({ part }) => isCollectedPart(part));
  return isCollected || sumOf(searches, 'lists') + postsOf(trace) + sumOf(extracts, 'gone') + sumOf(extracts, 'refused') > 0;
}

/** The site that a part's name begins with: `bobaedream-0001`, `clien-board-cm_car`. */
export function siteOf(part: string): string {
  return part.slice(0, part.indexOf('-'));
}

function sumOf(manifests: readonly Manifest[], name: string): number {
  return manifests.reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0);
}

/** Null for a broken manifest: it says nothing of the run; Alarm and NotifyFailure name it. */
async function readable(key: string, data: SettleDependencies['data']): Promise<Manifest | null> {
  try {
    return await data.readJson(key, manifestSchema);
  } catch (error) {
    if (error instanceof InvalidObjectError) return null;
    throw error;
  }
}
