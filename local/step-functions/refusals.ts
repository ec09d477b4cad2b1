import aslValidator from 'asl-validator';
import { allStates, innerMachines, isMachine, isRecord, type Definition, type PlacedState } from './definition.ts';
import { unsupportedFields } from './supported-fields.ts';

/**
 * Everything in a machine that the laptop run would do differently from AWS without saying so, one sentence each; empty when it
 * may run. The runner's faults were found by trying aws-local-stepfunctions 3.0.0.
 * @param isKnownResource whether a Task's Resource has a stand-in here: the runner would call AWS for one that has not.
 */
export function refusals(machine: Definition, isKnownResource: (resource: string) => boolean): string[] {
  if (!isMachine(machine)) return ['It has no States'];
  const placed = allStates(machine);
  const own = [
    ...machineRefusals('The state machine', machine),
    ...duplicates(placed),
    ...placed.flatMap((each) => stateRefusals(each, isKnownResource).map((sentence) => `State ${each.name} ${sentence}`)),
  ];
  return own.length > 0 ? own : invalidities(machine);
}

/** What AWS would refuse, too. */
function invalidities(machine: Definition): string[] {
  // The validator writes defaults into what it checks.
  const { isValid, errorsText } = aslValidator(structuredClone(machine), { checkArn: false, checkPaths: true });
  return isValid ? [] : [errorsText('; ')];
}

function machineRefusals(what: string, machine: Definition): string[] {
  return [
    ...unsupportedFields.ofMachine(machine).map((field) => `${what} has the field ${field}`),
    ...language(machine).map((why) => `${what} ${why}`),
  ];
}

function duplicates(placed: readonly PlacedState[]): string[] {
  const names = placed.map(({ name }) => name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => `State ${name} exists twice`);
}

function stateRefusals({ name, state, containers }: PlacedState, isKnownResource: (resource: string) => boolean): string[] {
  const common = [
    ...unsupportedFields.ofState(state.Type, state).map((field) => `has the field ${field}`),
    ...language(state),
    ...list(state['Retry']).flatMap((retrier) => unsupportedFields.ofRetrier(retrier).map((field) => `has ${field} in Retry`)),
    ...list(state['Catch']).flatMap((catcher) => unsupportedFields.ofCatcher(catcher).map((field) => `has ${field} in Catch`)),
    ...[state, ...list(state['Catch'])].flatMap(({ ResultPath }) => (ResultPath === '$' ? ['has ResultPath "$": leave it out'] : [])),
    ...contextPaths(state),
    ...indefinitePaths(state),
  ];
  switch (state.Type) {
    case 'Task':
      return [...common, ...taskRefusals(state, containers, isKnownResource)];
    case 'Pass':
      return 'Result' in state && !state['Result'] ? [...common, 'has an empty Result, which would be ignored'] : common;
    case 'Map':
    case 'Parallel':
      return [...common, ...innerMachines(state).flatMap((inner) => [...machineRefusals(`inside ${name}`, inner), ...mode(inner)])];
    case 'Choice':
      return [...common, ...wildcards(state['Choices'])];
    case 'Fail':
      return [
        ...common,
        ...['ErrorPath', 'CausePath']
          .filter((field) => String(state[field]).startsWith('States.'))
          .map((field) => `calls a function in ${field}`),
      ];
    default:
      return common;
  }
}

function taskRefusals(
  state: PlacedState['state'],
  containers: PlacedState['containers'],
  isKnownResource: (resource: string) => boolean,
): string[] {
  const resource = String(state['Resource']);
  const catchesAll = list(state['Catch']).some(({ ErrorEquals }) => Array.isArray(ErrorEquals) && ErrorEquals.includes('States.ALL'));
  const map = containers.find((container) => container.state.Type === 'Map');
  return [
    ...(isKnownResource(resource) ? [] : [`uses ${resource}, which has no stand-in`]),
    ...(state['TimeoutSeconds'] === undefined ? ['has no TimeoutSeconds'] : []),
    ...(map && !catchesAll
      ? [`is inside the Map ${map.name} and does not catch States.ALL: items still in line would start after a failure`]
      : []),
    ...(resource.includes(':aws-sdk:') && isRecord(state['Parameters'])
      ? Object.keys(state['Parameters'])
          .filter((key) => !/^[A-Z]/.test(key))
          .map((key) => `has the parameter ${key}: SDK parameters are PascalCase`)
      : []),
  ];
}

function language({ QueryLanguage }: Readonly<Record<string, unknown>>): string[] {
  return QueryLanguage === undefined || QueryLanguage === 'JSONPath' ? [] : [`has QueryLanguage ${JSON.stringify(QueryLanguage)}`];
}

function mode({ ProcessorConfig }: Definition): string[] {
  return isRecord(ProcessorConfig) && ProcessorConfig['Mode'] !== 'INLINE' ? [`has the mode ${String(ProcessorConfig['Mode'])}`] : [];
}

/** `$$.State`, `$$.Task` and a bare `$$` do not exist here; `$$.Map` only where the Map makes its items. */
function contextPaths(state: PlacedState['state']): string[] {
  const isItems = (field: string) => state.Type === 'Map' && ['ItemSelector', 'Parameters'].includes(field);
  const own = Object.entries(state).filter(([field]) => !['ItemProcessor', 'Iterator', 'Branches'].includes(field));
  const paths = own.flatMap(([field, value]) =>
    (JSON.stringify(value).match(/\$\$[.\w]*/g) ?? []).filter((path) => !(isItems(field) && path.startsWith('$$.Map.'))),
  );
  return [...new Set(paths)].filter((path) => !/^\$\$\.(Execution|StateMachine)\./.test(path)).map((path) => `reads ${path}`);
}

/** Where such a path finds nothing, AWS gives an empty list and the runner fails. */
function indefinitePaths(state: PlacedState['state']): string[] {
  const texts = Object.entries(state).flatMap(([field, value]) =>
    ['ItemProcessor', 'Iterator', 'Branches', 'Comment'].includes(field) ? [] : (JSON.stringify(value).match(/\$\$?[.[][^"',)\s]*/g) ?? []),
  );
  return texts.filter((path) => /\*|\.\.|\?|\[-?\d*:|,/.test(path)).map((path) => `reads ${path}, which may find nothing`);
}

/** The runner takes more characters for wildcards than AWS does. */
function wildcards(choices: unknown): string[] {
  const patterns = JSON.stringify(choices).matchAll(/"StringMatches":"((?:[^"\\]|\\.)*)"/g);
  return [...patterns]
    .map(([, pattern]) => pattern ?? '')
    .filter((pattern) => /[?[\]{}()|!@+\\]/.test(pattern))
    .map((pattern) => `matches the pattern ${pattern}`);
}

function list(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
