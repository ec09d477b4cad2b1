import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { METAFILE } from '../../local/lambda/bundle-freshness.ts';
import { isMap } from '../../local/template/plain-values.ts';
import { bundledFunctions, type BundledFunctions } from './bundled-functions.ts';
import { functionFolders, repositoryTemplate } from './repository-templates.ts';

/** How an SDK call is spelt in a policy, by the package that its command lies in. */
const SERVICES: Readonly<Record<string, string>> = {
  'client-dynamodb': 'dynamodb',
  'client-emr': 'elasticmapreduce',
  'client-redshift-data': 'redshift-data',
  'client-redshift-serverless': 'redshift-serverless',
  'client-s3': 's3',
  'client-secrets-manager': 'secretsmanager',
  'client-sfn': 'states',
  'client-sns': 'sns',
};
const SPELT_OTHERWISE: Readonly<Record<string, string>> = {
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:DeleteObjects': 's3:DeleteObject',
};

/** What every client brings along for features that are not used: directory buckets, endpoint discovery, the scan of lib-dynamodb. */
const INSIDE_CLIENTS = ['s3:CreateSession', 's3:HeadBucket', 'dynamodb:DescribeEndpoints', 'dynamodb:Scan'];

/** What a module brings along that the function never calls: methods of a shared object that it was not given. */
const NOT_CALLED: Readonly<Record<string, readonly string[]>> = {
  Search: ['dynamodb:Query', 's3:DeleteObject', 's3:ListBucket'],
  Extract: ['dynamodb:Query', 's3:DeleteObject', 's3:ListBucket'],
  Settle: ['s3:DeleteObject', 's3:PutObject'],
  Reparse: ['dynamodb:Query'],
  PrepareLoad: ['s3:DeleteObject', 's3:PutObject'],
  Alarm: ['s3:DeleteObject'],
  NotifyFailure: ['dynamodb:Query', 's3:DeleteObject'],
  Start: ['s3:DeleteObject', 's3:ListBucket'],
  Grant: ['redshift-data:BatchExecuteStatement'],
};

/** What an action needs besides. `s3:ListBucket`: without it a missing key reads as 403, not 404. */
const NEEDED_BY: Readonly<Record<string, readonly string[]>> = {
  's3:GetObject': ['s3:ListBucket'],
  's3:ListBucketVersions': ['s3:DeleteObjectVersion'],
  'elasticmapreduce:RunJobFlow': [
    'elasticmapreduce:AddTags',
    'elasticmapreduce:PutAutoTerminationPolicy',
    'iam:CreateServiceLinkedRole',
    'iam:PassRole',
  ],
};

/** Granted for a service that calls on the function's behalf: Lambda and SNS use the key. */
const ON_BEHALF: Readonly<Record<string, readonly string[]>> = {
  Alarm: ['kms:Decrypt', 'kms:GenerateDataKey'],
  NotifyFailure: ['kms:Decrypt', 'kms:GenerateDataKey'],
};

let bundles: BundledFunctions;
beforeAll(async () => {
  bundles = await bundledFunctions();
}, 120_000);
afterAll(() => bundles.remove());

describe.each(functionFolders())('$stage/src/$name', ({ stage, pascal }) => {
  const allowed = allowedTo(stage, `${pascal}Function`);

  it('may do what its SDK calls need, and nothing else', () => {
    const called = actionsIn(bundles.pathOf(`${pascal}Function`)).filter((action) => !NOT_CALLED[pascal]?.includes(action));
    const needed = [
      ...called,
      ...called.flatMap((action) => NEEDED_BY[action] ?? []),
      ...(called.some((action) => /^redshift-data:.*ExecuteStatement$/.test(action)) ? [signsInBy(stage, `${pascal}Function`)] : []),
      ...(ON_BEHALF[pascal] ?? []),
    ];

    expect([...allowed.keys()].sort()).toEqual([...new Set(needed)].sort());
  });

  it('may list every bucket that it may read', () => {
    const buckets = (action: string) => (allowed.get(action) ?? []).map(bucketOf);

    expect([...new Set(buckets('s3:GetObject'))].filter((bucket) => !buckets('s3:ListBucket').includes(bucket))).toEqual([]);
  });
});

it('excuses no call that no bundle holds', () => {
  const excused = Object.entries(NOT_CALLED).flatMap(([pascal, actions]) => actions.map((action) => [pascal, action] as const));

  expect(excused.filter(([pascal, action]) => !actionsIn(bundles.pathOf(`${pascal}Function`)).includes(action))).toEqual([]);
});

it('names no function that is gone', () => {
  const names = functionFolders().map(({ pascal }) => pascal);

  expect([...Object.keys(NOT_CALLED), ...Object.keys(ON_BEHALF)].filter((name) => !names.includes(name))).toEqual([]);
});

/** How the Data API gets into the database for a function: by the secret that its calls name, or else by credentials of its own role. */
function signsInBy(stage: string, logicalId: string): string {
  const environment = repositoryTemplate(`${stage}/template.yaml`).resources.get(logicalId)?.properties['Environment'];
  const variables = isMap(environment) ? environment['Variables'] : undefined;
  const namesSecret = isMap(variables) && 'DATABASE_SECRET' in variables;
  return namesSecret ? 'secretsmanager:GetSecretValue' : 'redshift-serverless:GetCredentials';
}

/** Actions of a function's policies with their resources as the template writes them. */
function allowedTo(stage: string, logicalId: string): Map<string, unknown[]> {
  const policies = repositoryTemplate(`${stage}/template.yaml`).resources.get(logicalId)?.properties['Policies'];
  const statements = [policies].flat().flatMap((policy) => (isMap(policy) ? [policy['Statement']].flat() : []));
  const allowed = new Map<string, unknown[]>();
  for (const statement of statements.filter(isMap))
    for (const action of [statement['Action']].flat().map(String))
      allowed.set(action, [...(allowed.get(action) ?? []), ...[statement['Resource']].flat()]);
  return allowed;
}

/** `!Sub '${DataBucket.Arn}/raw/*'` and `!GetAtt DataBucket.Arn` are one bucket. */
function bucketOf(resource: unknown): string {
  return /\$\{(?!AWS::)(\w+)|"(\w+)","Arn"/.exec(JSON.stringify(resource))?.slice(1).find(Boolean) ?? JSON.stringify(resource);
}

const bundleSchema = z.object({
  outputs: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) })),
});
const COMMAND = /@aws-sdk\/(client-[\w-]+)\/dist-es\/commands\/(\w+)Command\.js$/;

/** The actions behind the SDK commands that are in a function's bundle: esbuild leaves out what nobody uses. */
function actionsIn(bundle: string): string[] {
  const { outputs } = bundleSchema.parse(JSON.parse(readFileSync(join(dirname(bundle), METAFILE), 'utf8')));
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0));
  const actions = files.flatMap(([file]) => {
    const [, client = '', command = ''] = COMMAND.exec(file) ?? [];
    return command === '' ? [] : [`${SERVICES[client] ?? client}:${command}`];
  });
  return actions.filter((action) => !INSIDE_CLIENTS.includes(action)).map((action) => SPELT_OTHERWISE[action] ?? action);
}
