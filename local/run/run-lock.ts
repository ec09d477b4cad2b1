import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './user-error.ts';

/**
 * One run a data directory. The lock names process and start time, so that a lock left by a kill is known as dead even
 * when its number was given to another program. Returns the release. @throws UserError when a living run holds it.
 */
export function lockRun(dataDirectory: string): () => void {
  const file = join(dataDirectory, 'run.lock');
  const mine = `${process.pid} ${startTimeOf(process.pid)}`;
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readFileSync(file, 'utf8');
    const pid = Number(holder.split(' ')[0]);
    if (holder === `${pid} ${startTimeOf(pid)}` && startTimeOf(pid) !== '') {
      throw new UserError(`Another run of this checkout is going on (process ${pid}). Wait for it or stop it, then run again.`);
    }
    rmSync(file, { force: true });
  }
}

/** When a process started: from /proc on Linux, from `ps` on macOS; empty when there is no such process. */
function startTimeOf(pid: number): string {
  if (existsSync('/proc/self/stat')) {
    // The name in the second field may hold spaces; what follows its closing bracket does not. starttime is field 22.
    return existsSync(`/proc/${pid}/stat`) ? (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '') : '';
  }
  const asked = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  return asked.status === 0 ? asked.stdout.trim() : '';
}
