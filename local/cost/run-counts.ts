import type { FoldedManifest } from '../../common/contracts/manifest.ts';
import { assumed, assumedBy } from './assumptions.ts';

/** What one phase of a run asked of one site. */
export interface SitePhase {
  readonly site: string;
  readonly invocations: number;
  /** Pages asked for. */
  readonly requests: number;
}

/** What one run did, as far as the bill depends on it. */
export interface RunCounts {
  readonly search: readonly SitePhase[];
  readonly extract: readonly SitePhase[];
  /** Posts read. */
  readonly posts: number;
  /** Whether the run came as far as the step, and the load. */
  readonly isTransformed: boolean;
  readonly isLoaded: boolean;
}

/** A run as measured on the laptop, see assumptions.json. */
export function assumedCounts(): RunCounts {
  const phase = (invocations: string, requests: string): SitePhase[] => {
    const pages = assumedBy(requests);
    return Object.entries(assumedBy(invocations)).map(([site, count]) => ({ site, invocations: count, requests: pages[site] ?? 0 }));
  };
  return {
    search: phase('searches.', 'searchRequests.'),
    extract: phase('parts.', 'extractRequests.'),
    posts: assumed('posts'),
    isTransformed: true,
    isLoaded: true,
  };
}

/** What a run says of itself in its folded manifest. */
export function countsOf({ status, failure, tasks, counts }: FoldedManifest): RunCounts {
  const phase = (stage: 'search' | 'extract'): SitePhase[] => {
    const bySite = Map.groupBy(
      tasks.filter((task) => task.stage === stage),
      ({ site }) => site ?? '',
    );
    return [...bySite].map(([site, its]) => ({
      site,
      invocations: its.length,
      requests: its.reduce((sum, task) => sum + (task.counts['requests'] ?? 0), 0),
    }));
  };
  const extract = phase('extract');
  const reached = status === 'SUCCEEDED' ? 'Alarm' : (failure?.state ?? '');
  return {
    search: phase('search'),
    extract,
    posts: counts.extract?.['posts'] ?? 0,
    isTransformed: extract.length > 0 && !BEFORE_TRANSFORM.test(reached),
    isLoaded: !BEFORE_LOAD.test(reached),
  };
}

/** States in which a run can fail before it has had a step, and before it has woken the warehouse. */
const BEFORE_TRANSFORM = /^(EnsureCluster|Search|SearchAll|SettleSearch|Plan|Extract|ExtractAll|SettleExtract)$/;
const BEFORE_LOAD =
  /^(EnsureCluster\w*|Search|SearchAll|SettleSearch|Plan|Extract|ExtractAll|SettleExtract|Transform|CancelStep|PrepareLoad)$/;
