import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Laptop } from '../../local/run/laptop.ts';
import { communityLog, laptopOn, playNext, removeDirectories, temporaryDirectories } from './laptop-fixture.ts';
import { expectedRows, lastReadings, storedRows } from './truth.ts';

jest.setTimeout(600_000);

const directories = temporaryDirectories();
let laptop: Laptop;

beforeAll(async () => {
  laptop = await laptopOn(directories, { transformEngine: 'emr-serverless' });
});

afterAll(async () => {
  await laptop.close();
  removeDirectories(directories);
});

it('plays a batch whose job runs on EMR Serverless, without a cluster', async () => {
  const played = await playNext(laptop, 1);

  expect(played.map(({ status }) => status)).toEqual(['SUCCEEDED']);
  const states = await Promise.all(played.map(({ executionArn }) => laptop.machines.executionStates(executionArn)));
  for (const visits of states) {
    const names = visits.map(({ name }) => name);
    expect(names).toContain('TransformServerless');
    expect(names).not.toContain('EnsureCluster');
  }
  expect(JSON.parse(readFileSync(join(directories.data, 'emr', 'clusters.json'), 'utf8'))).toEqual([]);
  expect(readdirSync(join(directories.data, 'emr-serverless'))).toHaveLength(1);
});

it('loads from there what the communities showed, and tells of hot posts', async () => {
  const stored = await storedRows(laptop);

  expect(stored.posts.length).toBeGreaterThan(20);
  expect(stored).toEqual(expectedRows(laptop, lastReadings(communityLog(directories))));
  expect((await laptop.sink.messages()).length).toBeGreaterThan(0);
});
