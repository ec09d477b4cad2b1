import { join } from 'node:path';
import type { FoldedManifest, Manifest } from '../../common/contracts/manifest.ts';
import { batchSchema } from '../../common/contracts/batch.ts';
import { repository } from '../run/directories.ts';
import { costLine, costOfRun } from './cost-of-run.ts';
import { takeInventory } from './inventory.ts';
import { countsOf } from './run-counts.ts';
import { settingsOf } from './settings.ts';

const rootTemplate = join(repository, 'template.yaml');
const settings = settingsOf(takeInventory(rootTemplate));
const batch = batchSchema.parse('20261120T050000Z');

function task(stage: Manifest['stage'], part: string, site: string | null, counts: Manifest['counts']): Manifest {
  return { batch, stage, part, site, counts, problems: [] };
}

function manifest(changed: Partial<FoldedManifest> = {}): FoldedManifest {
  const tasks = [
    task('search', 'clien-keyword-1', 'clien', { requests: 2 }),
    task('search', 'clien-keyword-2', 'clien', { requests: 1 }),
    task('search', 'fmkorea-keyword-1', 'fmkorea', { requests: 3 }),
    task('extract', 'clien-0001', 'clien', { requests: 9, posts: 6 }),
    task('plan', 'all', null, { posts: 6, parts: 1 }),
  ];
  return { batch, status: 'SUCCEEDED', quiet: false, failure: null, counts: { extract: { posts: 6 } }, tasks, unreadable: [], ...changed };
}

const failedIn = (state: string) => manifest({ status: 'FAILED', failure: { state, error: 'E', cause: 'C' } });

it('counts a run by its folded manifest', () => {
  expect(countsOf(manifest())).toEqual({
    search: [
      { site: 'clien', invocations: 2, requests: 3 },
      { site: 'fmkorea', invocations: 1, requests: 3 },
    ],
    extract: [{ site: 'clien', invocations: 1, requests: 9 }],
    posts: 6,
    isTransformed: true,
    isLoaded: true,
  });
});

it.each([
  ['SettleExtract', false, false],
  ['Transform', true, false],
  ['PrepareLoad', true, false],
  ['Load', true, true],
  ['Alarm', true, true],
])('a run that failed in %s woke step and warehouse only as far as it came', (state, isTransformed, isLoaded) => {
  expect(countsOf(failedIn(state))).toMatchObject({ isTransformed, isLoaded });
});

it('bills a run its share of the kept cluster and a minute of the warehouse', () => {
  const { usd, services } = costOfRun(countsOf(manifest()), settings, 30, 'emr-step');

  // Half an hour of instance, EMR and 79 GB of disk; 8 RPU for a minute.
  const emr = services.find(({ service }) => service === 'EMR')?.usd;
  expect(emr).toBeCloseTo(0.5 * (0.188 + 0.047) + (79 * 0.0912 * 0.5) / 730, 9);
  expect(services.find(({ service }) => service === 'Redshift')?.usd).toBeCloseTo((8 / 60) * 0.438, 9);
  expect(services.reduce((sum, each) => sum + each.usd, 0)).toBeCloseTo(usd, 12);
});

it('costs less when it failed before the load, and without a step on EMR Serverless', () => {
  const cost = (of: FoldedManifest) => costOfRun(countsOf(of), settings, 30, 'emr-serverless').usd;

  expect(cost(failedIn('Transform'))).toBeLessThan(cost(manifest()) - 0.05);
  expect(cost(failedIn('Plan'))).toBeLessThan(cost(failedIn('Transform')) - 0.02);
});

it('says it in one line', () => {
  expect(costLine([manifest()], rootTemplate, 'emr-step')).toMatch(
    /^On AWS this batch would have cost about 0\.1\d USD, one every 30 minutes \(EMR 0\.12, Redshift 0\.06, \w[\w ]* 0\.0\d, others 0\.0\d\); npm run cost says more\.$/,
  );
  expect(costLine([manifest(), manifest()], rootTemplate, 'emr-step')).toMatch(/^On AWS these 2 batches would have cost about 0\.3\d USD/);
  expect(costLine([], rootTemplate, 'emr-step')).toBe('');
});
