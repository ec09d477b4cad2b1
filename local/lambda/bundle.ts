import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parse, join, relative } from 'node:path';
import type { DeployedFunction } from '../template/application.ts';
import { isFresh, markFresh, METAFILE } from './bundle-freshness.ts';
import { developmentDependencies, type BundleInputs } from './development-dependencies.ts';
import { esbuildArguments } from './esbuild-arguments.ts';

export interface BundleOptions {
  readonly functions: readonly DeployedFunction[];
  /** `<outDirectory>/<LogicalId>/handler.js`; the folder of each function is replaced. */
  readonly outDirectory: string;
  /** Where package.json and its lock file lie; paths in messages are relative to it. */
  readonly projectDirectory: string;
}

/**
 * Bundles every function as `sam build` would, by esbuild's own command line, all at once; a bundle whose inputs are unchanged is kept.
 * @returns where each function's bundle lies.
 * @throws Error of one sentence a failed function: what esbuild says, and where.
 */
export async function bundleFunctions(options: BundleOptions): Promise<(deployed: DeployedFunction) => string> {
  const outcomes = await Promise.allSettled(options.functions.map((deployed) => bundle(deployed, options)));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as Error).message] : []));
  if (failures.length > 0) throw new Error([...new Set(failures)].join('\n'));
  return (deployed) => bundlePath(deployed, options.outDirectory);
}

function bundlePath({ logicalId, handler, buildProperties }: DeployedFunction, outDirectory: string): string {
  const outExtension = buildProperties['OutExtension'];
  const extension = Array.isArray(outExtension) && outExtension.includes('.js=.mjs') ? '.mjs' : '.js';
  return join(outDirectory, logicalId, `${handler.slice(0, handler.lastIndexOf('.'))}${extension}`);
}

async function bundle(deployed: DeployedFunction, { outDirectory, projectDirectory }: BundleOptions): Promise<void> {
  const { logicalId, template, handler, entryPoint } = deployed;
  const at = `${logicalId} (${template})`;
  const entry = relative(projectDirectory, entryPoint);
  if (!existsSync(entryPoint)) throw new Error(`${at}: the entry point ${entry} does not exist`);
  const { name } = parse(entryPoint);
  if (!handler.startsWith(`${name}.`)) throw new Error(`${at}: Handler ${handler} names another file than its entry point ${entry}`);

  const directory = join(outDirectory, logicalId);
  const flags = [entryPoint, '--bundle', '--platform=node', `--outdir=${directory}`, ...esbuildArguments(deployed)];
  if (await isFresh(directory, projectDirectory, flags)) return;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const metafile = join(directory, METAFILE);
  await esbuild(at, projectDirectory, [...flags, `--metafile=${metafile}`]);
  // A bundle below a package.json of "type": "module" would be read as an ES module.
  await writeFile(join(directory, 'package.json'), '{"type":"commonjs"}\n');

  const missing = await developmentDependencies(projectDirectory, JSON.parse(await readFile(metafile, 'utf8')) as BundleInputs);
  if (missing.length > 0) {
    throw new Error(
      `${at} uses ${missing.join(', ')}, a devDependency: sam build would not find it; move it to dependencies in package.json`,
    );
  }
  await markFresh(directory, projectDirectory, flags);
}

const ESBUILD = join(createRequire(import.meta.url).resolve('esbuild/package.json'), '../bin/esbuild');

function esbuild(at: string, cwd: string, flags: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(ESBUILD, [...flags, '--log-level=error', '--color=false'], { cwd }, (error, _stdout, stderr) => {
      if (!error) resolve();
      else reject(new Error(`${at} cannot be bundled: ${sentence(stderr) || error.message}`));
    });
  });
}

/** esbuild's first error in one line: `✘ [ERROR] what` … `file:line:column:`. */
function sentence(stderr: string): string {
  const what = (/\[ERROR\] (.*)/.exec(stderr)?.[1] ?? '').replace(/^Invalid build flag: "--(.*)"$/, 'esbuild knows no build property "$1"');
  const where = /^\s+(\S+:\d+:\d+):$/m.exec(stderr)?.[1];
  return where ? `${what} (${where})` : what;
}
