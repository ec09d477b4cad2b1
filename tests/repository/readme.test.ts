import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY, sourceFiles } from './source-files.ts';

const files = sourceFiles();
const readme = textOf('README.md');
const cli = files
  .filter(({ path }) => path === 'local/cli.ts' || path.startsWith('local/commands/'))
  .map(({ text }) => text)
  .join('\n');
const documents = files.filter(({ path }) => path.endsWith('.md') && !path.startsWith('data/'));

function textOf(path: string): string {
  return files.find((file) => file.path === path)?.text ?? '';
}

/** What stands in backticks and begins with a file or folder of ours: `load/sql/load/*.sql`, `events/plan.json`. */
function pathsIn(text: string): string[] {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span.split('#')[0] ?? '');
  return spans.filter((span) => /^(?:[\w.-]+\/)+[\w.*<>-]*$/.test(span) && existsSync(join(REPOSITORY, span.split('/')[0] ?? '')));
}

it.each(documents.map(({ path, text }) => [path, text] as const))('%s names only paths that exist', (_path, text) => {
  // A pattern is held to the folder in front of it.
  const fixed = pathsIn(text).map((path) => path.replace(/[^/]*[*<].*$/, ''));

  expect(fixed.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([]);
});

it('README.md names paths at all', () => {
  expect(pathsIn(readme).length).toBeGreaterThan(15);
});

it('every npm command of README.md is a script, and every option one of the command line', () => {
  const scripts = Object.keys((JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }).scripts);
  const commands = [...readme.matchAll(/^npm (?:run )?(\S+)|`npm (?:run )?([\w:-]+)/gm)].map(([, line, span]) => line ?? span ?? '');
  const options = [...readme.matchAll(/npm start -- ([^`\n]+)/g)].flatMap(([, rest = '']) => rest.match(/--[\w-]+/g) ?? []);

  expect(commands.length).toBeGreaterThan(3);
  expect(commands.filter((command) => !scripts.includes(command) && command !== 'ci')).toEqual([]);
  expect(options.filter((option) => option !== '--help' && !cli.includes(`${option} <`) && !cli.includes(`'${option}'`))).toEqual([]);
});

it('the functions and states of README.md exist', () => {
  const states = Object.keys((JSON.parse(textOf('workflow/pipeline.asl.json')) as { States: object }).States);
  const drawn = [...readme.matchAll(/^ {2}([A-Z]\w+) {2,}\S/gm)].map(([, name = '']) => name);

  expect(drawn.length).toBeGreaterThan(6);
  expect(drawn.filter((name) => !states.includes(name))).toEqual([]);
});
