import type { FoldedManifest } from '../../common/contracts/manifest.ts';
import { byService, type ServiceCost } from './by-service.ts';
import type { TransformEngine } from '../../common/contracts/settings.ts';
import { engineLines } from './engines.ts';
import { takeInventory } from './inventory.ts';
import { merged, type Line } from './line.ts';
import { usdOf } from './prices.ts';
import { defaultSchedule } from './root-parameters.ts';
import { countsOf, type RunCounts } from './run-counts.ts';
import { runLines } from './run-usage.ts';
import { settingsOf, type Settings } from './settings.ts';

export interface RunCost {
  readonly usd: number;
  readonly lines: readonly Line[];
  /** The dearest first. */
  readonly services: readonly ServiceCost[];
}

/** What one run uses on AWS, its share of a cluster that is kept between runs included, what is paid at rest not. */
export function costOfRun(counts: RunCounts, settings: Settings, everyMinutes: number, engine: TransformEngine): RunCost {
  const lines = merged([...runLines(counts, settings), ...engineLines(engine, everyMinutes, counts, settings)]);
  return { usd: lines.reduce((sum, line) => sum + usdOf(line), 0), lines, services: byService(lines, usdOf) };
}

/** How many services are named; the others are one sum. */
const NAMED = 3;

/**
 * One line for the end of a run on the laptop, from the folded manifests of its batches; '' for none.
 * @throws TemplateError when the templates could not be deployed.
 */
export function costLine(manifests: readonly FoldedManifest[], rootTemplate: string, engine: TransformEngine): string {
  if (manifests.length === 0) return '';
  const settings = settingsOf(takeInventory(rootTemplate));
  const every = defaultSchedule(rootTemplate);
  const lines = manifests.flatMap((manifest) => costOfRun(countsOf(manifest), settings, every, engine).lines);
  const services = byService(merged(lines), usdOf);
  const named = services.slice(0, NAMED).map(({ service, usd }) => `${service} ${usd.toFixed(2)}`);
  const others = sumOf(services.slice(NAMED));
  const batches = manifests.length === 1 ? 'this batch' : `these ${manifests.length} batches`;
  return `On AWS ${batches} would have cost about ${sumOf(services).toFixed(2)} USD, one every ${every} minutes (${named.join(', ')}, others ${others.toFixed(2)}); npm run cost says more.`;
}

function sumOf(services: readonly ServiceCost[]): number {
  return services.reduce((sum, { usd }) => sum + usd, 0);
}
