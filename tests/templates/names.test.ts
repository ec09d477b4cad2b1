import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Definition, allStates } from '../../local/step-functions/definition.ts';
import { PLACEHOLDER } from '../../local/template/create-state-machine.ts';
import { REPOSITORY, deployed, functionFolders, repositoryTemplate, repositoryText } from './repository-templates.ts';

/** Functions that somebody else starts: the scheduler, CloudFormation, a person. */
const NO_STATE = ['start', 'migrate', 'grant', 'assets', 'reparse', 'remove-bucket', 'remove-cluster'];
/** The input says by which functions the two phases search and read. */
const BY_INPUT = ['Search', 'Extract'];

const folders = functionFolders();
const machine = JSON.parse(repositoryText('workflow/pipeline.asl.json')) as Definition;
const lambdaStates = allStates(machine).filter(({ state }) => String(state['Resource']).endsWith('lambda:invoke'));

it('every folder with a handler is a function of its stage, and every function has its folder', () => {
  const expected = folders.map(({ stage, name, pascal }) => `${stage}/template.yaml ${pascal}Function ${stage}/src/${name}/handler.ts`);
  const functions = deployed().functions.map(
    ({ template, logicalId, entryPoint }) => `${template} ${logicalId} ${entryPoint.slice(REPOSITORY.length + 1)}`,
  );

  expect(functions.sort()).toEqual(expected.sort());
});

it('every function is a state of its name (Settle and what is sent as an event: one a phase), but those that are started by others', () => {
  const expected = folders.filter(({ name }) => !NO_STATE.includes(name)).map(({ pascal }) => pascal);
  const states = lambdaStates.map(({ name }) => name);

  expect([...new Set(states.map(functionOf))].sort()).toEqual(expected.sort());
  expect(states.filter((name) => name !== functionOf(name)).sort()).toEqual([
    'EnsureClusterAgain',
    'SendExtract',
    'SendSearch',
    'SettleExtract',
    'SettleSearch',
  ]);
});

it.each(lambdaStates.map(({ name, state }) => [name, state] as const))('state %s invokes the function of its name', (name, state) => {
  const named = functionOf(name);
  const expected = BY_INPUT.includes(named) ? `"FunctionName.$":"$.function"` : `"FunctionName":"\${${named}FunctionArn}"`;

  expect(JSON.stringify(state['Parameters'])).toContain(expected);
});

it.each(BY_INPUT)('Send%s sends what state %s gives its function, with whom to tell, as an event', (name) => {
  const parametersOf = (state: string) =>
    lambdaStates.find((each) => each.name === state)?.state['Parameters'] as Record<string, Record<string, unknown>>;
  const called = parametersOf(name);

  expect(parametersOf(`Send${name}`)).toEqual({
    ...called,
    InvocationType: 'Event',
    Payload: { ...called['Payload'], 'completion.$': '$.executionName' },
  });
});

it('every function ARN that the definition gets is the output of that function', () => {
  const passed = repositoryTemplate('template.yaml').resources.get('Workflow')?.properties['Parameters'] as Record<string, unknown>;
  const arns = [...new Set([...JSON.stringify(machine).matchAll(PLACEHOLDER)].map(([, name = '']) => name))].filter((name) =>
    name.endsWith('FunctionArn'),
  );

  expect(arns.length).toBe(new Set(lambdaStates.map(({ name }) => functionOf(name))).size - BY_INPUT.length);
  for (const name of arns) {
    const folder = folders.find(({ pascal }) => `${pascal}FunctionArn` === name);
    const stage = (folder?.stage ?? '').replace(/^./, (letter) => letter.toUpperCase());
    expect([name, passed[name]]).toEqual([name, { 'Fn::GetAtt': [stage, `Outputs.${name}`] }]);
    expect(repositoryTemplate(`${folder?.stage ?? ''}/template.yaml`).outputs[name]?.['Value']).toEqual({
      'Fn::GetAtt': [name.replace(/Arn$/, ''), 'Arn'],
    });
  }
});

it.each(folders)('$stage/src/$name has a sample event', ({ name }) => {
  expect(existsSync(join(REPOSITORY, 'events', `${name}.json`))).toBe(true);
});

/** `SendSearch` → Search, `SettleExtract` → Settle, `EnsureClusterAgain` → EnsureCluster, `Plan` → Plan. */
function functionOf(state: string): string {
  return state
    .replace(/^Send/, '')
    .replace(/Again$/, '')
    .replace(/^(Settle).+/, '$1');
}
