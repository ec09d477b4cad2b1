import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readStoredJson } from '../endpoint/stored-json.ts';
import { terminate, type EmrCluster } from './cluster.ts';

/** Clusters that DescribeCluster still knows after a restart; EMR keeps them for two months. */
const KEPT = 20;

const clusterSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  steps: z.array(z.looseObject({ id: z.string(), state: z.string() })),
});

/** Clusters of earlier runs. Their processes are gone, so those that still lived are TERMINATED. */
export function readClusters(directory: string, now: number): Map<string, EmrCluster> {
  const file = join(directory, 'clusters.json');
  const clusters = existsSync(file)
    ? readStoredJson(file, (content) => z.array(clusterSchema).parse(content) as unknown as EmrCluster[])
    : [];
  for (const cluster of clusters) terminate(cluster, { Code: 'INTERNAL_ERROR', Message: 'The laptop run that hosted it ended' }, now);
  return new Map(clusters.slice(-KEPT).map((cluster) => [cluster.id, cluster]));
}

export function writeClusters(directory: string, clusters: ReadonlyMap<string, EmrCluster>): void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'clusters.json');
  writeFileSync(`${file}.new`, JSON.stringify([...clusters.values()], undefined, 1));
  renameSync(`${file}.new`, file);
}
