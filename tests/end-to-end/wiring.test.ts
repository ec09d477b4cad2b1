import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../../local/run/directories.ts';
import { laptopOn, playNext, removeDirectories, temporaryDirectories } from './laptop-fixture.ts';

jest.setTimeout(600_000);

const copy = mkdtempSync(join(tmpdir(), 'hotpost-copy-'));
const directories = temporaryDirectories();

beforeAll(() => {
  for (const name of ['template.yaml', 'common', 'config', 'extract', 'transform', 'load', 'alarm', 'workflow', 'package.json']) {
    cpSync(join(repository, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
  removeDirectories(directories);
});

/** Starts on the copy with one text changed, and plays a batch. Returns what went wrong. */
async function faultOf(file: string, from: string, to: string): Promise<string> {
  const path = join(copy, file);
  const original = readFileSync(path, 'utf8');
  expect(original).toContain(from);
  writeFileSync(path, original.replaceAll(from, to));
  try {
    const laptop = await laptopOn(directories, { rootTemplate: join(copy, 'template.yaml') });
    try {
      const [batch] = await playNext(laptop, 1);
      return `${batch?.status ?? ''} ${batch?.cause ?? ''}`;
    } finally {
      await laptop.close();
    }
  } catch (error) {
    return (error as Error).message;
  } finally {
    writeFileSync(path, original);
  }
}

it.each([
  ['an environment name', 'transform/template.yaml', 'ASSETS_BUCKET: !Ref', 'ASSET_BUCKET: !Ref', /ASSETS_BUCKET/],
  [
    'an environment name of a task',
    'extract/template.yaml',
    'RUN_REQUEST_BUDGET: !Ref',
    'REQUEST_BUDGET: !Ref',
    /FAILED.*RUN_REQUEST_BUDGET/,
  ],
  ['an output name', 'extract/template.yaml', '  DataBucketName: { Description', '  DataBucket: { Description', /DataBucketName/],
  [
    'a substitution',
    'workflow/template.yaml',
    'PlanFunctionArn: !Ref PlanFunctionArn',
    'PlannerFunctionArn: !Ref PlanFunctionArn',
    /PlanFunctionArn/,
  ],
])('fails and names it when %s is changed in a template', async (_what, file, from, to, named) => {
  expect(await faultOf(file, from, to)).toMatch(named);
});
