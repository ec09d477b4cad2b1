import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DeployedApplication } from './application.ts';
import { type ApplicationRequest, resolveApplication } from './resolve-application.ts';

/** Writes files into a fresh folder. @returns the folder. */
function writtenFiles(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hotpost-template-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** For tests: resolves templates given as texts by file name; `template.yaml` is the root. One secret exists, app/one. */
export function resolveFixture(files: Readonly<Record<string, string>>, request: Partial<ApplicationRequest> = {}): DeployedApplication {
  const folder = writtenFiles({ 'src/do/handler.ts': '', ...files });
  try {
    return resolveApplication({
      rootTemplate: join(folder, 'template.yaml'),
      parameters: {},
      stackName: 'app',
      region: 'ap-northeast-2',
      accountId: '000000000000',
      secretValue(secretId, jsonKey) {
        if (secretId === 'app/one' && jsonKey === 'url') return 'https://hooks.invalid/x';
        throw new Error('there is no such secret');
      },
      ...request,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** For tests: a template of one function with the given environment, and whatever else the stack needs. */
export function functionTemplate(environment: string, others = ''): string {
  return `
${others}
Resources:
  DoFunction:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [src/do/handler.ts], Minify: true } }
    Properties:
      Runtime: nodejs24.x
      CodeUri: .
      Handler: handler.handler
      Environment: { Variables: ${environment} }
  Bucket: { Type: AWS::S3::Bucket }
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
      TimeToLiveSpecification: { AttributeName: expires_at, Enabled: true }
`;
}
