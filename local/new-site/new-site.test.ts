import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const repository = join(__dirname, '../..');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'hotpost-new-site-'));
  for (const path of [
    'common',
    'extract/src',
    'local/new-site',
    'tests/quiet-logs.cjs',
    'tests/text-transform.cjs',
    'jest.config.cjs',
    'tsconfig.json',
    'package.json',
  ])
    cpSync(join(repository, path), join(copy, path), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => {
  rmSync(copy, { recursive: true });
});

function run(...command: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: copy, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}
const newSite = (...names: string[]) => run('local/new-site/new-site.ts', ...names);

it.each([
  [['Naver'], '"Naver" is no name for a site: use 2 to 32 of a-z, 0-9 and _, beginning with a letter, and no word of the language.\n'],
  [['../clien'], '"../clien" is no name for a site'],
  [['import'], '"import" is no name for a site'],
  [['a'.repeat(33)], 'is no name for a site'],
  [['clien'], 'There is a site "clien" already: see extract/src/sites/clien.\n'],
  [[], 'Name one site: npm run new-site <name>\n'],
  [['one', 'two'], 'Name one site: npm run new-site <name>\n'],
])('refuses %j in one sentence and writes nothing', (names, sentence) => {
  const before = readFileSync(join(copy, 'extract/src/sites/registry.ts'), 'utf8');

  const { status, output } = newSite(...names);

  expect(output).toContain(sentence);
  expect(output.trim().split('\n')).toHaveLength(1);
  expect(status).toBe(1);
  expect(readFileSync(join(copy, 'extract/src/sites/registry.ts'), 'utf8')).toBe(before);
});

describe('a new site', () => {
  beforeAll(() => {
    expect(newSite('tiny_cafe')).toEqual({ status: 0, output: expect.stringContaining('docs/add-a-site.md') as string });
  });

  it('has its folder and its lines in the registry', () => {
    const folder = join(copy, 'extract/src/sites/tiny_cafe');
    const registry = readFileSync(join(copy, 'extract/src/sites/registry.ts'), 'utf8');

    const files = [
      'site.ts',
      'selectors.ts',
      'parse.ts',
      'parse.test.ts',
      'fixtures/list.html',
      'fixtures/post.html',
      'fixtures/gone.html',
    ];
    expect(files.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
    expect(registry).toContain("import { tiny_cafe } from './tiny_cafe/site.ts';\n");
    expect(registry).toMatch(/definitions: readonly SiteDefinition\[\] = \[bobaedream, .*, tiny_cafe\];/);
  });

  it('compiles, formatted as everything is', () => {
    const config = { extends: './tsconfig.json', include: ['extract/src/sites/tiny_cafe', 'extract/src/sites/registry.ts'] };
    writeFileSync(join(copy, 'tsconfig.site.json'), JSON.stringify(config));
    cpSync(join(repository, '.prettierrc.json'), join(copy, '.prettierrc.json'));

    expect(run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.site.json')).toEqual({ status: 0, output: '' });
    expect(run('node_modules/prettier/bin/prettier.cjs', '--check', 'extract/src/sites/tiny_cafe/*.ts').status).toBe(0);
  }, 120_000);

  it('passes its own test and the one of every site, and fails when its parser does not fit the page', () => {
    const jest = () => run('node_modules/jest/bin/jest.js', '--rootDir', copy, 'sites/tiny_cafe', 'sites/registry');
    const selectors = join(copy, 'extract/src/sites/tiny_cafe/selectors.ts');

    const passed = jest();
    writeFileSync(selectors, readFileSync(selectors, 'utf8').replace('td.title a[href]', 'td.subject a[href]'));
    const failed = jest();

    expect(passed.output).toContain('Test Suites: 2 passed, 2 total');
    expect([passed.status, failed.status]).toEqual([0, 1]);
    expect(failed.output).toContain('td.subject a[href] is missing');
  }, 120_000);
});
