import { STAGE_NAMES, importsOf, isTestOnly, sourceFiles } from './source-files.ts';

const files = sourceFiles();
const typescript = files.filter(({ path }) => path.endsWith('.ts'));
const deployed = files.filter(({ path }) => ['common', ...STAGE_NAMES].includes(folderOf(path)) && !isTestOnly(path));

function folderOf(path: string): string {
  return path.split('/')[0] ?? '';
}

/** Lines that match, as `path:line text`. */
function linesWith(pattern: RegExp, among = files): string[] {
  return among.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 120)}`] : [])),
  );
}

it('finds the repository', () => {
  expect(typescript.length).toBeGreaterThan(200);
  expect(deployed.some(({ path }) => path === 'transform/spark-job-emr.py')).toBe(true);
});

it.each(STAGE_NAMES)('%s imports itself, common/ and the default configuration, never another stage', (stage) => {
  const foreign = typescript
    .filter(({ path }) => folderOf(path) === stage)
    .flatMap((file) => importsOf(file).map((imported) => `${file.path} → ${imported}`))
    .filter((edge) => ![stage, 'common', 'config'].includes(folderOf(edge.split(' → ')[1] ?? '')));

  expect(foreign).toEqual([]);
});

it('common/ imports nothing but itself', () => {
  const foreign = typescript
    .filter(({ path }) => folderOf(path) === 'common')
    .flatMap((file) => importsOf(file).map((imported) => `${file.path} → ${imported}`))
    .filter((edge) => folderOf(edge.split(' → ')[1] ?? '') !== 'common');

  expect(foreign).toEqual([]);
});

it('what is deployed imports nothing that is for tests', () => {
  const edges = deployed
    .filter(({ path }) => path.endsWith('.ts'))
    .flatMap((file) => importsOf(file).map((imported) => [file.path, imported]));

  expect(edges.filter(([, imported = '']) => isTestOnly(imported))).toEqual([]);
});

it('nothing that is deployed knows whether it runs on AWS', () => {
  const code = deployed.filter(({ path }) => /\.(ts|py|sql|json)$/.test(path));

  expect(linesWith(/127\.0\.0\.1|\bendpoint\s*[:=]|AWS_ENDPOINT|forcePathStyle|(?<!")\blocal\//, code)).toEqual([]);
});

it('process.env is read in two places of what is deployed', () => {
  const readers = deployed.filter(({ path, text }) => path.endsWith('.ts') && /process\.env\b(?!`)/.test(text)).map(({ path }) => path);

  expect(readers.sort()).toEqual(['common/clock.ts', 'common/environment.ts']);
});

it('no file names a path of somebody’s machine', () => {
  // `/home/hadoop` and the like are EMR's own; ours would be a home, a work or a scratch folder.
  const ours = files.filter(({ path }) => path !== 'tests/repository/layers.test.ts' && path !== 'local/redshift/statements.test.ts');

  expect(linesWith(/(?<![\w.~}/-])\/(?:root|work|Users|home|tmp|mnt)\/\w/, ours)).toEqual([]);
});

it('no file is longer than 250 lines', () => {
  // A definition and a stack's template are one document by their services' rules; the others are generated, or pages in a site's own markup.
  const exempt = /pipeline\.asl\.json$|template\.yaml$|local\/setup\/python\/|transform\/model\/|\/fixtures\//;
  const long = files
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ path, lines }) => lines > 250 && !exempt.test(path));

  expect(long).toEqual([]);
});

it('every rule that is switched off says why beside it', () => {
  const silent = linesWith(/eslint-disable|ts-expect-error|ts-ignore|noqa/).filter(
    (line) => !/ -- \S|ts-expect-error \S|# noqa: E402$/.test(line),
  );

  expect(silent.filter((line) => !line.startsWith('tests/repository/'))).toEqual([]);
});

it('every test file asserts', () => {
  const tests = typescript.filter(({ path }) => path.endsWith('.test.ts'));

  expect(tests.filter(({ text }) => !/\bexpect\(/.test(text)).map(({ path }) => path)).toEqual([]);
});

it('every exported function of what is deployed says what it does', () => {
  const silent = deployed
    .filter(({ path }) => path.endsWith('.ts'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/(.*)\nexport (?:async )?function (\w+)/g)]
        .filter(([, before = '']) => !before.endsWith('*/'))
        .map(([, , name = '']) => `${path} ${name}`),
    );

  expect(silent).toEqual([]);
});
