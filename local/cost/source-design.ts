import { assumed } from './assumptions.ts';
import { clusterLines } from './engines.ts';
import { usdAMonthOf, type Estimate } from './estimate.ts';
import { merged, type Line } from './line.ts';
import type { RunCounts } from './run-counts.ts';
import type { Settings } from './settings.ts';

/**
 * A month of the design that this one follows: Airflow (MWAA), keywords and crawl lists in RDS, a way out through NAT, an endpoint for
 * Secrets Manager, an EMR cluster that stays. Each always-on part in its smallest size, and functions, S3 and Redshift used just as much
 * as here: so it is the least that it could cost.
 */
export function sourceDesignLines(scheduled: Estimate, counts: RunCounts, settings: Settings): Line[] {
  const hours = assumed('hoursAMonth');
  const requests = [...counts.search, ...counts.extract].reduce((sum, site) => sum + site.requests, 0);
  const replaced = new Set(['transition', 'trace', 'schedule', `ec2-${settings.instanceType}`, `emr-${settings.instanceType}`, 'ebs-gp3']);
  return merged([
    ...scheduled.lines.filter(({ price }) => !replaced.has(price)),
    ...clusterLines(hours, settings),
    { price: 'mwaa-small-hour', quantity: hours },
    { price: 'rds-t4g.micro-hour', quantity: hours },
    { price: 'rds-gp3', quantity: assumed('source.databaseGigabytes') },
    { price: 'nat-hour', quantity: hours * assumed('source.natGateways') },
    { price: 'nat-gb', quantity: (requests * scheduled.runsAMonth * assumed('source.bytesARequest')) / 1e9 },
    { price: 'interface-endpoint-hour', quantity: hours * assumed('source.interfaceEndpointZones') },
  ]);
}

/** USD a month of the source's design at the same schedule. */
export function sourceDesignUsd(scheduled: Estimate, counts: RunCounts, settings: Settings): number {
  return usdAMonthOf(sourceDesignLines(scheduled, counts, settings));
}
