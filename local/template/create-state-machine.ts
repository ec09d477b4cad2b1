import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { DeployedStateMachine } from './application.ts';
import { type Created, type Creation, localAccessKey, mapProperty, physicalName, requiredText, roleOf } from './creation.ts';
import { asText, isMap, kindOf, listed } from './plain-values.ts';
import { templateError } from './template-error.ts';

/** Where a definition file wants a substitution. */
export const PLACEHOLDER = /\$\{([A-Za-z0-9_]+)\}/g;

/** @throws TemplateError when the file is no JSON, or its placeholders are not exactly the substitutions. */
export function createStateMachine(creation: Creation): Created<DeployedStateMachine> {
  const { logicalId, account, type } = creation;
  const name = physicalName(creation, 'Name');
  const arn = `arn:aws:states:${account.region}:${account.accountId}:stateMachine:${name}`;
  const role = roleOf(creation);
  const deployed: DeployedStateMachine = {
    logicalId,
    name,
    arn,
    roleArn: role.arn,
    accessKeyId: localAccessKey(logicalId),
    definition: definitionOf(creation),
  };
  return { answers: { type, ref: arn, attributes: { Arn: arn, Name: name } }, deployed, implicit: role.implicit };
}

function definitionOf(creation: Creation): Readonly<Record<string, unknown>> {
  const { place, folder, properties } = creation;
  const uri = requiredText(creation, 'DefinitionUri');
  const file = basename(uri);
  const text = readDefinition(resolve(folder, uri), creation);
  const substitutions = mapProperty(properties, 'DefinitionSubstitutions', place);
  const wanted = new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name));

  const missing = [...wanted].filter((name) => !Object.hasOwn(substitutions, name));
  if (missing.length > 0) throw templateError(place, `${file} uses \${${listed(missing)}}, which DefinitionSubstitutions does not give`);
  const unused = Object.keys(substitutions).filter((name) => !wanted.has(name));
  if (unused.length > 0) throw templateError(place, `DefinitionSubstitutions gives ${listed(unused)}, which ${file} does not use`);

  const filled = text.replaceAll(PLACEHOLDER, (_whole, name: string) => {
    const value = asText(substitutions[name]);
    if (value === undefined) throw templateError(place, `substitution ${name} must be a text, not ${kindOf(substitutions[name])}`);
    return value;
  });
  return parseDefinition(filled, file, creation);
}

function readDefinition(path: string, { place }: Creation): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw templateError(place, `DefinitionUri ${basename(path)} cannot be read`, cause);
  }
}

function parseDefinition(text: string, file: string, { place }: Creation): Readonly<Record<string, unknown>> {
  try {
    const definition: unknown = JSON.parse(text);
    if (isMap(definition)) return definition;
  } catch (cause) {
    throw templateError(place, `${file} is no JSON once its substitutions are filled in: ${String(cause)}`, cause);
  }
  throw templateError(place, `${file} holds no JSON object`);
}
