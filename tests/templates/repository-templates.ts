import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { DeployedApplication } from '../../local/template/application.ts';
import { type Template, readTemplate } from '../../local/template/read-template.ts';
import { resolveApplication } from '../../local/template/resolve-application.ts';

export const REPOSITORY = resolve(import.meta.dirname, '../..');
export const STAGES = ['extract', 'transform', 'load', 'alarm', 'workflow'] as const;
export const TEMPLATES = ['template.yaml', ...STAGES.map((stage) => `${stage}/template.yaml`)];
const DEFINITION = 'workflow/pipeline.asl.json';

export function repositoryText(path: string): string {
  return readFileSync(join(REPOSITORY, path), 'utf8');
}

export function repositoryTemplate(path: string): Template {
  return readTemplate(join(REPOSITORY, path), REPOSITORY);
}

/** The repository's templates, or a copy of them, resolved with parameters that a deployment would give, and more. */
export function deployed(folder = REPOSITORY, parameters: Readonly<Record<string, string>> = {}): DeployedApplication {
  return resolveApplication({
    rootTemplate: join(folder, 'template.yaml'),
    parameters: { CrawlerContact: 'https://example.com/contact', ...parameters },
    stackName: 'de3-team-project',
    region: 'ap-northeast-2',
    accountId: '000000000000',
    secretValue: (secretId, jsonKey) => `${secretId}#${jsonKey ?? ''}`,
    generatedSecret: (name) => `generated for ${name}`,
  });
}

/**
 * Resolves a copy of the templates and the definition (code is linked) with one text changed in one file.
 * @throws when the file does not hold the text, so that a test cannot pass by changing nothing.
 */
export function deployedWith(file: string, before: string, after: string): DeployedApplication {
  const text = repositoryText(file);
  if (!text.includes(before)) throw new Error(`${file} does not hold "${before}"`);
  const folder = mkdtempSync(join(tmpdir(), 'hotpost-templates-'));
  try {
    for (const path of [...TEMPLATES, DEFINITION]) cpSync(join(REPOSITORY, path), join(folder, path));
    for (const stage of STAGES) symlinkSync(join(REPOSITORY, stage, 'src'), join(folder, stage, 'src'));
    writeFileSync(join(folder, file), text.replaceAll(before, after));
    return deployed(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A Lambda's folder: `extract/src/search`. */
export interface FunctionFolder {
  readonly stage: string;
  /** `ensure-cluster` */
  readonly name: string;
  /** `EnsureCluster` */
  readonly pascal: string;
}

/** Every folder below a stage's src that holds a handler. */
export function functionFolders(): FunctionFolder[] {
  return STAGES.flatMap((stage) =>
    readdirSync(join(REPOSITORY, stage, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('handler.ts'))
      .map((path) => dirname(path))
      .map((name) => ({ stage, name, pascal: name.replaceAll(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase()) })),
  );
}
