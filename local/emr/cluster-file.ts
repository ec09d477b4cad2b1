import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { terminate, type EmrCluster } from './cluster.ts';

/** Clusters that DescribeCluster still knows after a restart; EMR keeps them for two months. */
const KEPT = 20;

/** Clusters of earlier runs. Their processes are gone, so those that still lived are TERMINATED. */
export function readClusters(directory: string, now: number): Map<string, EmrCluster> {
  const file = join(directory, 'clusters.json');
  const clusters = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as EmrCluster[]) : [];
  for (const cluster of clusters) terminate(cluster, { Code: 'INTERNAL_ERROR', Message: 'The laptop run that hosted it ended' }, now);
  return new Map(clusters.slice(-KEPT).map((cluster) => [cluster.id, cluster]));
}

export function writeClusters(directory: string, clusters: ReadonlyMap<string, EmrCluster>): void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'clusters.json');
  writeFileSync(`${file}.new`, JSON.stringify([...clusters.values()], undefined, 1));
  renameSync(`${file}.new`, file);
}
