import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFunctions } from './bundle.ts';
import { esbuildArguments } from './esbuild-arguments.ts';
import { lambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let fixture: LambdaFixture;
beforeEach(() => {
  fixture = lambdaFixture();
});
afterEach(() => fixture.remove());

const places = () => ({ outDirectory: join(fixture.directory, 'out'), projectDirectory: fixture.directory });

it('makes the flags that sam build makes', () => {
  const deployed = fixture.define('Any', '', {
    buildProperties: {
      Target: 'es2023',
      KeepNames: true,
      Sourcemap: false,
      SourcesContent: 'false',
      MainFields: 'module,main',
      Loader: ['.sql=text', '.py=text'],
      External: ['a', 'b'],
    },
  });

  expect(esbuildArguments(deployed)).toEqual([
    '--target=es2023',
    '--keep-names',
    '--sources-content=false',
    '--main-fields=module,main',
    '--loader:.sql=text',
    '--loader:.py=text',
    '--external:a',
    '--external:b',
    '--format=cjs',
    '--minify',
  ]);
});

it('writes one bundle a function, with texts inside', async () => {
  writeFileSync(join(fixture.directory, 'load.sql'), 'select 1');
  const deployed = fixture.define('Load', `import sql from '../load.sql'; export const handler = async () => sql;`, {
    buildProperties: { Loader: ['.sql=text'] },
  });

  const bundleOf = await bundleFunctions({ functions: [deployed], ...places() });

  expect(bundleOf(deployed)).toBe(join(fixture.directory, 'out', 'Load', 'handler.js'));
  expect(readFileSync(bundleOf(deployed), 'utf8')).toContain('select 1');
  expect(readFileSync(join(fixture.directory, 'out', 'Load', 'package.json'), 'utf8')).toBe('{"type":"commonjs"}\n');
});

it('keeps a bundle until one of its files, or a flag, changes', async () => {
  const part = join(fixture.directory, 'part.ts');
  writeFileSync(part, 'export const part = 1;');
  const deployed = fixture.define('Kept', `import { part } from '../part.ts'; export const handler = async () => part;`);
  const bundle = async (properties = deployed.buildProperties) => {
    const bundleOf = await bundleFunctions({ functions: [{ ...deployed, buildProperties: properties }], ...places() });
    return statSync(bundleOf(deployed)).mtimeMs;
  };

  const first = await bundle();
  const again = await bundle();
  writeFileSync(part, 'export const part = 12;');
  const changed = await bundle();
  const withFlag = await bundle({ ...deployed.buildProperties, Minify: false });
  rmSync(part);

  expect(again).toBe(first);
  expect(changed).not.toBe(first);
  expect(withFlag).not.toBe(changed);
  await expect(bundle()).rejects.toThrow('Could not resolve "../part.ts"');
});

it('says which entry point is missing, and all functions that cannot be bundled', async () => {
  const absent = fixture.define('Absent', '', { entryPoint: join(fixture.directory, 'nowhere', 'handler.ts') });
  const broken = fixture.define('Broken', `export const handler = = 1;`);

  await expect(bundleFunctions({ functions: [absent, broken], ...places() })).rejects.toThrow(
    'Absent (stage/template.yaml): the entry point nowhere/handler.ts does not exist\n' +
      'Broken (stage/template.yaml) cannot be bundled: Unexpected "=" (Broken/handler.ts:1:23)',
  );
});

it('names an import that leads nowhere', async () => {
  const deployed = fixture.define('Lost', `import './other.ts'; export const handler = 1;`);

  await expect(bundleFunctions({ functions: [deployed], ...places() })).rejects.toThrow(
    'Lost (stage/template.yaml) cannot be bundled: Could not resolve "./other.ts" (Lost/handler.ts:1:7)',
  );
});

it('names a build property that esbuild does not know, and one that sam build sets itself', async () => {
  const unknown = fixture.define('Unknown', `export const handler = 1;`, { buildProperties: { Sauce: 'map' } });
  const reserved = fixture.define('Reserved', `export const handler = 1;`, { buildProperties: { Outdir: 'x' } });

  await expect(bundleFunctions({ functions: [unknown], ...places() })).rejects.toThrow('esbuild knows no build property "sauce=map"');
  await expect(bundleFunctions({ functions: [reserved], ...places() })).rejects.toThrow(
    'BuildProperties.Outdir of Reserved in stage/template.yaml: sam build sets it itself',
  );
});

it('refuses a handler that names another file than the entry point', async () => {
  const deployed = fixture.define('Other', `export const handler = 1;`, { handler: 'index.handler' });

  await expect(bundleFunctions({ functions: [deployed], ...places() })).rejects.toThrow(
    'Handler index.handler names another file than its entry point Other/handler.ts',
  );
});

it('refuses a package that sam build would not install', async () => {
  const folder = join(fixture.directory, 'node_modules', '@made', 'up');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"@made/up","main":"index.js"}');
  writeFileSync(join(folder, 'index.js'), 'exports.a = 1;');
  writeFileSync(join(fixture.directory, 'package-lock.json'), '{"packages":{"node_modules/@made/up":{"dev":true}}}');
  const deployed = fixture.define('Dev', `import { a } from '@made/up'; export const handler = async () => a;`);

  await expect(bundleFunctions({ functions: [deployed], ...places() })).rejects.toThrow(
    'Dev (stage/template.yaml) uses @made/up, a devDependency: sam build would not find it; move it to dependencies in package.json',
  );
  expect(existsSync(join(fixture.directory, 'out', 'Dev', 'handler.js'))).toBe(true);
});
