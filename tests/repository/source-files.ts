import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const REPOSITORY = resolve(import.meta.dirname, '../..');
/** What a stage may be called: the folders that become stacks of their own. */
export const STAGE_NAMES = ['extract', 'transform', 'load', 'alarm', 'workflow'];

const SOURCES = ['common', ...STAGE_NAMES, 'local', 'tests', 'docs', 'events', 'config', '.ci'];
const WRITTEN_BY_HAND = /\.(ts|mjs|cjs|py|sql|yaml|json|md|html|css|toml|sh)$|\/run$/;

export interface SourceFile {
  /** Below the repository: `extract/src/plan/handler.ts`. */
  readonly path: string;
  readonly text: string;
}

/** Every file that somebody wrote, in this checkout as it is (a clone without git's own folder is one too). */
export function sourceFiles(): SourceFile[] {
  const nested = SOURCES.flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const paths = [...readdirSync(REPOSITORY), ...nested].filter(
    (path) => WRITTEN_BY_HAND.test(path) && path !== 'package-lock.json' && !/(^|\/)(__pycache__|\.aws-sam|\.pytest_cache)\//.test(path),
  );
  return paths
    .filter((path) => statSync(join(REPOSITORY, path)).isFile())
    .map((path) => ({ path, text: readFileSync(join(REPOSITORY, path), 'utf8') }));
}

/** For tests alone: test files and what only they import, known by name. */
export function isTestOnly(path: string): boolean {
  return /\.test\.ts$|-fixture\.ts$|\/fixture\.ts$|\/memory-[\w-]+\.ts$|\/fake-[\w-]+\.ts$|\/tests\/|\/fixtures\//.test(path);
}

/** The files of the repository that a TypeScript file imports, types too. */
export function importsOf({ path, text }: SourceFile): string[] {
  return [...text.matchAll(/^(?:import|export)\s(?:[^'";]*?\sfrom\s)?'(\.[^']+)'/gm)].map(([, specifier = '']) =>
    relative(REPOSITORY, resolve(REPOSITORY, dirname(path), specifier)),
  );
}
