import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf } from '../repository/source-files.ts';
import { isMap } from '../../local/template/plain-values.ts';
import { REPOSITORY, functionFolders, repositoryTemplate } from './repository-templates.ts';

/** How an SDK call is spelt in a policy, by the package it is imported from. */
const SERVICES: Readonly<Record<string, string>> = {
  'client-dynamodb': 'dynamodb',
  'lib-dynamodb': 'dynamodb',
  'client-emr': 'elasticmapreduce',
  'client-redshift-data': 'redshift-data',
  'client-s3': 's3',
  'client-secrets-manager': 'secretsmanager',
  'client-sfn': 'states',
  'client-sns': 'sns',
};
const SPELT_OTHERWISE: Readonly<Record<string, string>> = {
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:DeleteObjects': 's3:DeleteObject',
  'dynamodb:Get': 'dynamodb:GetItem',
  'dynamodb:Put': 'dynamodb:PutItem',
  'dynamodb:Update': 'dynamodb:UpdateItem',
  'dynamodb:BatchGet': 'dynamodb:BatchGetItem',
  'dynamodb:BatchWrite': 'dynamodb:BatchWriteItem',
};

/** What a module brings along that the function never calls: methods of a shared object that it was not given. */
const NOT_CALLED: Readonly<Record<string, readonly string[]>> = {
  Search: ['dynamodb:Query', 's3:DeleteObject', 's3:ListBucket'],
  Extract: ['dynamodb:Query', 's3:DeleteObject', 's3:ListBucket'],
  Settle: ['s3:DeleteObject', 's3:PutObject'],
  Reparse: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  PrepareLoad: ['s3:DeleteObject', 's3:PutObject'],
  Alarm: ['s3:DeleteObject'],
  NotifyFailure: ['dynamodb:Query', 's3:DeleteObject'],
  Start: ['s3:DeleteObject', 's3:ListBucket'],
};

/** What an action needs besides. `s3:ListBucket`: without it a missing key reads as 403, not 404. */
const NEEDED_BY: Readonly<Record<string, readonly string[]>> = {
  's3:GetObject': ['s3:ListBucket'],
  'elasticmapreduce:ListSteps': [],
  's3:ListBucketVersions': ['s3:DeleteObjectVersion'],
  'redshift-data:ExecuteStatement': ['redshift-serverless:GetCredentials'],
  'elasticmapreduce:RunJobFlow': ['elasticmapreduce:AddTags', 'iam:PassRole'],
};

/** Granted for a service that calls on the function's behalf: the Data API reads the admin's secret, Lambda and SNS use the key. */
const ON_BEHALF: Readonly<Record<string, readonly string[]>> = {
  Migrate: ['secretsmanager:GetSecretValue'],
  Alarm: ['kms:Decrypt', 'kms:GenerateDataKey'],
  NotifyFailure: ['kms:Decrypt', 'kms:GenerateDataKey'],
};

describe.each(functionFolders())('$stage/src/$name', ({ stage, name, pascal }) => {
  const allowed = allowedTo(stage, `${pascal}Function`);

  it('may do what its SDK calls need, and nothing else', () => {
    const called = actionsOf(`${stage}/src/${name}/handler.ts`).filter((action) => !NOT_CALLED[pascal]?.includes(action));
    const needed = [...called, ...called.flatMap((action) => NEEDED_BY[action] ?? []), ...(ON_BEHALF[pascal] ?? [])];

    expect([...allowed.keys()].sort()).toEqual([...new Set(needed)].sort());
  });

  it('may list every bucket that it may read', () => {
    const buckets = (action: string) => (allowed.get(action) ?? []).map(bucketOf);

    expect([...new Set(buckets('s3:GetObject'))].filter((bucket) => !buckets('s3:ListBucket').includes(bucket))).toEqual([]);
  });
});

it('names no function that is gone', () => {
  const names = functionFolders().map(({ pascal }) => pascal);

  expect([...Object.keys(NOT_CALLED), ...Object.keys(ON_BEHALF)].filter((name) => !names.includes(name))).toEqual([]);
});

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

/** The actions behind every SDK command that a file or anything it imports names. */
function actionsOf(path: string, seen = new Set<string>()): string[] {
  if (seen.has(path) || !path.endsWith('.ts')) return [];
  seen.add(path);
  const text = readFileSync(join(REPOSITORY, path), 'utf8');
  const own = [...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/([\w-]+)'/g)].flatMap(([, names = '', module = '']) =>
    [...names.matchAll(/\b(?:(\w+)Command|paginate(\w+))\b/g)].map(([, command, paginated]) => {
      const action = `${SERVICES[module] ?? module}:${command ?? paginated ?? ''}`;
      return SPELT_OTHERWISE[action] ?? action;
    }),
  );
  const loaded = importsOf({ path, text: text.replaceAll(/^import type [^;]+;/gm, '') });
  return [...own, ...loaded.flatMap((imported) => actionsOf(imported, seen))];
}
