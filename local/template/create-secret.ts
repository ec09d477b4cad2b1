import { randomInt } from 'node:crypto';
import type { DeployedSecret } from './application.ts';
import { type Created, type Creation, mapProperty, optionalText, physicalName, positiveNumber } from './creation.ts';
import { type PlainMap, asText, isMap } from './plain-values.ts';
import { templateError } from './template-error.ts';

/** The password of a secret that the templates generate, the same at every start. */
export type GeneratedSecret = (name: string) => string;

/** @throws TemplateError when the secret has no value and no way to get one. */
export function createSecret(creation: Creation, generatedSecret?: GeneratedSecret): Created<DeployedSecret> {
  const { logicalId, account, type } = creation;
  const name = physicalName(creation, 'Name');
  const arn = `arn:aws:secretsmanager:${account.region}:${account.accountId}:secret:${name}-LOCAL0`;
  const secretString = optionalText(creation, 'SecretString') ?? generate(creation, name, generatedSecret);
  return { answers: { type, ref: arn, attributes: { Id: arn } }, deployed: { logicalId, name, arn, secretString } };
}

function generate(creation: Creation, name: string, generatedSecret: GeneratedSecret | undefined): string {
  const { place, properties } = creation;
  if (!isMap(properties['GenerateSecretString'])) throw templateError(place, 'has neither SecretString nor GenerateSecretString');
  const rule = mapProperty(properties, 'GenerateSecretString', place);
  const password = generatedSecret?.(name) ?? randomPassword(positiveNumber({ ...creation, properties: rule }, 'PasswordLength', 32));
  const [template, key] = [asText(rule['SecretStringTemplate']), asText(rule['GenerateStringKey'])];
  if (template === undefined && key === undefined) return password;
  if (template === undefined || key === undefined) throw templateError(place, 'SecretStringTemplate and GenerateStringKey go together');
  return JSON.stringify({ ...parseTemplate(template, creation), [key]: password });
}

function parseTemplate(template: string, { place }: Creation): PlainMap {
  try {
    const parsed: unknown = JSON.parse(template);
    if (isMap(parsed)) return parsed;
  } catch (cause) {
    throw templateError(place, 'SecretStringTemplate is no JSON', cause);
  }
  throw templateError(place, 'SecretStringTemplate must be a JSON object');
}

/** Letters and digits only: within every Exclude… and Require… rule but RequireEachIncludedType with punctuation. */
function randomPassword(length: number): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
