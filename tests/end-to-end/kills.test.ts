import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../local/run/directories.ts';
import { removeDirectories, temporaryDirectories } from './laptop-fixture.ts';

jest.setTimeout(240_000);

const directories = temporaryDirectories();
/** Away from the default, so that a run of the user's own may go on. */
const port = 18_801;

afterAll(() => removeDirectories(directories));

it('leaves no process behind when it is killed, and the next start runs the interrupted batch again first', async () => {
  const killed = start();
  await untilReading(killed);
  killed.process.kill('SIGKILL');
  await killed.ended;
  await untilNoProcessIsLeft();

  const interrupted = start();
  await untilReading(interrupted);
  process.kill(-(interrupted.process.pid ?? 0), 'SIGINT'); // as a terminal's Ctrl-C: to the whole group
  expect(await interrupted.ended).toBe(130);
  await untilNoProcessIsLeft();

  const whole = start();
  expect(await whole.ended).toBe(0);
  expect(whole.output()).toMatch(/20260914T043000Z-r2 {2}SUCCEEDED/);
  await untilNoProcessIsLeft();
});

interface Started {
  readonly process: ChildProcess;
  /** Exit status; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  output(): string;
}

function start(): Started {
  const child = spawn(process.execPath, [join(repository, 'local', 'cli.ts'), '--port', String(port), 'run', '--batches', '1'], {
    env: { ...process.env, HOTPOST_DATA: directories.data },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { process: child, ended, output: () => output };
}

/** Until the run is in the middle of the scrape: posts of this start have been asked for. */
async function untilReading(started: Started): Promise<void> {
  const postsAsked = () =>
    existsSync(directories.communityLog) ? readFileSync(directories.communityLog, 'utf8').split('"kind":"post"').length : 0;
  const before = postsAsked();
  const state = { hasEnded: false };
  void started.ended.then(() => (state.hasEnded = true));
  while (postsAsked() < before + 3) {
    if (state.hasEnded) throw new Error(`The run ended before it read anything: ${started.output()}`);
    await sleep(50);
  }
}

/** Lambda environments and EMR steps carry the run's data directory in their environment or arguments. */
async function untilNoProcessIsLeft(): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (processesOfRun().length > 0 && Date.now() < deadline) await sleep(100);
  expect(processesOfRun()).toEqual([]);
}

function processesOfRun(): string[] {
  if (!existsSync('/proc')) throw new Error('This test looks for processes in /proc, which only Linux has');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => ['environ', 'cmdline'].some((file) => readProcess(pid, file).includes(directories.data)));
}

function readProcess(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
