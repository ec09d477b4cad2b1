import { dirname, resolve } from 'node:path';
import type { DeployedApplication } from '../template/application.ts';
import type { Creation } from '../template/creation.ts';
import { Deployment } from '../template/deployment.ts';
import { isMap } from '../template/plain-values.ts';
import { resolveStack } from '../template/resolve-stack.ts';
import { ACCOUNT, REGION } from '../run/account.ts';

/** A resource that the templates would create, SAM's own included. */
export interface Resource {
  /** `extract/template.yaml` */
  readonly template: string;
  readonly logicalId: string;
  /** As CloudFormation calls it after SAM has written it out. */
  readonly type: string;
  /** As the template gives them, references filled in; of what SAM adds, none. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Role {
  readonly template: string;
  readonly name: string;
  /** Services that may take it. */
  readonly takenBy: readonly string[];
}

export interface Inventory {
  readonly application: DeployedApplication;
  readonly resources: readonly Resource[];
  readonly roles: readonly Role[];
}

const WRITTEN_OUT: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
};
const TAKEN_BY: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'lambda.amazonaws.com',
  'AWS::StepFunctions::StateMachine': 'states.amazonaws.com',
};

/** Keeps what every stack creates, the types too that the laptop run only answers for. */
class RecordingDeployment extends Deployment {
  readonly creations: Creation[] = [];

  override create(creation: Creation): ReturnType<Deployment['create']> {
    this.creations.push(creation);
    return super.create(creation);
  }
}

/**
 * What the application consists of with these values of the root template's parameters.
 * @throws TemplateError when the templates could not be deployed.
 */
export function takeInventory(rootTemplate: string, parameters: Readonly<Record<string, string>> = {}): Inventory {
  const templatePath = resolve(rootTemplate);
  // Which secret it is makes no difference to the bill.
  const deployment = new RecordingDeployment(() => 'a-secret-of-the-account', undefined);
  const outputs = resolveStack(
    {
      templatePath,
      repository: dirname(templatePath),
      stackName: 'hotpost',
      parameters: { CrawlerContact: 'https://example.com/contact', ...parameters },
      account: { region: REGION, accountId: ACCOUNT },
    },
    deployment,
  );
  const resources = deployment.creations.flatMap(resourcesOf);
  return { application: deployment.application(outputs), resources, roles: rolesOf(resources) };
}

/** How many there are by type, by the name of the type. */
export function countByType(resources: readonly Resource[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  return new Map([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The resource and what SAM makes beside it: roles, schedules with their role, settings of asynchronous invocation, published versions. */
function resourcesOf({ place, logicalId, type, properties }: Creation): Resource[] {
  const added = (suffix: string, what: string, its: Readonly<Record<string, unknown>> = {}): Resource => ({
    template: place.template,
    logicalId: `${logicalId}${suffix}`,
    type: what,
    properties: its,
  });
  const writtenOut = WRITTEN_OUT[type] ?? type;
  const own: Resource = { template: place.template, logicalId, type: writtenOut, properties };
  const takenBy = TAKEN_BY[writtenOut];
  if (takenBy === undefined) return [own];

  const beside = properties['Role'] === undefined ? [added('Role', 'AWS::IAM::Role', samRole(takenBy))] : [];
  if (properties['EventInvokeConfig'] !== undefined) beside.push(added('EventInvokeConfig', 'AWS::Lambda::EventInvokeConfig'));
  if (properties['AutoPublishAlias'] !== undefined)
    beside.push(added('Version', 'AWS::Lambda::Version'), added('Alias', 'AWS::Lambda::Alias'));
  for (const [event, source] of Object.entries(isMap(properties['Events']) ? properties['Events'] : {})) {
    if (!isMap(source) || source['Type'] !== 'ScheduleV2') continue;
    beside.push(added(event, 'AWS::Scheduler::Schedule'), added(`${event}Role`, 'AWS::IAM::Role', samRole('scheduler.amazonaws.com')));
  }
  return [own, ...beside];
}

function samRole(service: string): Readonly<Record<string, unknown>> {
  return { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: service } }] } };
}

function rolesOf(resources: readonly Resource[]): Role[] {
  return resources
    .filter(({ type }) => type === 'AWS::IAM::Role')
    .map(({ template, logicalId, properties }) => ({
      template,
      name: logicalId,
      takenBy: servicesIn(properties['AssumeRolePolicyDocument']),
    }));
}

function servicesIn(document: unknown): string[] {
  const statements = isMap(document) ? [document['Statement']].flat() : [];
  return statements.flatMap((statement) => {
    const principal = isMap(statement) ? statement['Principal'] : undefined;
    const services = isMap(principal) ? [principal['Service']].flat() : [];
    return services.filter((service) => typeof service === 'string');
  });
}
