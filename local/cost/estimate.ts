import type { TransformEngine } from '../../common/contracts/settings.ts';
import { assumed, assumedBy } from './assumptions.ts';
import { engineLines, isClusterKept, latencyMinutes } from './engines.ts';
import { takeInventory } from './inventory.ts';
import { merged, times, type Line } from './line.ts';
import { monthlyUsdOf } from './prices.ts';
import { restLines } from './rest.ts';
import type { RunCounts } from './run-counts.ts';
import { runLines } from './run-usage.ts';
import { settingsOf, type Settings } from './settings.ts';

export const SCHEDULES = [5, 10, 15, 30, 60] as const;

export interface EstimateRequest {
  readonly rootTemplate: string;
  readonly scheduleMinutes: number;
  readonly engine: TransformEngine;
  readonly counts: RunCounts;
  /** Further parameters of the templates, `Load/BaseCapacity` for a nested one. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface Estimate {
  readonly scheduleMinutes: number;
  readonly engine: TransformEngine;
  readonly runsAMonth: number;
  /** Of one month, rest included. */
  readonly lines: readonly Line[];
  readonly usdAMonth: number;
  /** What a month of runs costs above rest, divided by its runs. */
  readonly usdARun: number;
  readonly latencyMinutes: number;
  /** Whether the cluster of one run still lives at the next; false without a cluster. */
  readonly isClusterKept: boolean;
}

/** A month on the schedule. @throws TemplateError for parameters that the templates refuse. */
export function estimateMonth({ rootTemplate, scheduleMinutes, engine, counts, parameters = {} }: EstimateRequest): Estimate {
  const scheduled = { ScheduleMinutes: String(scheduleMinutes), ScheduleState: 'ENABLED', TransformEngine: engine, ...parameters };
  const inventory = takeInventory(rootTemplate, scheduled);
  const settings = settingsOf(inventory);
  const runsAMonth = (assumed('hoursAMonth') * 60) / scheduleMinutes;
  const ofRuns = times(runLines(counts, settings), runsAMonth);
  const lines = merged([
    ...restLines(inventory),
    { price: 'metric', quantity: settings.metrics },
    ...storedLines(runsAMonth, settings),
    { price: 'logs-storage', quantity: keptLogs(ofRuns, settings) },
    ...ofRuns,
    ...times(engineLines(engine, scheduleMinutes, counts, settings), runsAMonth),
  ]);
  const usdAMonth = usdAMonthOf(lines);
  return {
    scheduleMinutes,
    engine,
    runsAMonth,
    lines,
    usdAMonth,
    usdARun: (usdAMonth - usdAMonthOf(restLines(takeInventory(rootTemplate, parameters)))) / runsAMonth,
    latencyMinutes: latencyMinutes(engine, scheduleMinutes, counts, settings),
    isClusterKept: engine === 'emr-step' && isClusterKept(scheduleMinutes, counts, settings),
  };
}

/** USD of a month's lines. */
export function usdAMonthOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + monthlyUsdOf(line), 0);
}

/** What lies in bucket and warehouse after a year of runs. */
function storedLines(runsAMonth: number, { keptDays }: Settings): Line[] {
  const bytes = Object.entries(assumedBy('bytesARun.'));
  const gigabytes = bytes.reduce((sum, [prefix, each]) => sum + (each * runsAMonth * keptMonths(prefix, keptDays)) / 1e9, 0);
  const processed = assumed('bytesARun.processed/') * runsAMonth * assumed('monthsKept');
  return [
    { price: 's3-storage', quantity: gigabytes },
    { price: 'redshift-storage', quantity: (processed * assumed('warehouseBytesAProcessedByte')) / 1e9 },
  ];
}

/** Gigabytes of logs, uncompressed: AWS bills less. */
function keptLogs(ofRuns: readonly Line[], { logDays }: Settings): number {
  const written = ofRuns.find(({ price }) => price === 'logs-ingest')?.quantity ?? 0;
  return (written * logDays * 24) / assumed('hoursAMonth');
}

/** Of several rules that cover a prefix the shortest decides, as in S3. */
function keptMonths(prefix: string, keptDays: Settings['keptDays']): number {
  const days = Object.entries(keptDays).flatMap(([rule, kept]) => (prefix.startsWith(rule) ? [kept] : []));
  return Math.min(assumed('monthsKept'), ...days.map((kept) => (kept * 24) / assumed('hoursAMonth')));
}
