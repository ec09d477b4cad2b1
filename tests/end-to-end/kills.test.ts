import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../local/run/directories.ts';
import { communityLog, laptopOn, removeDirectories, temporaryDirectories } from './laptop-fixture.ts';
import { expectedRows, lastReadings, storedRows } from './truth.ts';

jest.setTimeout(600_000);

const directories = temporaryDirectories();
/** Away from the default, so that a run of the user's own may go on. */
const port = 18_801;

afterAll(() => removeDirectories(directories));

it('leaves no process behind when it is killed, and the next start runs the interrupted batch again first', async () => {
  const killed = start();
  await untilMore(killed, postsAsked, 3);
  killed.process.kill('SIGKILL');
  await killed.ended;
  await untilNoProcessIsLeft();

  const interrupted = start();
  await untilMore(interrupted, postsAsked, 3);
  process.kill(-(interrupted.process.pid ?? 0), 'SIGINT'); // as a terminal's Ctrl-C: to the whole group
  expect(await interrupted.ended).toBe(130);
  await untilNoProcessIsLeft();

  const whole = start();
  expect(await whole.ended).toBe(0);
  expect(whole.output()).toMatch(/20260914T043000Z-r2 {2}SUCCEEDED/);
  await untilNoProcessIsLeft();
});

it('keeps every post and repeats no message unmarked when it is killed in the PySpark step, in load and alarm, and while it sends', async () => {
  // Not every batch has something to say; one of the next three does.
  const moments = [
    [stepsStarted, 1],
    [entered('PrepareLoad'), 1],
    [entered('Alarm'), 1],
    [messagesSent, 3],
  ] as const;
  for (const [figure, batches] of moments) {
    const killed = start(batches);
    await untilMore(killed, figure, 1);
    killed.process.kill('SIGKILL');
    await killed.ended;
    await untilNoProcessIsLeft();
  }
  const whole = start();
  expect(await whole.ended).toBe(0);

  const laptop = await laptopOn(directories, { port });
  const stored = await storedRows(laptop);
  const messages = (await laptop.sink.messages()).map(({ message }) => message.text ?? '');
  await laptop.close();
  expect(stored).toEqual(expectedRows(laptop, lastReadings(communityLog(directories))));
  const unmarked = messages.filter((text) => !text.includes('[반복일 수 있음]'));
  expect(unmarked.length).toBeGreaterThan(0);
  expect(new Set(unmarked).size).toBe(unmarked.length);
});

interface Started {
  readonly process: ChildProcess;
  /** Exit status; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  output(): string;
}

function start(batches = 1): Started {
  const child = spawn(
    process.execPath,
    [join(repository, 'local', 'cli.ts'), '--port', String(port), 'run', '--batches', String(batches)],
    {
      env: { ...process.env, HOTPOST_DATA: directories.data },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { process: child, ended, output: () => output };
}

/** Until a figure of this start has grown by so much: the run is then in the middle of what the figure counts. */
async function untilMore(started: Started, figure: () => number, by: number): Promise<void> {
  const before = figure();
  const state = { hasEnded: false };
  void started.ended.then(() => (state.hasEnded = true));
  while (figure() < before + by) {
    if (state.hasEnded) throw new Error(`The run ended too early: ${started.output()}`);
    await sleep(20);
  }
}

const timesIn = (file: string, text: string) => (existsSync(file) ? readFileSync(file, 'utf8').split(text).length - 1 : 0);
const postsAsked = () => timesIn(directories.communityLog, '"kind":"post"');
const messagesSent = () => timesIn(directories.messages, '"received_at"');
/** How often a state's function was invoked: the state is entered then. */
const entered = (state: string) => () => {
  const logs = existsSync(directories.logs) ? readdirSync(directories.logs) : [];
  return logs
    .filter((file) => file.endsWith(`-${state}Function.log`))
    .reduce((sum, file) => sum + timesIn(join(directories.logs, file), 'START'), 0);
};
const stepsStarted = () => {
  const clusters = join(directories.data, 'emr');
  return existsSync(clusters)
    ? readdirSync(clusters, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('stdout.txt')).length
    : 0;
};

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
