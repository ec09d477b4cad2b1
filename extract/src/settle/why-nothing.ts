import type { SettleEvent } from '../../../common/contracts/events.ts';
import type { Problem } from '../../../common/contracts/manifest.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import type { Markers } from './await-markers.ts';
import { siteOf, type RunTrace } from './run-trace.ts';

const REASONS_A_SITE = 2;
const REASON_LENGTH = 160;

/** One sentence: for each site why nothing of it was read, the most frequent reasons first. */
export function whyNothing({ batch }: Pick<SettleEvent, 'batch'>, { searches, extracts, silent }: RunTrace, markers: Markers): string {
  const told = [...searches, ...extracts].flatMap(({ site, part, problems }) =>
    problems.map((problem) => ({ site: site ?? siteOf(part), reason: reasonOf(problem) })),
  );
  const untold = silent.map((part) => ({ site: siteOf(part), reason: lastWords(part, markers) }));
  const bySite = Map.groupBy([...told, ...untold], ({ site }) => site);
  const sentences = [...bySite].sort().map(([site, reasons]) => `${site}: ${mostFrequent(reasons.map(({ reason }) => reason)).join(', ')}`);
  const why = sentences.length > 0 ? sentences.join('; ') : 'no task said why';
  return `Nothing could be read. ${why}. See ${objectKeys.manifests(batch)}, then run the batch again`;
}

function reasonOf({ kind, message }: Problem): string {
  if (kind === 'refused') return message.includes('robots.txt') ? 'refused by robots.txt' : message;
  return shortened(`${kind} (${message})`);
}

function lastWords(part: string, markers: Markers): string {
  const marker = markers.get(part);
  return marker && !marker.ok ? shortened(`${marker.error} (${marker.cause})`) : 'its function was stopped before it could say why';
}

function mostFrequent(reasons: readonly string[]): string[] {
  // Messages differ in the page they name: the error's name is what they share.
  const byName = Map.groupBy(reasons, (reason) => reason.split(' (')[0] ?? '');
  return [...byName.values()]
    .sort((a, b) => b.length - a.length)
    .slice(0, REASONS_A_SITE)
    .flatMap((same) => same.slice(0, 1));
}

function shortened(text: string): string {
  return text.length <= REASON_LENGTH ? text : `${text.slice(0, REASON_LENGTH - 1)}…`;
}
