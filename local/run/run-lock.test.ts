import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockRun } from './run-lock.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'hotpost-lock-'));

it('refuses a second run and frees the lock afterwards', () => {
  const data = folder();
  const release = lockRun(data);

  expect(() => lockRun(data)).toThrow(`process ${process.pid}`);
  release();
  lockRun(data)();
});

it('takes over the lock of a process that is gone, and of a number that another program has now', () => {
  const data = folder();
  const gone = spawnSync('true').pid;
  writeFileSync(join(data, 'run.lock'), `${gone} 12345`);
  lockRun(data)();
  writeFileSync(join(data, 'run.lock'), `${process.pid} 1`);

  expect(() => lockRun(data)()).not.toThrow();
});
