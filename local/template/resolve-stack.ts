import { dirname, resolve } from 'node:path';
import { creationOrder, exists } from './creation-order.ts';
import { evaluateConditions } from './conditions.ts';
import type { Deployment } from './deployment.ts';
import { fillDynamicReferences, holdsDynamicReference } from './dynamic-references.ts';
import { NO_VALUE, resolveValue } from './intrinsics.ts';
import { parameterTexts, parameterValues } from './parameters.ts';
import { type PlainMap, asText, isMap, kindOf, listed } from './plain-values.ts';
import { type Template, type TemplateResource, readTemplate } from './read-template.ts';
import { type Account, type ResourceAnswers, type StackScope, stackArn } from './stack-scope.ts';
import { templateError } from './template-error.ts';

/** A stack to resolve. Parameters whose name holds a slash, `Extract/SiteBaseUrls`, are for a nested application. */
export interface StackRequest {
  readonly templatePath: string;
  readonly repository: string;
  readonly stackName: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly account: Account;
}

type GrowingScope = StackScope & { readonly answers: Map<string, ResourceAnswers> };

const NESTED = 'AWS::Serverless::Application';

/** Creates a stack's resources in order, nested applications included. @returns its outputs. */
export function resolveStack(request: StackRequest, deployment: Deployment): Record<string, string> {
  const template = readTemplate(request.templatePath, request.repository);
  const { own, nested } = splitParameters(request.parameters, template);
  const scope = scopeOf(template, own, request);
  for (const resource of creationOrder(scope)) {
    const place = { template: template.name, subject: resource.logicalId };
    const resolved = resolveValue(resource.properties, scope, place);
    const properties = fillDynamicReferences(isMap(resolved) ? resolved : {}, deployment.secretValue, place) as PlainMap;
    if (resource.type === NESTED) {
      const overrides = nested.get(resource.logicalId) ?? {};
      scope.answers.set(resource.logicalId, nestedAnswers(resource, properties, overrides, request, template, deployment));
      continue;
    }
    const { logicalId, type, metadata } = resource;
    const { stackName, account } = request;
    const created = deployment.create({ place, logicalId, type, properties, metadata, folder: template.folder, stackName, account });
    scope.answers.set(logicalId, created.answers);
    for (const [id, answers] of Object.entries(created.implicit ?? {})) if (!template.resources.has(id)) scope.answers.set(id, answers);
  }
  return outputsOf(scope);
}

function scopeOf(template: Template, own: Readonly<Record<string, string>>, { stackName, account }: StackRequest): GrowingScope {
  const parameters = parameterValues(template, own);
  const bare: GrowingScope = { template, stackName, account, parameters, conditions: new Map(), answers: new Map() };
  return { ...bare, conditions: evaluateConditions(bare) };
}

function splitParameters(parameters: Readonly<Record<string, string>>, template: Template) {
  const own: Record<string, string> = {};
  const nested = new Map<string, Record<string, string>>();
  for (const [name, value] of Object.entries(parameters)) {
    const slash = name.indexOf('/');
    if (slash < 0) {
      own[name] = value;
      continue;
    }
    const child = name.slice(0, slash);
    if (template.resources.get(child)?.type !== NESTED) {
      throw templateError({ template: template.name, subject: 'Parameters' }, `${name} was given, but ${child} is no nested application`);
    }
    nested.set(child, { ...nested.get(child), [name.slice(slash + 1)]: value });
  }
  return { own, nested };
}

function nestedAnswers(
  { logicalId, type }: TemplateResource,
  properties: PlainMap,
  overrides: Readonly<Record<string, string>>,
  parent: StackRequest,
  template: Template,
  deployment: Deployment,
): ResourceAnswers {
  const place = { template: template.name, subject: logicalId };
  const location = properties['Location'];
  if (typeof location !== 'string' || /^[a-z]+:/.test(location)) throw templateError(place, 'Location must be the path of a template');
  const passed = parameterTexts(isMap(properties['Parameters']) ? properties['Parameters'] : {}, place);
  const twice = Object.keys(overrides).filter((name) => Object.hasOwn(passed, name));
  if (twice.length > 0) throw templateError(place, `${listed(twice)} was given for it, but this template passes it already`);

  const stackName = `${parent.stackName}-${logicalId}`;
  const templatePath = resolve(dirname(parent.templatePath), location);
  const { repository, account } = parent;
  const outputs = resolveStack({ templatePath, repository, stackName, account, parameters: { ...passed, ...overrides } }, deployment);
  const attributes = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [`Outputs.${name}`, value]));
  return { type, ref: stackArn(stackName, account), attributes };
}

function outputsOf(scope: StackScope): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [name, output] of Object.entries(scope.template.outputs)) {
    const place = { template: scope.template.name, subject: `Outputs.${name}` };
    const condition = asText(output['Condition']);
    if (!exists({ logicalId: `Outputs.${name}`, condition }, scope)) continue;
    const value = resolveValue(output['Value'], scope, place);
    const text = value === NO_VALUE ? undefined : asText(value);
    if (text === undefined) throw templateError(place, `Value must be a text, not ${value === NO_VALUE ? 'AWS::NoValue' : kindOf(value)}`);
    if (holdsDynamicReference(text)) throw templateError(place, 'an output may not hold a secret: outputs are shown in clear text');
    outputs[name] = text;
  }
  return outputs;
}
