import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../local/run/directories.ts';

/** A checkout in which nothing is installed, and a home of its own. */
const clone = mkdtempSync(join(tmpdir(), 'hotpost-setup-'));
mkdirSync(join(clone, 'bin'));

beforeAll(() => {
  for (const name of ['package.json', 'package-lock.json', '.npmrc', 'local/setup'])
    cpSync(join(repository, name), join(clone, name), { recursive: true });
});

afterAll(() => rmSync(clone, { recursive: true, force: true }));

/** A program that stands in for python3: answers the probe, and then takes longer than npm needs to fail on a slow machine. */
function python(answer: string): string {
  const file = join(clone, 'bin', `python-${answer.replaceAll(' ', '-')}`);
  writeFileSync(file, `#!/bin/sh\ncase "$1" in -c) echo ${answer};; *) sleep 50;; esac\n`);
  chmodSync(file, 0o755);
  return file;
}

function setUp(variables: Record<string, string>): Promise<{ status: number | null; lines: string[] }> {
  const env = { HOME: clone, PATH: process.env['PATH'] ?? '', HOTPOST_PYTHON: python('3 11 True'), ...variables };
  const child = spawn(process.execPath, [join(clone, 'local', 'setup', 'bootstrap.mjs'), 'start'], { env });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.on('exit', (status) => resolve({ status, lines: output.trim().split('\n') })));
}

it.each([
  ['no Python', { PATH: '/nowhere', HOTPOST_PYTHON: '' }, /^No Python 3\.10 to 3\.14 was found as python3.*Install one/],
  ['an old Python', { HOTPOST_PYTHON: python('3 8 True') }, /^No Python 3\.10 to 3\.14 was found/],
  ['a Python without venv', { HOTPOST_PYTHON: python('3 12 False') }, /has no venv module\. Install it .*python3-venv/],
  [
    'ignore-scripts',
    { npm_config_ignore_scripts: 'true' },
    /^npm is set to ignore-scripts=true.*npm_config_ignore_scripts=false npm start$/,
  ],
  [
    'no network',
    { npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' },
    /^npm ci: the package registry was not reached\. Connect .*npm start again/,
  ],
])('says %s in one sentence and ends non-zero', async (_what, variables, sentence) => {
  const { status, lines } = await setUp(variables);

  expect(status).toBe(1);
  expect(lines).toEqual([expect.stringMatching(sentence)]);
});
