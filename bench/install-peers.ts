import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PEERS = join(import.meta.dirname, 'peers');
const PIP = '-m pip install --quiet --require-hashes --disable-pip-version-check --no-input -r'.split(' ');
const NPM = 'install --omit=dev --no-audit --no-fund --no-package-lock --loglevel=error'.split(' ');

/** What the benchmark compares with, in folders of the user's cache; never among the project's own packages. */
export interface InstalledPeers {
  /** A Python that has Scrapy. */
  readonly scrapyPython: string;
  /** A folder that has Crawlee in its node_modules. */
  readonly crawleeFolder: string;
}

/** Installs Scrapy and Crawlee at the pinned versions, unless they are there. @throws Error with what pip or npm said. */
export async function installPeers(python: string): Promise<InstalledPeers> {
  const scrapy = await installed('scrapy', 'scrapy.txt', async (folder, list) => {
    await run(python, ['-m', 'venv', folder]);
    await run(join(folder, 'bin', 'python'), [...PIP, list]);
  });
  const crawlee = await installed('crawlee', 'crawlee.json', async (folder, list) => {
    copyFileSync(list, join(folder, 'package.json'));
    await run('npm', NPM, { cwd: folder });
  });
  return { scrapyPython: join(scrapy, 'bin', 'python'), crawleeFolder: crawlee };
}

/** The folder of a peer, filled once for each state of its list. */
async function installed(name: string, list: string, install: (folder: string, list: string) => Promise<void>): Promise<string> {
  const path = join(PEERS, list);
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12);
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'hotpost', 'bench', `${name}-${hash}`);
  const stamp = join(folder, '.complete');
  if (existsSync(stamp)) return folder;
  console.log(`Installing ${name} into ${folder}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await install(folder, path);
  writeFileSync(stamp, '');
  return folder;
}
