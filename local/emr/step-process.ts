import { spawn, type ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';

export interface StepCommand {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdoutFile: string;
  readonly stderrFile: string;
}

export interface StepProcess {
  /** How it ended. Rejects when the command could not be started. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }>;
  /** SIGTERM to the whole process group, SIGKILL after the grace. */
  kill(graceMilliseconds?: number): void;
}

/**
 * Starts a process with its own group. Its stdin is a pipe that stays open as long as this process lives: the launcher ends
 * when it closes, so that even `kill -9` of this process leaves nothing behind.
 */
export async function startStepProcess(step: StepCommand): Promise<StepProcess> {
  const [stdout, stderr] = await Promise.all([open(step.stdoutFile, 'w'), open(step.stderrFile, 'w')]);
  let child: ChildProcess;
  try {
    child = spawn(step.command, step.arguments, {
      cwd: step.directory,
      env: { ...step.environment, HOTPOST_PARENT_PIPE: '1' },
      stdio: ['pipe', stdout.fd, stderr.fd],
      detached: true,
    });
  } catch (error) {
    // An argument with a NUL, or more of them than the system takes.
    await Promise.all([stdout.close(), stderr.close()]);
    throw error;
  }
  child.stdin?.on('error', () => undefined); // a child that does not read its stdin
  let hasEnded = false;
  const ended = new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  }).finally(() => {
    hasEnded = true;
  });
  ended.catch(() => undefined); // the caller awaits it later
  await Promise.all([stdout.close(), stderr.close()]);

  const signal = (name: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // the group has ended already
    }
  };
  return {
    ended,
    kill(graceMilliseconds = 2_000) {
      if (hasEnded) return;
      signal('SIGTERM');
      const hardKill = setTimeout(() => signal('SIGKILL'), graceMilliseconds);
      // What the job itself started may have outlived it.
      void ended
        .catch(() => undefined)
        .finally(() => {
          clearTimeout(hardKill);
          signal('SIGKILL');
        });
    },
  };
}
