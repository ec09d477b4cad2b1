import { functionTemplate, resolveFixture } from './fixture-stack.ts';

function valueOf(declaration: string, given?: string): string | undefined {
  const template = functionTemplate('{ X: !Sub "${P}" }', `Parameters: { P: ${declaration} }`);
  return resolveFixture({ 'template.yaml': template }, { parameters: given === undefined ? {} : { P: given } }).functions[0]?.environment[
    'X'
  ];
}

it.each([
  ['{ Type: String, Default: a }', undefined, 'a'],
  ['{ Type: String, Default: a }', '', ''],
  ['{ Type: Number, Default: 5, MinValue: 1 }', undefined, '5'],
  ['{ Type: String, AllowedValues: ["5", 10] }', '10', '10'],
  ['{ Type: String, AllowedPattern: "[a-z]+" }', 'abc', 'abc'],
])('%s given %s is %s', (declaration, given, expected) => {
  expect(valueOf(declaration, given)).toBe(expected);
});

it.each([
  ['{ Type: String }', undefined, 'template.yaml: Parameters.P: has no value and no default'],
  ['{ Type: String, AllowedValues: [a, b] }', 'c', 'Parameters.P: "c" is not allowed: choose one of a, b'],
  ['{ Type: String, AllowedPattern: "[a-z]+" }', 'abc1', '"abc1" is not allowed: it must match [a-z]+'],
  ['{ Type: String, AllowedPattern: "[a-z]+", ConstraintDescription: small letters }', 'A', 'not allowed: small letters'],
  ['{ Type: String, MinLength: 5 }', 'abc', 'at least 5 characters'],
  ['{ Type: String, MaxLength: 2, NoEcho: true }', 'secret', 'its value (not shown) is not allowed: at most 2 characters'],
  ['{ Type: Number }', 'many', 'it must be a number'],
  ['{ Type: Number, MaxValue: 3 }', '4', 'at most 3'],
  ['{ Type: "AWS::SSM::Parameter::Value<String>" }', '/x', 'does not know parameters of type AWS::SSM'],
])('%s given %s is refused: %s', (declaration, given, message) => {
  expect(() => valueOf(declaration, given)).toThrow(message);
});
