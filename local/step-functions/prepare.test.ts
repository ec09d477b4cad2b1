import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from './prepare.ts';
import { lambdaState } from './step-functions-fixture.ts';
import { isKnownResource } from './tasks/task-function.ts';

const prepared = (definition: object) => prepare('pipeline', definition as Record<string, unknown>, { isKnownResource });
const task = (fields: object) => ({ StartAt: 'A', States: { A: { ...lambdaState('a', { End: true }), ...fields } } });
const map = (fields: object, inner: object = {}) => ({
  StartAt: 'M',
  States: {
    M: { Type: 'Map', ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } }, ...inner }, End: true, ...fields },
  },
});

it('accepts the pipeline as it is deployed', () => {
  const text = readFileSync(join(import.meta.dirname, '../../workflow/pipeline.asl.json'), 'utf8');
  const definition = JSON.parse(text.replaceAll(/\$\{(\w+)\}/g, 'the-$1')) as object;

  const { states, definition: runnable } = prepared(definition);

  expect(states.get('Extract')?.containers.map(({ name }) => name)).toEqual(['ExtractAll']);
  expect(JSON.stringify(runnable)).not.toContain('$$.Execution.');
});

it('leaves the definition that it is given unchanged', () => {
  const definition = task({ Parameters: { FunctionName: 'a', 'Payload.$': '$$.Execution.Input' } });
  const before = JSON.stringify(definition);

  prepared(definition);

  expect(JSON.stringify(definition)).toBe(before);
});

it('keeps a time-out within what a timer can wait', () => {
  const { definition } = prepared({ ...task({ TimeoutSeconds: 99_999_999 }), TimeoutSeconds: 31_536_000 });

  expect(definition.TimeoutSeconds).toBe(2_147_483);
  expect(definition.States['A']?.['TimeoutSeconds']).toBe(2_147_483);
});

it.each([
  ['JSONata', { ...task({}), QueryLanguage: 'JSONata' }, /JSONata|QueryLanguage/],
  ['a state in JSONata', task({ QueryLanguage: 'JSONata' }), /A.*QueryLanguage|JSONata/s],
  ['Assign', task({ Assign: { 'x.$': '$' } }), 'State A has the field Assign'],
  ['a heartbeat', task({ HeartbeatSeconds: 5 }), 'State A has the field HeartbeatSeconds'],
  ['credentials', task({ Credentials: { RoleArn: 'arn:aws:iam::000000000000:role/other' } }), 'State A has the field Credentials'],
  ['a task token', task({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }), 'which has no stand-in'],
  [
    'an unknown resource',
    task({ Resource: 'arn:aws:states:::glue:startJobRun.sync' }),
    'State A uses arn:aws:states:::glue:startJobRun.sync',
  ],
  ['an unknown SDK action', task({ Resource: 'arn:aws:states:::aws-sdk:redshiftdata:listTables' }), 'which has no stand-in'],
  [
    'an SDK parameter in camelCase',
    task({ Resource: 'arn:aws:states:::aws-sdk:redshiftdata:describeStatement', Parameters: { 'id.$': '$.id' } }),
    'has the parameter id.$: SDK parameters are PascalCase',
  ],
  ['a Task without a time-out', task({ TimeoutSeconds: undefined }), 'State A has no TimeoutSeconds'],
  ['ResultPath "$"', task({ ResultPath: '$' }), 'State A has ResultPath "$": leave it out'],
  ['a Catch with ResultPath "$"', task({ Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$', Next: 'A' }] }), 'leave it out'],
  ['the state in the context', task({ Parameters: { FunctionName: 'a', 'Payload.$': '$$.State.Name' } }), 'State A reads $$.State.Name'],
  ['the whole context', task({ Parameters: { FunctionName: 'a', 'Payload.$': '$$' } }), 'State A reads $$'],
  [
    'a path that may find nothing',
    task({ Parameters: { FunctionName: 'a', Payload: { 'parts.$': '$.plan.parts[*].part' } } }),
    'State A reads $.plan.parts[*].part, which may find nothing',
  ],
  ['a path into the depth', task({ ResultSelector: { 'ids.$': '$..id' } }), 'State A reads $..id, which may find nothing'],
  [
    'a filter',
    task({ Parameters: { FunctionName: 'a', 'Payload.$': '$.parts[?(@.site==clien)]' } }),
    'State A reads $.parts[?(@.site==clien, which may find nothing',
  ],
  ['an empty Pass.Result', { StartAt: 'P', States: { P: { Type: 'Pass', Result: 0, End: true } } }, 'State P has an empty Result'],
  ['an ItemReader', map({ ItemReader: { Resource: 'arn:aws:states:::s3:getObject' } }), 'State M has the field ItemReader'],
  [
    'a distributed Map',
    map({}, { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } }),
    'State M has the mode DISTRIBUTED',
  ],
  [
    'the item in an inner state',
    map({}, { States: { P: { Type: 'Pass', Parameters: { 'x.$': '$$.Map.Item.Value' }, End: true } } }),
    'State P reads $$.Map.Item.Value',
  ],
  [
    'a task in a Map that does not catch all',
    map({}, { States: { P: lambdaState('p', { Catch: [{ ErrorEquals: ['Other'], Next: 'P' }], End: true }) } }),
    'State P is inside the Map M and does not catch States.ALL',
  ],
  ['two states of one name', map({}, { StartAt: 'M', States: { M: { Type: 'Pass', End: true } } }), /M/],
  [
    'a wildcard that AWS does not know',
    {
      StartAt: 'C',
      States: {
        C: { Type: 'Choice', Choices: [{ Variable: '$.a', StringMatches: 'a?', Next: 'S' }], Default: 'S' },
        S: { Type: 'Succeed' },
      },
    },
    'State C matches the pattern a?',
  ],
  [
    'a function in CausePath',
    { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E', CausePath: "States.Format('{}', $.x)" } } },
    'calls a function in CausePath',
  ],
  [
    'a state that nothing leads to',
    { StartAt: 'S', States: { S: { Type: 'Succeed' }, T: { Type: 'Succeed' } } },
    /State T is not reachable/,
  ],
])('refuses %s', (_what, definition, sentence) => {
  expect(() => prepared(JSON.parse(JSON.stringify(definition)) as object)).toThrow(sentence);
});
