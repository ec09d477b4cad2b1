import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}

/**
 * Which of a bundle's inputs (paths relative to the project) come from packages that only development installs:
 * `sam build` runs `npm install --omit=dev`, so such a bundle works here and fails there.
 */
export async function developmentDependencies(projectDirectory: string, inputs: readonly string[]): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(join(projectDirectory, 'package-lock.json'), 'utf8')) as LockFile;
  const used = new Set(inputs.flatMap((path) => packagePathOf(path) ?? []));
  return [...used].filter((path) => packages[path]?.dev === true).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13));
}

/** `node_modules/a/node_modules/@b/c` of `node_modules/a/node_modules/@b/c/dist/d.js`. */
function packagePathOf(input: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}
