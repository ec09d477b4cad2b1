import type { Inventory, Resource } from './inventory.ts';

/** What of the templates moves the bill. */
export interface Settings {
  /** Megabytes by function. */
  readonly memory: Readonly<Record<string, number>>;
  /** Seconds by function. */
  readonly timeout: Readonly<Record<string, number>>;
  /** Functions at once in each of the two phases. */
  readonly maxConcurrency: number;
  readonly instanceType: string;
  readonly idleMinutes: number;
  /** Redshift Processing Units that a query begins with. */
  readonly baseCapacity: number;
  /** Redshift Processing Units at most, and their hours that a day may use. */
  readonly maxCapacity: number;
  readonly rpuHoursADay: number;
  /** Pages that Plan lets a run read, and that a search follows. */
  readonly requestBudget: number;
  readonly boardPages: number;
  readonly traces: boolean;
  /** Metrics of our own, one a filter of a log group. */
  readonly metrics: number;
  /** Days after which S3 deletes what lies below a prefix of the data bucket. */
  readonly keptDays: Readonly<Record<string, number>>;
  /** Days that log lines are kept, of the log group that keeps them longest. */
  readonly logDays: number;
  readonly definition: Readonly<Record<string, unknown>>;
}

/** @throws Error naming what the templates do not hold any more. */
export function settingsOf({ application, resources }: Inventory): Settings {
  const functions = application.functions;
  const environmentOf = (name: string) => functions.find(({ logicalId }) => logicalId === name)?.environment;
  const machine = application.stateMachines[0];
  if (!machine) throw new Error('The templates have no state machine; local/cost/settings.ts reads it');
  const workgroup = one(resources, 'AWS::RedshiftServerless::Workgroup');
  const tracing = one(resources, 'AWS::StepFunctions::StateMachine').properties['Tracing'] as { Enabled?: unknown } | undefined;
  return {
    memory: Object.fromEntries(functions.map(({ logicalId, memoryMegabytes }) => [logicalId, memoryMegabytes])),
    timeout: Object.fromEntries(functions.map(({ logicalId, timeoutSeconds }) => [logicalId, timeoutSeconds])),
    maxConcurrency: numberIn(environmentOf('StartFunction'), 'MAX_CONCURRENCY', 'StartFunction'),
    instanceType: textIn(environmentOf('EnsureClusterFunction'), 'INSTANCE_TYPE', 'EnsureClusterFunction'),
    idleMinutes: numberIn(environmentOf('EnsureClusterFunction'), 'IDLE_MINUTES', 'EnsureClusterFunction'),
    baseCapacity: numberIn(workgroup.properties, 'BaseCapacity', 'Workgroup'),
    maxCapacity: numberIn(workgroup.properties, 'MaxCapacity', 'Workgroup'),
    rpuHoursADay: numberIn(environmentOf('MigrateFunction'), 'RPU_HOURS_A_DAY', 'MigrateFunction'),
    requestBudget: numberIn(environmentOf('PlanFunction'), 'RUN_REQUEST_BUDGET', 'PlanFunction'),
    boardPages: numberIn(environmentOf('SearchFunction'), 'BOARD_PAGES', 'SearchFunction'),
    traces: String(tracing?.Enabled) === 'true',
    metrics: ofType(resources, 'AWS::Logs::MetricFilter').length,
    keptDays: keptDaysOf(resources),
    logDays: Math.max(0, ...ofType(resources, 'AWS::Logs::LogGroup').map(({ properties }) => Number(properties['RetentionInDays'] ?? 0))),
    definition: machine.definition,
  };
}

function ofType(resources: readonly Resource[], type: string): Resource[] {
  return resources.filter((resource) => resource.type === type);
}

function one(resources: readonly Resource[], type: string): Resource {
  const found = ofType(resources, type);
  if (found.length === 1 && found[0]) return found[0];
  throw new Error(`The templates have ${found.length} resources of type ${type}; local/cost/settings.ts expects one`);
}

function textIn(values: Readonly<Record<string, unknown>> | undefined, name: string, where: string): string {
  const value = values?.[name];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error(`${where} has no ${name} in the templates; local/cost/settings.ts reads it`);
}

function numberIn(values: Readonly<Record<string, unknown>> | undefined, name: string, where: string): number {
  const number = Number(textIn(values, name, where));
  if (Number.isFinite(number)) return number;
  throw new Error(`${name} of ${where} is no number`);
}

interface LifecycleRule {
  readonly Status: string;
  readonly Prefix?: string;
  readonly ExpirationInDays?: number | string;
}

function keptDaysOf(resources: readonly Resource[]): Record<string, number> {
  const bucket = resources.find(({ type, logicalId }) => type === 'AWS::S3::Bucket' && logicalId === 'DataBucket');
  const lifecycle = bucket?.properties['LifecycleConfiguration'] as { Rules?: readonly LifecycleRule[] } | undefined;
  const rules = (lifecycle?.Rules ?? []).filter(({ Status, ExpirationInDays }) => Status === 'Enabled' && ExpirationInDays !== undefined);
  return Object.fromEntries(rules.map(({ Prefix = '', ExpirationInDays }) => [Prefix, Number(ExpirationInDays)]));
}
