import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newCluster } from './cluster.ts';
import { readClusters, writeClusters } from './cluster-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'hotpost-clusters-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

it('terminates what an earlier run left alive', () => {
  const request = { Name: 'a', Instances: { KeepJobFlowAliveWhenNoSteps: true }, JobFlowRole: 'r', ServiceRole: 's', Steps: [] };
  const cluster = newCluster(request, 1);
  writeClusters(directory, new Map([[cluster.id, cluster]]));

  expect(readClusters(directory, 2).get(cluster.id)).toMatchObject({ state: 'TERMINATED', endedAt: 2 });
});

it.each(['[{"id":', '[{"id":"j-1"}]'])('names the file when it is damaged: %s', (content) => {
  writeFileSync(join(directory, 'clusters.json'), content);

  expect(() => readClusters(directory, 2)).toThrow(
    /clusters\.json is damaged\. Put a good copy in its place, or begin anew: npm start -- --fresh/,
  );
});
