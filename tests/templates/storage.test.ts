import { yamlParse } from 'yaml-cfn';
import { objectKeys } from '../../common/object-keys.ts';
import { isMap } from '../../local/template/plain-values.ts';
import { STAGES, deployed, repositoryTemplate, repositoryText } from './repository-templates.ts';

/* What holds data keeps it encrypted and to itself, and says what becomes of it when the stack goes. */

const resources = STAGES.flatMap((stage) =>
  [...repositoryTemplate(`${stage}/template.yaml`).resources.values()].map((resource) => ({ stage, ...resource })),
);
/** DeletionPolicy and UpdateReplacePolicy, which the local run has no use for. */
const policiesOf = (stage: string, logicalId: string) => {
  const resource = at(yamlParse(repositoryText(`${stage}/template.yaml`)), 'Resources', logicalId);
  return [at(resource, 'DeletionPolicy'), at(resource, 'UpdateReplacePolicy')];
};
const ofType = (type: string) => resources.filter((resource) => resource.type === type).map((each) => [each.logicalId, each] as const);
const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => (Array.isArray(inner) ? inner[Number(key)] : isMap(inner) ? inner[key] : undefined), value);

describe.each(ofType('AWS::S3::Bucket'))('%s', (logicalId, { properties }) => {
  it('is encrypted, and closed to the public in all four ways', () => {
    const algorithm = at(
      properties,
      'BucketEncryption',
      'ServerSideEncryptionConfiguration',
      0,
      'ServerSideEncryptionByDefault',
      'SSEAlgorithm',
    );

    expect(algorithm).toMatch(/^(AES256|aws:kms)$/);
    expect(properties['PublicAccessBlockConfiguration']).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  });

  it('answers over TLS only', () => {
    const policy = ofType('AWS::S3::BucketPolicy').find(([, each]) => at(each.properties, 'Bucket', 'Ref') === logicalId)?.[1];
    const statements = at(policy?.properties, 'PolicyDocument', 'Statement');

    expect(statements).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });
});

it('whatever a run writes is forgotten one day, and half an upload the next', () => {
  const rules = ofType('AWS::S3::Bucket').flatMap(([, { properties }]) => at(properties, 'LifecycleConfiguration', 'Rules') as object[]);
  const forgotten = rules.flatMap((rule) => (at(rule, 'ExpirationInDays') ? [String(at(rule, 'Prefix'))] : []));
  const written = Object.values(objectKeys).map((key) => (key as (...parts: unknown[]) => string)('20261120T053000Z', 'post', 'part', 0));

  expect(written.filter((key) => !forgotten.some((prefix) => key.startsWith(prefix)))).toEqual([]);
  expect(rules.filter((rule) => at(rule, 'AbortIncompleteMultipartUpload', 'DaysAfterInitiation') === 1)).toHaveLength(2);
});

it.each(ofType('AWS::DynamoDB::Table'))('%s is on demand, encrypted, and can be restored', (_id, { properties }) => {
  expect(properties).toMatchObject({
    BillingMode: 'PAY_PER_REQUEST',
    SSESpecification: { SSEEnabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  });
});

it.each(ofType('AWS::SQS::Queue'))('%s is encrypted and keeps its messages for two weeks', (_id, { properties }) => {
  expect(properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
});

it.each(ofType('AWS::SNS::Topic'))('%s is encrypted with a key of the stack', (_id, { properties }) => {
  expect(properties['KmsMasterKeyId']).toEqual({ Ref: 'Key' });
});

it('EventBridge publishes without a condition, which it could not meet, and nobody else does', () => {
  const statements = [
    ...ofType('AWS::KMS::Key').map(([, { properties }]) => at(properties, 'KeyPolicy', 'Statement')),
    ...ofType('AWS::SNS::TopicPolicy').map(([, { properties }]) => at(properties, 'PolicyDocument', 'Statement')),
  ].flat();
  const services = statements.filter((statement) => at(statement, 'Principal', 'Service') !== undefined);

  expect(services.map((statement) => [at(statement, 'Principal', 'Service'), at(statement, 'Condition') === undefined])).toEqual([
    ['cloudwatch.amazonaws.com', false],
    ['events.amazonaws.com', true],
    ['cloudwatch.amazonaws.com', false],
    ['events.amazonaws.com', true],
  ]);
});

it.each(ofType('AWS::Logs::LogGroup').map(([id, each]) => [each.stage, id, each] as const))(
  '%s %s forgets, and goes with the stack',
  (stage, logicalId, { properties }) => {
    expect(Number(properties['RetentionInDays'])).toBeGreaterThan(0);
    expect(policiesOf(stage, logicalId)).toEqual(['Delete', 'Delete']);
  },
);

it('the warehouse is in three private subnets and not public', () => {
  const [workgroup] = ofType('AWS::RedshiftServerless::Workgroup').map(([, each]) => each.properties);

  expect(workgroup?.['PubliclyAccessible']).toBe(false);
  expect(workgroup?.['SubnetIds']).toHaveLength(3);
  expect(ofType('AWS::EC2::Subnet').map(([, each]) => each.properties['MapPublicIpOnLaunch'] ?? false)).toEqual([false, false, false]);
  expect([...ofType('AWS::EC2::InternetGateway'), ...ofType('AWS::EC2::NatGateway')]).toEqual([]);
});

describe('RetainData', () => {
  it('leaves a last snapshot of the warehouse when it is true, and else none', () => {
    const { conditions, resources: declared } = repositoryTemplate('load/template.yaml');
    const properties = declared.get('Namespace')?.properties;
    const nothing = { Ref: 'AWS::NoValue' };

    expect(conditions['KeepsSnapshot']).toEqual({ 'Fn::Equals': [{ Ref: 'RetainData' }, 'true'] });
    expect(at(properties, 'FinalSnapshotName', 'Fn::If')).toEqual(['KeepsSnapshot', { 'Fn::Sub': expect.anything() as unknown }, nothing]);
    expect(at(properties, 'FinalSnapshotRetentionPeriod')).toEqual({ 'Fn::If': ['KeepsSnapshot', 90, nothing] });
  });

  it.each(['true', 'false'])('%s comes from the root to the warehouse and to what removes the two buckets', (RetainData) => {
    const { functions } = deployed(undefined, { RetainData });
    const told = functions.flatMap(({ logicalId, environment }) =>
      'RETAIN_DATA' in environment ? [[logicalId, environment['RETAIN_DATA']]] : [],
    );
    const load = repositoryTemplate('template.yaml').resources.get('Load')?.properties;

    expect(told.sort()).toEqual([
      ['AssetsFunction', RetainData],
      ['RemoveBucketFunction', RetainData],
    ]);
    expect(at(load, 'Parameters', 'RetainData')).toEqual({ Ref: 'RetainData' });
  });
});

/** Types that hold what cannot be made again. */
const STATEFUL = [
  'AWS::S3::Bucket',
  'AWS::DynamoDB::Table',
  'AWS::RedshiftServerless::Namespace',
  'AWS::SecretsManager::Secret',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
];

it('everything that holds data says what becomes of it', () => {
  const silent = resources
    .filter(({ type, stage, logicalId }) => STATEFUL.includes(type) && policiesOf(stage, logicalId).includes(undefined))
    .map(({ stage, logicalId }) => `${stage} ${logicalId}`);

  expect(silent).toEqual([]);
});

it('a bucket outlives its stack, but not a creation that failed', () => {
  const buckets = resources.filter(({ type }) => type === 'AWS::S3::Bucket');

  expect(buckets.map(({ stage, logicalId }) => policiesOf(stage, logicalId))).toEqual(
    buckets.map(() => ['RetainExceptOnCreate', 'Retain']),
  );
});

it('no secret value stands in a template', () => {
  const suspicious = (value: unknown, path: string): string[] => {
    if (typeof value === 'string')
      return /hooks\.slack\.com\/services|xox[a-z]-|AKIA[A-Z0-9]{12}/.test(value) || isBarePassword(path, value) ? [path] : [];
    if (Array.isArray(value)) return value.flatMap((item, index) => suspicious(item, `${path}.${index}`));
    return isMap(value) ? Object.entries(value).flatMap(([key, inner]) => suspicious(inner, `${path}.${key}`)) : [];
  };

  expect(resources.flatMap(({ stage, logicalId, properties }) => suspicious(properties, `${stage} ${logicalId}`))).toEqual([]);
});

/** A password or key that is neither a reference nor a dynamic reference. */
function isBarePassword(path: string, value: string): boolean {
  return /(Password|Webhook.*Url|HASH_KEY)$/i.test(path) && !value.includes('{{resolve:');
}
