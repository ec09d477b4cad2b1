import { byService, type ServiceCost } from './by-service.ts';
import { transformEngineSchema, type TransformEngine } from '../../common/contracts/settings.ts';
import { estimateMonth, SCHEDULES, usdAMonthOf, type Estimate } from './estimate.ts';
import { countByType, takeInventory, type Role } from './inventory.ts';
import { pullLevers, type Lever } from './levers.ts';
import type { Line } from './line.ts';
import { mostOfRun } from './most-of-run.ts';
import { monthlyUsdOf, usdOf } from './prices.ts';
import { restLines } from './rest.ts';
import { defaultSchedule } from './root-parameters.ts';
import type { RunCounts } from './run-counts.ts';
import { settingsOf, type Settings } from './settings.ts';
import { sourceDesignLines } from './source-design.ts';

export interface ScheduleRow {
  readonly scheduleMinutes: number;
  readonly estimates: readonly Estimate[];
  readonly sourceDesign: readonly Line[];
}

export interface CostReport {
  /** Nested stacks that create something. */
  readonly stacks: number;
  readonly types: ReadonlyMap<string, number>;
  readonly roles: readonly Role[];
  readonly rest: readonly Line[];
  readonly schedules: readonly ScheduleRow[];
  /** USD of one run that reaches every bound, by engine; the minutes until it is ended; USD of the warehouse's bounded day. */
  readonly most: Readonly<Record<TransformEngine, number>> & { readonly minutes: number; readonly warehouseDay: number };
  /** The estimate with the templates' own defaults. */
  readonly usual: Estimate;
  readonly services: readonly ServiceCost[];
  readonly levers: readonly Lever[];
  /** Every line of it all, for whoever asks which prices were used. */
  readonly allLines: readonly Line[];
}

/** All that `npm run cost` shows. @throws TemplateError when the templates could not be deployed. */
export function costReport(rootTemplate: string, counts: RunCounts): CostReport {
  const inventory = takeInventory(rootTemplate);
  const settings = settingsOf(inventory);
  const rest = restLines(inventory);
  const schedules = SCHEDULES.map((scheduleMinutes): ScheduleRow => {
    const estimates = transformEngineSchema.options.map((engine) => estimateMonth({ rootTemplate, scheduleMinutes, engine, counts }));
    const [onCluster] = estimates;
    return { scheduleMinutes, estimates, sourceDesign: onCluster ? sourceDesignLines(onCluster, counts, settings) : [] };
  });
  const base = { rootTemplate, scheduleMinutes: defaultSchedule(rootTemplate), engine: 'emr-step', counts } as const;
  const usual = estimateMonth(base);
  return {
    stacks: new Set(inventory.resources.map(({ template }) => template)).size,
    types: countByType(inventory.resources),
    roles: inventory.roles,
    rest,
    schedules,
    most: mostOf(counts, settings),
    usual,
    services: byService(usual.lines, monthlyUsdOf),
    levers: pullLevers(base),
    allLines: [
      ...rest,
      ...schedules.flatMap(({ estimates, sourceDesign }) => [...estimates.flatMap(({ lines }) => lines), ...sourceDesign]),
    ],
  };
}

function mostOf(counts: RunCounts, settings: Settings): CostReport['most'] {
  const sum = (lines: readonly Line[]) => lines.reduce((usd, line) => usd + usdOf(line), 0);
  const onCluster = mostOfRun(counts, settings, 'emr-step');
  return {
    'emr-step': sum(onCluster.lines),
    'emr-serverless': sum(mostOfRun(counts, settings, 'emr-serverless').lines),
    minutes: onCluster.minutes,
    warehouseDay: sum([{ price: 'redshift-rpu-hour', quantity: settings.rpuHoursADay }]),
  };
}

/** The bare figures, for other programs. */
export function asJson(report: CostReport): unknown {
  const usd = (lines: readonly Line[]) => lines.map((line) => ({ ...line, usd: monthlyUsdOf(line) }));
  const { stacks, types, roles, rest, schedules, levers, most } = report;
  return {
    stacks,
    resources: Object.fromEntries(types),
    roles,
    atRest: { usdAMonth: usdAMonthOf(rest), lines: usd(rest) },
    schedules: schedules.map(({ scheduleMinutes, estimates, sourceDesign }) => ({
      scheduleMinutes,
      estimates: estimates.map(estimateJson),
      sourceDesign: { usdAMonth: usdAMonthOf(sourceDesign), lines: usd(sourceDesign) },
    })),
    most,
    levers: levers.map(({ change, estimate }) => ({ change, ...estimateJson(estimate) })),
  };
}

/** One estimate with what each of its lines costs. */
export function estimateJson(estimate: Estimate): Estimate & { readonly lines: readonly (Line & { readonly usd: number })[] } {
  return { ...estimate, lines: estimate.lines.map((line) => ({ ...line, usd: monthlyUsdOf(line) })) };
}
