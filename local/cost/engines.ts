import type { TransformEngine } from '../../common/contracts/settings.ts';
import { assumed } from './assumptions.ts';
import { clusterMinutesARun, isKept, type ClusterLife } from './billing-rules.ts';
import type { Line } from './line.ts';
import { prices, type PriceName } from './prices.ts';
import type { RunCounts } from './run-counts.ts';
import { secondsOfPhase } from './run-usage.ts';
import { serverlessWorkers } from './serverless-workers.ts';
import type { Settings } from './settings.ts';

/** What the job of one run uses, when a run begins every so many minutes. */
export function engineLines(engine: TransformEngine, everyMinutes: number, counts: RunCounts, settings: Settings): Line[] {
  if (engine === 'emr-serverless') return counts.isTransformed ? serverlessLines(settings) : [];
  return clusterLines(clusterMinutesARun(clusterLife(counts, settings), everyMinutes) / 60, settings);
}

/** So many hours of the cluster, disks too. @throws Error when prices.json does not know its instance type. */
export function clusterLines(hours: number, { instanceType }: Settings): Line[] {
  const instanceHours = hours * assumed('clusterInstances');
  return [
    { price: priceNamed(`ec2-${instanceType}`), quantity: instanceHours },
    { price: priceNamed(`emr-${instanceType}`), quantity: instanceHours },
    { price: 'ebs-gp3', quantity: (instanceHours * assumed('clusterDiskGigabytes')) / assumed('hoursAMonth') },
  ];
}

/** Whether the cluster goes on from one run to the next. */
export function isClusterKept(everyMinutes: number, counts: RunCounts, settings: Settings): boolean {
  return isKept(clusterLife(counts, settings), everyMinutes);
}

/** Minutes from the schedule until the alerts are out. */
export function latencyMinutes(engine: TransformEngine, everyMinutes: number, counts: RunCounts, settings: Settings): number {
  const scrape = scrapeMinutes(counts, settings);
  const after = (assumed('loadSeconds') + assumed('betweenLoadAndAlarmSeconds') + assumed('alarmSeconds')) / 60;
  if (engine === 'emr-serverless') {
    // What is billed runs from when the workers are there.
    return scrape + assumed('serverlessStartMinutes') + assumed('serverlessBilledMinutes') + after;
  }
  const start = isClusterKept(everyMinutes, counts, settings) ? 0 : assumed('clusterStartMinutes');
  return Math.max(scrape, start) + assumed('stepMinutes') + after;
}

function clusterLife(counts: RunCounts, settings: Settings): ClusterLife {
  return {
    startMinutes: assumed('clusterStartMinutes'),
    scrapeMinutes: scrapeMinutes(counts, settings),
    stepMinutes: assumed('stepMinutes'),
    idleMinutes: settings.idleMinutes,
    minimumMinutes: assumed('clusterMinimumMinutes'),
  };
}

/** Search, plan and extract. */
function scrapeMinutes({ search, extract }: RunCounts, { timeout }: Settings): number {
  const phases = secondsOfPhase(search, timeout['SearchFunction'] ?? 0) + secondsOfPhase(extract, timeout['ExtractFunction'] ?? 0);
  return (phases + 2 * assumed('setUpSeconds') + 4 * assumed('otherFunctionSeconds')) / 60;
}

function serverlessLines({ definition }: Settings): Line[] {
  const hours = assumed('serverlessBilledMinutes') / 60;
  const { vcpus, gigabytes } = serverlessWorkers(definition);
  return [
    { price: 'emr-serverless-vcpu-hour', quantity: vcpus * hours },
    { price: 'emr-serverless-gb-hour', quantity: gigabytes * hours },
  ];
}

function priceNamed(name: string): PriceName {
  if (Object.hasOwn(prices, name)) return name as PriceName;
  throw new Error(`local/cost/prices.json has no price ${name}: add it with its date and source`);
}
