import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundleInputs } from './development-dependencies.ts';

/** Beside a bundle: what it was made of. */
const FINGERPRINT = 'fingerprint';
/** esbuild's metafile of the bundle. */
export const METAFILE = 'inputs.json';

/**
 * Whether a bundle still is what esbuild would make: same flags, same packages, and none of our own files that went into it changed.
 * @param flags everything that esbuild is told.
 */
export async function isFresh(directory: string, projectDirectory: string, flags: readonly string[]): Promise<boolean> {
  try {
    const known = await readFile(join(directory, FINGERPRINT), 'utf8');
    return known === (await fingerprint(directory, projectDirectory, flags));
  } catch {
    return false; // Never bundled, or one of its files is gone.
  }
}

/** Written last: a bundle without it is not finished. */
export async function markFresh(directory: string, projectDirectory: string, flags: readonly string[]): Promise<void> {
  await writeFile(join(directory, FINGERPRINT), await fingerprint(directory, projectDirectory, flags));
}

async function fingerprint(directory: string, projectDirectory: string, flags: readonly string[]): Promise<string> {
  const { inputs } = JSON.parse(await readFile(join(directory, METAFILE), 'utf8')) as BundleInputs;
  const own = Object.keys(inputs).filter((path) => !path.includes('node_modules/'));
  // Packages are told by what npm writes at every install; the rest is what esbuild reads of a project.
  const settings = ['package-lock.json', 'node_modules/.package-lock.json', 'package.json', 'tsconfig.json'];
  const states = await Promise.all([
    ...own.map((path) => stateOf(join(projectDirectory, path))),
    ...settings.map((path) => stateOf(join(projectDirectory, path)).catch(() => `${path} is not there`)),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([flags, states]))
    .digest('hex');
}

async function stateOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${path} ${size} ${mtimeMs}`;
}
