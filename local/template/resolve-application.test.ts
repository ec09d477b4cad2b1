import { functionTemplate, resolveFixture } from './fixture-stack.ts';

const CHILD = functionTemplate(
  '{ PEER: !Ref Peer, TABLE: !Ref Table }',
  'Parameters: { Peer: { Type: String }, Size: { Type: String, Default: "1" } }',
);
const ROOT = `
Resources:
  Second:
    Type: AWS::Serverless::Application
    Properties: { Location: second.yaml, Parameters: { Peer: !GetAtt First.Outputs.TopicArn } }
  First:
    Type: AWS::Serverless::Application
    Properties: { Location: first.yaml }
Outputs:
  Topic: { Value: !GetAtt First.Outputs.TopicArn }
`;
const FIRST = 'Resources: { Topic: { Type: AWS::SNS::Topic } }\nOutputs: { TopicArn: { Value: !Ref Topic } }';

it('wires nested applications by parameters and outputs in the order they need', () => {
  const application = resolveFixture({ 'template.yaml': ROOT, 'first.yaml': FIRST, 'second.yaml': CHILD });

  const topic = 'arn:aws:sns:ap-northeast-2:000000000000:app-First-Topic';
  expect(application.outputs).toEqual({ Topic: topic });
  expect(application.functions[0]).toMatchObject({
    logicalId: 'DoFunction',
    template: 'second.yaml',
    name: 'app-Second-DoFunction',
    arn: 'arn:aws:lambda:ap-northeast-2:000000000000:function:app-Second-DoFunction',
    roleArn: 'arn:aws:iam::000000000000:role/app-Second-DoFunctionRole',
    accessKeyId: 'LOCALKEYDOFUNCTION',
    handler: 'handler.handler',
    environment: { PEER: topic, TABLE: 'app-Second-Table' },
    buildProperties: { Minify: true },
    timeoutSeconds: 3,
    memoryMegabytes: 128,
  });
  expect(application.functions[0]?.entryPoint).toMatch(/\/src\/do\/handler\.ts$/);
  expect(application.buckets).toEqual([{ logicalId: 'Bucket', name: 'app-second-bucket' }]);
  expect(application.tables[0]?.input).toEqual({
    TableName: 'app-Second-Table',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  });
});

it('merges what a merge key names under what stands beside it, as SAM does', () => {
  const merging = CHILD.replace('Minify: true }', '<<: *build, Minify: true }').replace(
    'Resources:',
    'Metadata: { Build: &build { Minify: false, Target: es2023, Loader: [&sql .sql=text, *sql] } }\nResources:',
  );
  const { functions } = resolveFixture({ 'template.yaml': ROOT, 'first.yaml': FIRST, 'second.yaml': merging });

  expect(functions[0]?.buildProperties).toEqual({ Target: 'es2023', Loader: ['.sql=text', '.sql=text'], Minify: true });
});

it('keeps what Lambda does with events: its own defaults, or what the template says', () => {
  const told = CHILD.replace('CodeUri: .', '$&\n      EventInvokeConfig: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 120 }');
  const eventsOf = (child: string) =>
    resolveFixture({ 'template.yaml': ROOT, 'first.yaml': FIRST, 'second.yaml': child }).functions[0]?.events;

  expect(eventsOf(CHILD)).toEqual({ retryAttempts: 2, maxAgeSeconds: 21_600 });
  expect(eventsOf(told)).toEqual({ retryAttempts: 0, maxAgeSeconds: 120 });
});

describe('a mistake between templates', () => {
  const files = { 'template.yaml': ROOT, 'first.yaml': FIRST, 'second.yaml': CHILD };

  it.each([
    [
      'an output the child does not have',
      { 'first.yaml': FIRST.replace('TopicArn', 'Arn') },
      'template.yaml: Second: asks for First.Outputs.TopicArn, which AWS::Serverless::Application does not have: it has Outputs.Arn',
    ],
    [
      'a parameter the child does not declare',
      { 'template.yaml': ROOT.replace('Peer:', 'Pear:') },
      'second.yaml: Parameters: does not declare Pear; it declares Peer, Size',
    ],
    [
      'a parameter that is not given',
      { 'template.yaml': ROOT.replace(/, Parameters:.*\}/, '}') },
      'second.yaml: Parameters.Peer: has no value and no default',
    ],
    [
      'a circle',
      { 'template.yaml': ROOT.replace('first.yaml }', 'first.yaml, Parameters: { X: !Ref Second } }') },
      'template.yaml: Second: depends on itself: Second -> First -> Second',
    ],
    ['a missing file', { 'template.yaml': ROOT.replace('first.yaml', 'none.yaml') }, 'none.yaml: file: cannot be read as YAML'],
    [
      'an unknown type',
      { 'first.yaml': FIRST.replace('SNS::Topic', 'SNS::Tropic') },
      'first.yaml: Topic: the local run does not know the resource type AWS::SNS::Tropic',
    ],
    [
      'a missing entry point',
      { 'second.yaml': CHILD.replace('src/do/', 'src/done/') },
      'second.yaml: DoFunction: its entry point src/done/handler.ts does not exist',
    ],
    [
      'a second function of the same name',
      { 'first.yaml': `${CHILD.replace('Type: String }', 'Type: String, Default: p }')}\nOutputs: { TopicArn: { Value: x } }` },
      'second.yaml: DoFunction: AWS::Serverless::Function DoFunction is already declared in first.yaml',
    ],
  ])('%s is named', (_what, changed, message) => {
    expect(() => resolveFixture({ ...files, ...changed })).toThrow(message);
  });

  it('a parameter given to no template is named', () => {
    expect(() => resolveFixture(files, { parameters: { Sise: '1' } })).toThrow('template.yaml: Parameters: does not declare Sise');
    expect(() => resolveFixture(files, { parameters: { 'Third/Size': '1' } })).toThrow(
      'Third/Size was given, but Third is no nested application',
    );
    expect(() => resolveFixture(files, { parameters: { 'Second/Peer': '1' } })).toThrow(
      'Peer was given for it, but this template passes it already',
    );
  });

  it('a parameter of a nested application can be set by its path', () => {
    const second = CHILD.replace('{ PEER:', '{ SIZE: !Ref Size, PEER:');
    const application = resolveFixture({ ...files, 'second.yaml': second }, { parameters: { 'Second/Size': '9' } });

    expect(application.functions[0]?.environment['SIZE']).toBe('9');
  });
});

it('merges Globals as SAM does', () => {
  const globals = 'Globals: { Function: { Timeout: 20, Environment: { Variables: { A: one, B: !Ref "AWS::Region" } } } }';
  const application = resolveFixture({ 'template.yaml': functionTemplate('{ A: two }', globals) });

  expect(application.functions[0]).toMatchObject({ timeoutSeconds: 20, environment: { A: 'two', B: 'ap-northeast-2' } });
});

describe('a secret of the templates', () => {
  const secret = `
  Key:
    Type: AWS::SecretsManager::Secret
    Properties: { GenerateSecretString: { SecretStringTemplate: '{"user":"u"}', GenerateStringKey: key, PasswordLength: 40 } }
`;
  const template = functionTemplate('{ KEY: !Sub "{{resolve:secretsmanager:${Key}:SecretString:key}}" }') + secret;

  it('is generated, and found by its ARN', () => {
    const application = resolveFixture({ 'template.yaml': template }, { generatedSecret: (name) => `made-for-${name}` });

    expect(application.functions[0]?.environment['KEY']).toBe('made-for-app-Key');
    expect(application.secrets).toEqual([
      {
        logicalId: 'Key',
        name: 'app-Key',
        arn: 'arn:aws:secretsmanager:ap-northeast-2:000000000000:secret:app-Key-LOCAL0',
        secretString: '{"user":"u","key":"made-for-app-Key"}',
      },
    ]);
  });

  it('is random when nobody keeps it', () => {
    const [one, two] = [resolveFixture({ 'template.yaml': template }), resolveFixture({ 'template.yaml': template })];

    expect(one.functions[0]?.environment['KEY']).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(one.functions[0]?.environment['KEY']).not.toBe(two.functions[0]?.environment['KEY']);
  });

  it('may not leave by an output', () => {
    const leaking = `${template}Outputs: { Key: { Value: !Sub "{{resolve:secretsmanager:\${Key}:SecretString:key}}" } }`;

    expect(() => resolveFixture({ 'template.yaml': leaking })).toThrow('Outputs.Key: an output may not hold a secret');
  });
});

describe('custom resources', () => {
  const custom = (name: string, dependsOn: string) =>
    `  ${name}: { Type: 'Custom::${name}', DependsOn: [${dependsOn}], Properties: { ServiceToken: !GetAtt DoFunction.Arn, Bucket: !Ref Bucket } }\n`;

  it('come in the order of DependsOn, with what CloudFormation would send', () => {
    const template = functionTemplate('{}') + custom('Later', 'Earlier') + custom('Earlier', 'Table');
    const { customResources, functions } = resolveFixture({ 'template.yaml': template });

    expect(customResources.map((resource) => resource.logicalId)).toEqual(['Earlier', 'Later']);
    expect(customResources[0]).toMatchObject({ functionArn: functions[0]?.arn, properties: { Bucket: 'app-bucket' } });
  });

  it('cannot be asked for what their function has not said yet', () => {
    const template = functionTemplate('{}') + custom('One', 'Table') + custom('Two', 'One').replace('!Ref Bucket', '!GetAtt One.Path');

    expect(() => resolveFixture({ 'template.yaml': template })).toThrow(
      'Two: asks for One.Path, which Custom::One does not have: its function has not run',
    );
  });

  it('must depend on something that is there', () => {
    expect(() => resolveFixture({ 'template.yaml': functionTemplate('{}') + custom('One', 'None') })).toThrow('One: DependsOn names None');
  });
});
