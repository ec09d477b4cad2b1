import { functionTemplate, resolveFixture } from './fixture-stack.ts';

const SECTIONS = `
Parameters:
  Name: { Type: String, Default: hot }
  Names: { Type: CommaDelimitedList, Default: 'a, b' }
  Empty: { Type: String, Default: '' }
Mappings: { Sizes: { ap-northeast-2: { small: 4 } } }
Conditions:
  HasName: !Not [!Equals [!Ref Empty, '']]
  Either: !Or [!Condition HasName, !Equals [!Ref Name, hot]]
  Both: !And [!Condition HasName, !Condition Either]
`;

/** What the function's variable X becomes. */
function valueOf(expression: string): string | undefined {
  return resolveFixture({ 'template.yaml': functionTemplate(`{ X: ${expression} }`, SECTIONS) }).functions[0]?.environment['X'];
}

it.each([
  ['!Ref Name', 'hot'],
  ['!Ref Bucket', 'app-bucket'],
  ['!Ref Table', 'app-Table'],
  ['!GetAtt Bucket.Arn', 'arn:aws:s3:::app-bucket'],
  ['{ "Fn::GetAtt": [Table, Arn] }', 'arn:aws:dynamodb:ap-northeast-2:000000000000:table/app-Table'],
  ['!Sub "${AWS::StackName}/${Name}/${Bucket.Arn}"', 'app/hot/arn:aws:s3:::app-bucket'],
  ['!Sub ["${v}-${!Literal}-${Name}", { v: !Ref Bucket }]', 'app-bucket-${Literal}-hot'],
  ['!Join ["-", !Ref Names]', 'a-b'],
  ['!Join ["-", [x, !Ref "AWS::Region", 7]]', 'x-ap-northeast-2-7'],
  ['!Select [1, !Split ["/", "a/b"]]', 'b'],
  ['!Select [0, !GetAZs ""]', 'ap-northeast-2a'],
  ['!FindInMap [Sizes, !Ref "AWS::Region", small]', '4'],
  ['!If [HasName, yes, no]', 'no'],
  ['!If [Either, !Sub "${AWS::AccountId}", no]', '000000000000'],
  ['!If [Both, yes, no]', 'no'],
  ['!If [HasName, x, !Ref "AWS::NoValue"]', undefined],
  ['true', 'true'],
  ['!Sub "{{resolve:secretsmanager:app/one:SecretString:url}}"', 'https://hooks.invalid/x'],
])('resolves %s', (expression, expected) => {
  expect(valueOf(expression)).toBe(expected);
});

it.each([
  ['!Ref Nothing', /template\.yaml: DoFunction: refers to Nothing, which is neither a parameter nor a resource/],
  ['!Sub "${Nothing}"', /DoFunction: refers to Nothing/],
  ['!GetAtt Nothing.Arn', /asks for Nothing\.Arn/],
  ['!GetAtt Bucket.Size', /asks for Bucket\.Size, which AWS::S3::Bucket does not have: it has Arn, DomainName/],
  ['!If [Unknown, a, b]', /condition Unknown, which Conditions does not hold/],
  ['!ImportValue x', /does not know the intrinsic Fn::ImportValue/],
  ['!FindInMap [Sizes, us-east-1, small]', /finds nothing at Sizes\.us-east-1\.small/],
  ['!Select [9, [a]]', /asks for item 9 of 1/],
  ['!Sub "${Names}"', /Fn::Sub \$\{Names\} needs a text, not a list/],
  ['[a]', /environment variable X must be a text, not a list/],
  [
    '"{{resolve:secretsmanager:app/two:SecretString:url}}"',
    /DoFunction: key url of secret "app\/two" was not resolved: there is no such secret/,
  ],
  ['"{{resolve:ssm:/x}}"', /does not know the dynamic reference \{\{resolve:ssm:\/x\}\}/],
])('refuses %s and names it', (expression, message) => {
  expect(() => valueOf(expression)).toThrow(message);
});

it('refuses conditions that ask for each other', () => {
  const template = functionTemplate('{}', 'Conditions: { A: !Condition B, B: !Not [!Condition A] }');

  expect(() => resolveFixture({ 'template.yaml': template })).toThrow(
    /Conditions\.B: conditions ask for each other in a circle: A -> B -> A/,
  );
});

it('says which condition keeps a resource from being there', () => {
  const sections = SECTIONS.replace('Conditions:', 'Conditions:\n  Never: !Equals [a, b]');
  const template = functionTemplate('{ X: !Ref Extra }', sections).concat('  Extra: { Type: AWS::SNS::Topic, Condition: Never }\n');

  expect(() => resolveFixture({ 'template.yaml': template })).toThrow(
    /refers to Extra, which is not created because condition Never is false/,
  );
});
