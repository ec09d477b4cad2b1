import { errorMessage } from '../error-message.ts';
import { isMap } from './plain-values.ts';
import { type Place, TemplateError, templateError } from './template-error.ts';

/**
 * The text of a secret, or of one key of its JSON.
 * `secretId` is a name or an ARN. Throws when there is no such secret or key; the message must not hold the value.
 */
export type SecretValue = (secretId: string, jsonKey?: string) => string;

const REFERENCE = /\{\{resolve:([^}]*)\}\}/g;
// secret-id may be an ARN, which has colons of its own; its name part has none.
const SECRET = /^secretsmanager:(arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+|[^:]+)(?::SecretString(?::([^:]*))?(?::[^:]*){0,2})?$/;

/**
 * Fills in `{{resolve:secretsmanager:NAME:SecretString:key}}` in every text of a value whose intrinsics are resolved.
 * @throws TemplateError naming the secret and the key, for an unknown one and for any other kind of reference.
 */
export function fillDynamicReferences(value: unknown, secretValue: SecretValue, place: Place): unknown {
  if (typeof value === 'string') return value.replaceAll(REFERENCE, (_whole, reference: string) => secretOf(reference, secretValue, place));
  if (Array.isArray(value)) return value.map((item) => fillDynamicReferences(item, secretValue, place));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillDynamicReferences(item, secretValue, place)]));
}

function secretOf(reference: string, secretValue: SecretValue, place: Place): string {
  const [matched, secretId = '', jsonKey] = SECRET.exec(reference) ?? [];
  if (matched === undefined) throw templateError(place, `the local run does not know the dynamic reference {{resolve:${reference}}}`);
  try {
    return jsonKey ? secretValue(secretId, jsonKey) : secretValue(secretId);
  } catch (cause) {
    if (cause instanceof TemplateError) throw cause;
    const what = jsonKey ? `key ${jsonKey} of secret "${secretId}"` : `secret "${secretId}"`;
    throw templateError(place, `${what} was not resolved: ${errorMessage(cause)}`, cause);
  }
}

/** Whether a text still asks for a secret. */
export function holdsDynamicReference(text: string): boolean {
  return text.includes('{{resolve:');
}
