import { type PlainMap, isMap } from '../../local/template/plain-values.ts';
import { STAGES, repositoryTemplate } from './repository-templates.ts';

/* Which actions the policies of the templates allow. What each Lambda needs, policies.test.ts holds; this file holds the rest. */

const resources = STAGES.flatMap((stage) =>
  [...repositoryTemplate(`${stage}/template.yaml`).resources.values()].map((resource) => ({ stage, ...resource })),
);

it.each(STAGES)('%s allows no action by a wildcard, but a key to its own account', (stage) => {
  const wilds = resources
    .filter((resource) => resource.stage === stage)
    .flatMap(({ type, logicalId, properties }) => {
      const statements = allowedIn(properties).filter((statement) => !(type === 'AWS::KMS::Key' && isOfAccount(statement)));
      return wild(statements).map((statement) => [logicalId, statement]);
    });

  expect(wilds).toEqual([]);
});

it.each([
  [{ Action: 's3:*' }],
  [{ Action: ['s3:GetObject', 'kms:De*'] }],
  [{ Action: '*' }],
  [{ Action: 's3:Get?bject' }],
  [{ NotAction: 's3:GetObject' }],
])('would find %j', (what) => {
  expect(wild(allowedIn({ Policies: [{ Statement: [{ Effect: 'Allow', Resource: '*', ...what }] }] }))).toHaveLength(1);
});

/** Of every role and policy that is not a Lambda's or the state machine's, trust apart. */
const PINNED: Readonly<Record<string, readonly string[]>> = {
  EmrServiceRole: ['iam:PassRole'],
  JobPolicy: [
    's3:AbortMultipartUpload',
    's3:DeleteObject',
    's3:GetObject',
    's3:ListBucket',
    's3:ListBucketMultipartUploads',
    's3:ListMultipartUploadParts',
    's3:PutObject',
  ],
  // They have JobPolicy, and nothing besides.
  EmrInstanceRole: [],
  ServerlessJobRole: [],
  CopyRole: ['s3:GetObject', 's3:ListBucket'],
};

it('roles that are no function’s may do what is written here, and nothing else', () => {
  const roles = resources.filter(({ type }) => ['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'].includes(type));
  const actions = roles.map(({ logicalId, properties: { Policies: policies, PolicyDocument: document } }) => [
    logicalId,
    [...new Set(allowedIn([policies, document]).flatMap(actionsOf))].sort(),
  ]);

  expect(Object.fromEntries(actions)).toEqual(PINNED);
});

it('managed policies are EMR’s own for its service, and the job’s', () => {
  const attached = resources.flatMap(({ logicalId, properties: { ManagedPolicyArns: arns } }) => (arns ? [[logicalId, arns]] : []));

  expect(Object.fromEntries(attached)).toEqual({
    EmrServiceRole: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2' }],
    EmrInstanceRole: [{ Ref: 'JobPolicy' }],
    ServerlessJobRole: [{ Ref: 'JobPolicy' }],
  });
});

/** Statements with Effect Allow, wherever they stand in a resource. */
function allowedIn(value: unknown): PlainMap[] {
  if (Array.isArray(value)) return value.flatMap(allowedIn);
  if (!isMap(value)) return [];
  return value['Effect'] === 'Allow' ? [value] : Object.values(value).flatMap(allowedIn);
}

/** Without a key's policy for its account nobody could change the key any more. */
function isOfAccount({ Principal: principal }: PlainMap): boolean {
  return JSON.stringify(principal) === JSON.stringify({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } });
}

function actionsOf({ Action: action }: PlainMap): string[] {
  return [action].flat().map(String);
}

/** Statements that allow more actions than they name. */
function wild(statements: readonly PlainMap[]): PlainMap[] {
  return statements.filter((statement) => 'NotAction' in statement || actionsOf(statement).some((action) => /[*?]/.test(action)));
}
