import { readFileSync } from 'node:fs';
import * as emr from '@aws-sdk/client-emr';
import * as redshiftData from '@aws-sdk/client-redshift-data';
import { allStates, isRecord, type Definition, type PlacedState } from '../../local/step-functions/definition.ts';
import { bundledFunctions, type BundledFunctions } from './bundled-functions.ts';
import { deployed } from './repository-templates.ts';

const machine = deployed().stateMachines[0]?.definition as unknown as Definition;

/** Reserved by the Amazon States Language, appendix A, and Step Functions' own. */
const STATES = ['ALL', 'Timeout', 'TaskFailed', 'Permissions', 'Runtime', 'DataLimitExceeded'];
/** What the integration lambda:invoke itself can meet: Step Functions guide, "Handle transient Lambda service exceptions". */
const LAMBDA = [
  'ServiceException',
  'AWSLambdaException',
  'SdkClientException',
  'TooManyRequestsException',
  'ClientExecutionTimeoutException',
  'ResourceNotReadyException',
  'Unknown',
];
/** Errors of the other integrations: what the client declares, what the whole service shares, and the base class of the SDK for Java. */
const SERVICES: Readonly<Record<string, { readonly client: object; readonly shared: readonly string[]; readonly resource: string }>> = {
  RedshiftData: { client: redshiftData, shared: ['RedshiftDataException'], resource: 'redshiftdata' },
  EMR: { client: emr, shared: ['AmazonElasticMapReduceException', 'EmrException'], resource: 'elasticmapreduce' },
};

const named = allStates(machine).flatMap(({ name, state, containers }) =>
  [state['Retry'], state['Catch']]
    .flatMap((rules) => (Array.isArray(rules) ? rules.filter(isRecord) : []))
    .flatMap(({ ErrorEquals }) => (Array.isArray(ErrorEquals) ? ErrorEquals.map(String) : []))
    .map((error) => ({ name, error, state, containers })),
);

let bundles: BundledFunctions;
beforeAll(async () => {
  bundles = await bundledFunctions();
}, 120_000);
afterAll(() => bundles.remove());

it('finds errors of functions and of services', () => {
  expect(named.length).toBeGreaterThan(60);
  expect(named.some(({ error }) => error === 'UnknownSiteError')).toBe(true);
});

it.each(named)('$name can meet $error', ({ name, error, state }) => {
  expect(isRaisable(name, error, state)).toBe(true);
});

it.each([
  ['Search', 'MessageRefusedError'],
  ['Plan', 'NoSuchError'],
  ['Transform', 'EMR.NoSuchException'],
  ['Transform', 'EMR.RunJobFlowCommand'],
  ['Transform', 'EMR.ValidationException'],
  ['Search', 'Lambda.NoSuchException'],
  ['Plan', 'States.NoSuch'],
])('would find that %s can never meet %s', (name, error) => {
  const state = allStates(machine).find((each) => each.name === name)?.state;

  expect(state && isRaisable(name, error, state)).toBe(false);
});

/** Whether a client declares an exception of this name: it exports commands and much else, too. */
function isErrorOf(client: object, name: string): boolean {
  const exported: unknown = (client as Readonly<Record<string, unknown>>)[name];
  return typeof exported === 'function' && exported.prototype instanceof Error;
}

function isRaisable(name: string, error: string, { Resource, HeartbeatSeconds }: PlacedState['state']): boolean {
  const [, service = '', what = ''] = /^(\w+)\.(.+)$/.exec(error) ?? [];
  const isFunction = String(Resource).endsWith(':lambda:invoke');
  if (what === 'HeartbeatTimeout') return HeartbeatSeconds !== undefined;
  if (service === 'States') return STATES.includes(what);
  if (service === 'Lambda') return isFunction && LAMBDA.includes(what);
  if (service !== '') {
    const known = SERVICES[service];
    const isCalled = known !== undefined && String(Resource).includes(`:${known.resource}:`);
    return isCalled && (isErrorOf(known.client, what) || known.shared.includes(what));
  }
  // esbuild leaves out the classes that nobody makes, and keeps the names of the rest.
  return isFunction && readFileSync(bundles.pathOf(`${name}Function`), 'utf8').includes(`"${error}"`);
}
