import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Totals } from '../test-totals.ts';

/** A clean copy with its .aws-sam/build, and how its artefacts did: one test a function. */
export interface CleanBuild {
  readonly clone: string;
  /** Its .aws-sam/build again, with no package.json above it, as in /var/task. */
  readonly artefacts: string;
  readonly totals: Totals;
  remove(): void;
}

/**
 * `sam build` on what git holds and nothing else, with no esbuild on PATH and no node_modules beside it; then every artefact is
 * loaded as Lambda would load it, and weighed.
 */
export function cleanBuild(root: string, sam: string): CleanBuild {
  const clone = mkdtempSync(join(tmpdir(), 'hotpost-sam-'));
  const artefacts = `${clone}-artefacts`;
  const remove = () => {
    for (const folder of [clone, artefacts]) rmSync(folder, { recursive: true, force: true });
  };
  const files = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).stdout.split('\0').filter(Boolean);
  for (const file of files.filter((name) => existsSync(join(root, name)))) cpSync(join(root, file), join(clone, file));
  const systemPath = (process.env['PATH'] ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
  const path = [...systemPath, join(root, 'node_modules', 'node', 'bin')].join(':');
  const found = esbuildOn(path);
  if (found !== undefined) {
    console.error(`${found} is on PATH, so this build would not show whether sam build finds the one that npm installs: take it off PATH`);
    return { clone, artefacts, totals: { runner: 'deploy', passed: 0, failed: 1, skipped: [] }, remove };
  }
  const env = { ...process.env, PATH: path, SAM_CLI_TELEMETRY: '0' };
  const startedAt = performance.now();
  const build = spawnSync(sam, ['build', '--parallel'], { cwd: clone, env, encoding: 'utf8' });
  const seconds = (performance.now() - startedAt) / 1000;
  if (build.status !== 0) {
    console.error(build.stderr.split('\n').slice(-15).join('\n'));
    return { clone, artefacts, totals: { runner: 'deploy', passed: 0, failed: 1, skipped: [] }, remove };
  }
  cpSync(join(clone, '.aws-sam', 'build'), artefacts, { recursive: true });
  const handlers = handlersIn(artefacts);
  console.log(`sam build: ${seconds.toFixed(0)} s, ${(seconds / handlers.length).toFixed(1)} s a function`);
  const broken = handlers.filter((handler) => {
    const problem = loads(handler) ? tooLarge(handler) : 'does not load';
    if (problem) console.error(`${handler} ${problem}`);
    return problem !== undefined;
  });
  const passed = handlers.length - broken.length;
  return { clone, artefacts, totals: { runner: 'deploy', passed, failed: broken.length, skipped: [] }, remove };
}

/** The first esbuild in the folders of a PATH. */
export function esbuildOn(path: string): string | undefined {
  return path
    .split(':')
    .map((folder) => join(folder, 'esbuild'))
    .find((file) => existsSync(file));
}

function handlersIn(artefacts: string): string[] {
  return readdirSync(artefacts, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('/handler.js'))
    .map((name) => join(artefacts, name));
}

/** Of a bundle alone, without its source map, as a cold start reads it. */
const LIMIT = { bytes: 1_200_000, zipped: 400_000 };

function tooLarge(handler: string): string | undefined {
  const bundle = readFileSync(handler);
  const zipped = gzipSync(bundle, { level: 9 }).length;
  if (bundle.length <= LIMIT.bytes && zipped <= LIMIT.zipped) return undefined;
  return `has ${bundle.length} bytes, ${zipped} zipped; the limit is ${LIMIT.bytes}, ${LIMIT.zipped} zipped`;
}

function loads(handler: string): boolean {
  const script = `if (typeof require(${JSON.stringify(handler)}).handler !== 'function') process.exit(1)`;
  return spawnSync(process.execPath, ['-e', script], { stdio: 'inherit' }).status === 0;
}
