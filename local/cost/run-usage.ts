import { definitions } from '../../extract/src/sites/registry.ts';
import { assumed } from './assumptions.ts';
import { billedSeconds, lambdaGigabyteSeconds } from './billing-rules.ts';
import { merged, type Line } from './line.ts';
import type { RunCounts, SitePhase } from './run-counts.ts';
import type { Settings } from './settings.ts';
import { countTransitions } from './transitions.ts';

/** Seconds that a site takes for its requests, one after the other at its own pace. */
export function secondsOfSite({ site, requests }: SitePhase): number {
  const definition = definitions.find(({ name }) => name === site);
  // Requests of a site that was taken out since count as those of the slowest.
  const delay = definition?.politeness.delayMs ?? Math.max(...definitions.map(({ politeness }) => politeness.delayMs));
  return (requests * delay) / 1000;
}

/** Seconds until a phase has ended: its slowest site. */
export function secondsOfPhase(phase: readonly SitePhase[], timeout: number): number {
  return Math.min(timeout, Math.max(0, ...phase.map(secondsOfSite)));
}

/** What one run uses, whatever runs its job: all but EMR. */
export function runLines(counts: RunCounts, settings: Settings): Line[] {
  const invocations = invocationsOf(counts, settings);
  const howMany = invocations.reduce((sum, { count }) => sum + count, 0);
  const searches = sumOf(counts.search, 'invocations');
  const parts = sumOf(counts.extract, 'invocations');
  const requests = sumOf(counts.search, 'requests') + sumOf(counts.extract, 'requests');
  const polls = counts.isLoaded ? assumed('loadPolls') : 0;
  const transitions = countTransitions(settings.definition, { items: { SearchAll: searches, ExtractAll: parts }, polls });
  return merged([
    ...invocations.map(({ name, count, seconds }): Line => ({
      price: 'lambda-gb-second',
      quantity: lambdaGigabyteSeconds(count, Math.min(seconds, settings.timeout[name] ?? seconds), settings.memory[name] ?? 0),
    })),
    { price: 'lambda-request', quantity: howMany },
    { price: 'transition', quantity: transitions },
    ...objectLines(searches, parts, counts.posts),
    { price: 'dynamodb-write', quantity: requests * assumed('dynamodbWritesARequest') },
    { price: 'dynamodb-read', quantity: requests * assumed('dynamodbReadsARequest') },
    { price: 'redshift-rpu-hour', quantity: counts.isLoaded ? (settings.baseCapacity * warehouseSeconds()) / 3600 : 0 },
    { price: 'logs-ingest', quantity: (howMany * assumed('logBytesAnInvocation')) / 1e9 },
    { price: 'trace', quantity: settings.traces ? 1 : 0 },
    { price: 'kms-request', quantity: assumed('kmsRequestsARun') },
    { price: 'schedule', quantity: 1 },
  ]);
}

/** Seconds that the warehouse is billed for a run: the load, and right after it what the alarm asks. */
export function warehouseSeconds(): number {
  const load = { from: 0, seconds: assumed('loadSeconds') };
  const alarm = { from: load.seconds + assumed('betweenLoadAndAlarmSeconds'), seconds: assumed('alarmSeconds') };
  return billedSeconds([load, alarm], assumed('redshiftMinimumSeconds'));
}

interface Invocations {
  readonly name: string;
  readonly count: number;
  readonly seconds: number;
}

/**
 * At most: every function of a site is billed from its start until the whole site has been read, as they wait for their turns at once.
 */
function invocationsOf(counts: RunCounts, settings: Settings): Invocations[] {
  const phase = (name: string, sites: readonly SitePhase[]) =>
    sites.map((site) => ({ name, count: site.invocations, seconds: assumed('setUpSeconds') + secondsOfSite(site) }));
  const once = ['StartFunction', 'EnsureClusterFunction', 'PlanFunction', 'SettleFunction', 'PrepareLoadFunction'];
  const known = [...once, 'SearchFunction', 'ExtractFunction', 'AlarmFunction'];
  const gone = known.filter((name) => settings.memory[name] === undefined);
  if (gone.length > 0) throw new Error(`The templates have no ${gone.join(', ')}; local/cost/run-usage.ts names them`);
  return [
    ...once.map((name) => ({ name, count: 1, seconds: assumed('otherFunctionSeconds') })),
    ...phase('SearchFunction', counts.search),
    ...phase('ExtractFunction', counts.extract),
    { name: 'AlarmFunction', count: 1, seconds: assumed('alarmSeconds') },
  ];
}

function objectLines(searches: number, parts: number, posts: number): Line[] {
  const puts = searches * assumed('s3PutsASearch') + posts * assumed('s3PutsAPost') + parts * assumed('s3PutsAPart');
  const gets = searches * assumed('s3GetsASearch') + parts * assumed('s3GetsAPart');
  return [
    { price: 's3-put', quantity: puts + assumed('s3PutsARun') + assumed('s3ListsARun') },
    { price: 's3-get', quantity: gets + assumed('s3GetsARun') },
  ];
}

function sumOf(phase: readonly SitePhase[], what: 'invocations' | 'requests'): number {
  return phase.reduce((sum, site) => sum + site[what], 0);
}
