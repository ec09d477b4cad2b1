import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobModules, jobScript } from './job-files.ts';

const transform = join(__dirname, '../..');

it('carries every module of the job, each with its own text', () => {
  const onDisk = readdirSync(join(transform, 'hotpost_job')).filter((name) => name.endsWith('.py'));

  expect(Object.keys(jobModules).sort()).toEqual(onDisk.sort());
  for (const name of onDisk) expect(jobModules[name]).toBe(readFileSync(join(transform, 'hotpost_job', name), 'utf8'));
});

it('carries the entry point', () => {
  expect(jobScript).toBe(readFileSync(join(transform, 'spark-job-emr.py'), 'utf8'));
});
