import { resolveFixture } from './fixture-stack.ts';

const TEMPLATE = `
Resources:
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: machine.asl.json
      DefinitionSubstitutions: { Bucket: !Ref Bucket, Rate: 5 }
  Bucket: { Type: AWS::S3::Bucket }
  Watch: { Type: AWS::Events::Rule, Properties: { RoleArn: !GetAtt MachineRole.Arn, Targets: [{ Arn: !Ref Machine }] } }
Outputs: { Role: { Value: !GetAtt MachineRole.Arn }, Name: { Value: !GetAtt Machine.Name } }
`;
const DEFINITION = '{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Result": "s3://${Bucket}/${Rate}", "End": true } } }';

it('fills the definition in and gives the machine a role and a key of its own', () => {
  const application = resolveFixture({ 'template.yaml': TEMPLATE, 'machine.asl.json': DEFINITION });

  expect(application.stateMachines).toEqual([
    {
      logicalId: 'Machine',
      name: 'app-Machine',
      arn: 'arn:aws:states:ap-northeast-2:000000000000:stateMachine:app-Machine',
      roleArn: 'arn:aws:iam::000000000000:role/app-MachineRole',
      accessKeyId: 'LOCALKEYMACHINE0',
      definition: { StartAt: 'A', States: { A: { Type: 'Pass', Result: 's3://app-bucket/5', End: true } } },
    },
  ]);
  expect(application.outputs).toEqual({ Role: 'arn:aws:iam::000000000000:role/app-MachineRole', Name: 'app-Machine' });
});

it.each([
  [
    'a placeholder without substitution',
    DEFINITION.replace('${Bucket}', '${Basket}'),
    'Machine: machine.asl.json uses ${Basket}, which DefinitionSubstitutions does not give',
  ],
  [
    'a substitution without placeholder',
    DEFINITION.replace('${Rate}', ''),
    'Machine: DefinitionSubstitutions gives Rate, which machine.asl.json does not use',
  ],
  ['a file that is no JSON', `${DEFINITION},`, 'Machine: machine.asl.json is no JSON once its substitutions are filled in'],
])('refuses %s and names it', (_what, definition, message) => {
  expect(() => resolveFixture({ 'template.yaml': TEMPLATE, 'machine.asl.json': definition })).toThrow(message);
});
