import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CLI = join(__dirname, '../cli.ts');

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** For tests: a folder that nothing else uses. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'command-'));
}

/** For tests: `npm start -- …` in a process of its own, on run data of its own. */
export function startCommand(args: readonly string[], input = '', environment: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, HOTPOST_DATA: newFolder(), HOTPOST_AUTHOR_HASH_KEY: '', ...environment };
  const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args], { env });
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin?.end(input);
  const ended = new Promise<Ended>((resolve) => child.on('close', (status) => resolve({ status, out, err })));
  return { child, ended };
}

/** For tests: the same, to its end. */
export function runCommand(args: readonly string[], input = '', environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return startCommand(args, input, environment).ended;
}
