import { existsSync } from 'node:fs';
import { parse, resolve } from 'node:path';
import type { DeployedFunction } from './application.ts';
import {
  type Created,
  type Creation,
  localAccessKey,
  mapProperty,
  optionalText,
  physicalName,
  positiveNumber,
  requiredText,
  roleOf,
} from './creation.ts';
import { type PlainMap, asText, kindOf } from './plain-values.ts';
import { templateError } from './template-error.ts';

/** Lambda's own limits, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_TIMEOUT_SECONDS = 900;

/** @throws TemplateError when the function could not be bundled or invoked as described. */
export function createFunction(creation: Creation): Created<DeployedFunction> {
  const { logicalId, place, account, metadata } = creation;
  const name = physicalName(creation, 'FunctionName');
  const arn = `arn:aws:lambda:${account.region}:${account.accountId}:function:${name}`;
  const role = roleOf(creation);
  const { EntryPoints: entryPoints, ...buildProperties } = buildPropertiesOf(creation, metadata);
  const timeoutSeconds = positiveNumber(creation, 'Timeout', 3);
  if (timeoutSeconds > MAX_TIMEOUT_SECONDS)
    throw templateError(place, `Timeout ${timeoutSeconds} is above Lambda's ${MAX_TIMEOUT_SECONDS} s`);
  const deployed: DeployedFunction = {
    logicalId,
    template: place.template,
    name,
    arn,
    roleArn: role.arn,
    accessKeyId: localAccessKey(logicalId),
    handler: requiredText(creation, 'Handler'),
    entryPoint: entryPointOf(creation, entryPoints),
    buildProperties,
    environment: environmentOf(creation),
    timeoutSeconds,
    memoryMegabytes: positiveNumber(creation, 'MemorySize', 128),
    events: eventsOf(creation),
  };
  return {
    answers: { type: creation.type, ref: name, attributes: { Arn: arn } },
    deployed,
    implicit: { ...role.implicit, ...publishedVersion(creation, arn) },
  };
}

/** What SAM publishes for AutoPublishAlias: `!Ref <LogicalId>.Version`. The laptop has one version, made anew by each start. */
function publishedVersion(creation: Creation, arn: string): Created<DeployedFunction>['implicit'] {
  if (optionalText(creation, 'AutoPublishAlias') === undefined) return {};
  return { [`${creation.logicalId}.Version`]: { type: 'AWS::Lambda::Version', ref: `${arn}:1`, attributes: { Version: '1' } } };
}

function buildPropertiesOf(creation: Creation, metadata: PlainMap): PlainMap {
  const { place } = creation;
  const runtime = optionalText(creation, 'Runtime') ?? 'none';
  if (!runtime.startsWith('nodejs')) throw templateError(place, `the local run knows Node runtimes only, not ${runtime}`);
  if (metadata['BuildMethod'] !== 'esbuild') throw templateError(place, 'Metadata.BuildMethod must be esbuild');
  return mapProperty(metadata, 'BuildProperties', place);
}

function entryPointOf(creation: Creation, entryPoints: unknown): string {
  const { place, folder } = creation;
  const entry: unknown = Array.isArray(entryPoints) && entryPoints.length === 1 ? entryPoints[0] : undefined;
  if (typeof entry !== 'string') throw templateError(place, 'Metadata.BuildProperties.EntryPoints must hold exactly one path');
  const path = resolve(folder, requiredText(creation, 'CodeUri'), entry);
  if (!existsSync(path)) throw templateError(place, `its entry point ${entry} does not exist below CodeUri`);
  const handler = requiredText(creation, 'Handler');
  if (parse(handler).name !== parse(path).name) throw templateError(place, `Handler ${handler} is not in the bundle of ${entry}`);
  return path;
}

/** Lambda's own defaults: two more attempts, six hours. */
function eventsOf(creation: Creation): DeployedFunction['events'] {
  const config = mapProperty(creation.properties, 'EventInvokeConfig', creation.place);
  const number = (name: string, fallback: number) => {
    const value = Number(asText(config[name]) ?? fallback);
    if (Number.isInteger(value) && value >= 0) return value;
    throw templateError(creation.place, `EventInvokeConfig.${name} must be a whole number`);
  };
  return { retryAttempts: number('MaximumRetryAttempts', 2), maxAgeSeconds: number('MaximumEventAgeInSeconds', 21_600) };
}

function environmentOf(creation: Creation): Record<string, string> {
  const { place, properties } = creation;
  const variables = mapProperty(mapProperty(properties, 'Environment', place), 'Variables', place);
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      const text = asText(value);
      if (text === undefined) throw templateError(place, `environment variable ${name} must be a text, not ${kindOf(value)}`);
      return [name, text];
    }),
  );
}
