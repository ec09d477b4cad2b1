import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}

/** esbuild's metafile: what each file of a bundle imports, paths relative to the project. */
export interface BundleInputs {
  readonly inputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string }[] }>>;
}

/**
 * Packages that our own files import and that only development installs: `sam build` runs `npm install --omit=dev`, so such a bundle
 * works here and fails there. Packages' own imports are left out: npm installs what they need, and some try what may be missing.
 */
export async function developmentDependencies(projectDirectory: string, { inputs }: BundleInputs): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(join(projectDirectory, 'package-lock.json'), 'utf8')) as LockFile;
  const ours = Object.entries(inputs).filter(([path]) => packagePathOf(path) === undefined);
  const used = new Set(ours.flatMap(([, { imports }]) => imports.flatMap(({ path }) => packagePathOf(path) ?? [])));
  return [...used].filter((path) => packages[path]?.dev === true).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13));
}

/** `node_modules/a/node_modules/@b/c` of `node_modules/a/node_modules/@b/c/dist/d.js`. */
function packagePathOf(input: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}
