import { table } from '../../bench/tables.ts';
import { assumed } from './assumptions.ts';
import { usdAMonthOf, type Estimate } from './estimate.ts';
import type { Role } from './inventory.ts';
import type { Line } from './line.ts';
import { monthlyUsdOf, prices, type PriceName } from './prices.ts';
import type { CostReport } from './report-data.ts';

const usd = (amount: number) => amount.toFixed(2);

/** The report as Markdown, which a terminal shows as well. */
export function renderReport(report: CostReport): string {
  const { stacks, types, roles, rest, usual } = report;
  const resources = [...types.values()].reduce((sum, count) => sum + count, 0);
  const atRest = usdAMonthOf(rest);
  return [
    `## ${resources} resources in ${stacks} nested stacks`,
    table(
      ['type', 'count'],
      [...types].map(([type, count]) => [type, String(count)]),
    ),
    `## ${roles.length} roles`,
    rolesList(roles),
    `## At rest: ${usd(atRest)} USD a month (ScheduleState=DISABLED)`,
    linesTable(rest),
    freeText(rest),
    '## By schedule and engine, USD',
    scheduleTable(report),
    mostText(report),
    `## What dominates: every ${usual.scheduleMinutes} minutes on ${usual.engine}, ${usd(usual.usdAMonth)} USD a month`,
    table(
      ['service', 'USD a month', 'share'],
      report.services.map((service) => [service.service, usd(service.usd), `${((service.usd / usual.usdAMonth) * 100).toFixed(1)} %`]),
    ),
    '## What to change',
    leversTable(report),
    sourceTable(report),
    unverifiedList(report.allLines),
  ].join('\n\n');
}

/** One estimate, line by line. */
export function renderEstimate(estimate: Estimate): string {
  const { scheduleMinutes, engine, usdAMonth, usdARun, runsAMonth } = estimate;
  const cluster =
    engine === 'emr-step' ? `; the cluster ${estimate.isClusterKept ? 'is kept from run to run' : 'starts for every run'}` : '';
  const head = `Every ${scheduleMinutes} minutes on ${engine}: ${usd(usdAMonth)} USD a month, ${usdARun.toFixed(3)} USD a run (${Math.round(runsAMonth)} runs), alerts after ${estimate.latencyMinutes.toFixed(1)} minutes${cluster}`;
  return `${head}\n\n${linesTable(estimate.lines)}`;
}

function rolesList(roles: readonly Role[]): string {
  const byService = Map.groupBy(roles, ({ takenBy }) => takenBy.join(', '));
  return [...byService].map(([service, its]) => `- ${service}: ${its.map(({ name }) => name).join(', ')}`).join('\n');
}

function linesTable(lines: readonly Line[]): string {
  const rows = lines.map((line) => {
    const { service, what, unit } = prices[line.price];
    return [`${service}: ${what}`, `${quantityText(line.quantity)} ${unit}`, usd(monthlyUsdOf(line))];
  });
  return table(['line', 'quantity a month', 'USD'], [...rows, ['total', '', usd(usdAMonthOf(lines))]]);
}

function quantityText(quantity: number): string {
  return quantity >= 100 ? String(Math.round(quantity)) : String(Number(quantity.toPrecision(3)));
}

function scheduleTable({ schedules }: CostReport): string {
  const engines = schedules[0]?.estimates.map(({ engine }) => engine) ?? [];
  const head = [
    'every',
    'runs a month',
    ...engines.flatMap((engine) => [`${engine} a month`, 'a run', 'minutes']),
    'source design a month',
  ];
  return table(
    head,
    schedules.map(({ scheduleMinutes, estimates, sourceDesign }) => [
      `${scheduleMinutes} min`,
      String(Math.round(estimates[0]?.runsAMonth ?? 0)),
      ...estimates.flatMap((estimate) => [usd(estimate.usdAMonth), estimate.usdARun.toFixed(3), estimate.latencyMinutes.toFixed(1)]),
      usd(usdAMonthOf(sourceDesign)),
    ]),
  );
}

/** What it counts, and what not: local/cost/most-of-run.ts. */
function mostText({ most }: CostReport): string {
  return `One run that goes wrong in every way until it is ended after ${most.minutes} minutes costs about ${usd(most['emr-step'])} USD on emr-step, ${usd(most['emr-serverless'])} on emr-serverless: its functions (MaxConcurrency), requests (RunRequestBudget), warehouse (MaxCapacity) and job are bounded. A statement may outlive its run; RpuHoursADay bounds the warehouse to ${usd(most.warehouseDay)} USD a day.`;
}

function leversTable({ levers, usual }: CostReport): string {
  return table(
    ['change', 'USD a month', 'difference', 'minutes'],
    levers.map(({ change, estimate }) => {
      const difference = estimate.usdAMonth - usual.usdAMonth;
      const sign = difference > 0 ? '+' : '';
      return [change, usd(estimate.usdAMonth), `${sign}${usd(difference)}`, estimate.latencyMinutes.toFixed(1)];
    }),
  );
}

/** What is free only as long as nothing else of the account takes it. */
function freeText(lines: readonly Line[]): string {
  return lines
    .flatMap(({ price, quantity }) => {
      const { what, usd: each, freeAMonth } = prices[price];
      if (freeAMonth === undefined) return [];
      return [`${what}: ${freeAMonth} of every account are free. Where others use them up: ${usd(each * quantity)} USD more.`];
    })
    .join('\n');
}

/** The source's design at its own schedule: by what this design does without. */
function sourceTable({ schedules }: CostReport): string {
  const itsOwn = schedules.find(({ scheduleMinutes }) => scheduleMinutes === assumed('source.scheduleMinutes'));
  if (!itsOwn) return '';
  const ours = new Set<PriceName>(itsOwn.estimates[0]?.lines.map(({ price }) => price));
  const further = itsOwn.sourceDesign.filter(({ price }) => !ours.has(price));
  return `## What only the source design has, every ${itsOwn.scheduleMinutes} minutes\n\n${linesTable(further)}`;
}

function unverifiedList(lines: readonly Line[]): string {
  const used = new Set(lines.map(({ price }) => price));
  const open = [...used].filter((name) => prices[name].unverified !== undefined).sort();
  return `Unverified prices (local/cost/prices.json says why): ${open.join(', ')}. The others were read from AWS's Price List by others, on the dates given there.`;
}
