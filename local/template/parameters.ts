import { type PlainMap, asText, kindOf, listed } from './plain-values.ts';
import type { Template } from './read-template.ts';
import { type Place, templateError } from './template-error.ts';

type ParameterValue = string | readonly string[];

/**
 * Values of a template's parameters: what was given, else the default, checked as CloudFormation checks them.
 * @throws TemplateError naming the parameter that is missing, unknown to the template or not allowed. Values of NoEcho
 * parameters do not appear in messages.
 */
export function parameterValues(template: Template, given: Readonly<Record<string, string>>): ReadonlyMap<string, ParameterValue> {
  const undeclared = Object.keys(given).filter((name) => !Object.hasOwn(template.parameters, name));
  if (undeclared.length > 0) {
    const declared = listed(Object.keys(template.parameters), 40);
    throw templateError(
      { template: template.name, subject: 'Parameters' },
      `does not declare ${listed(undeclared)}; it declares ${declared}`,
    );
  }
  return new Map(
    Object.entries(template.parameters).map(([name, declaration]) => {
      const place = { template: template.name, subject: `Parameters.${name}` };
      const text = Object.hasOwn(given, name) ? given[name] : asText(declaration['Default']);
      if (text === undefined) throw templateError(place, 'has no value and no default; give it one');
      return [name, checked(text, declaration, place)];
    }),
  );
}

function checked(text: string, declaration: PlainMap, place: Place): ParameterValue {
  const type = asText(declaration['Type']) ?? 'String';
  if (type.startsWith('AWS::SSM::')) throw templateError(place, `the local run does not know parameters of type ${type}`);
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  const values = isList ? text.split(',').map((item) => item.trim()) : [text];
  for (const value of values) checkOne(value, type, declaration, place);
  return isList ? values : text;
}

function checkOne(value: string, type: string, declaration: PlainMap, place: Place): void {
  const shown = declaration['NoEcho'] === true || declaration['NoEcho'] === 'true' ? 'its value (not shown)' : `"${value}"`;
  const refuse = (rule: string) => templateError(place, `${shown} is not allowed: ${rule}`);
  const allowed = declaration['AllowedValues'];
  const pattern = asText(declaration['AllowedPattern']);
  const limit = (name: string, fallback: number) => Number(asText(declaration[name]) ?? fallback);

  if (Array.isArray(allowed) && !allowed.map(asText).includes(value)) throw refuse(`choose one of ${allowed.map(String).join(', ')}`);
  if (pattern !== undefined && !matchesWhole(value, pattern, place)) {
    throw refuse(asText(declaration['ConstraintDescription']) ?? `it must match ${pattern}`);
  }
  if (value.length < limit('MinLength', 0)) throw refuse(`at least ${limit('MinLength', 0)} characters`);
  if (value.length > limit('MaxLength', Infinity)) throw refuse(`at most ${limit('MaxLength', Infinity)} characters`);
  if (type === 'Number' || type === 'List<Number>') {
    if (value.trim() === '' || !Number.isFinite(Number(value))) throw refuse('it must be a number');
    if (Number(value) < limit('MinValue', -Infinity)) throw refuse(`at least ${limit('MinValue', -Infinity)}`);
    if (Number(value) > limit('MaxValue', Infinity)) throw refuse(`at most ${limit('MaxValue', Infinity)}`);
  }
}

function matchesWhole(value: string, pattern: string, place: Place): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value);
  } catch (cause) {
    throw templateError(place, `AllowedPattern ${pattern} is not a pattern that the local run can read`, cause);
  }
}

/** What a parent hands to a child must be a text. */
export function parameterTexts(values: PlainMap, place: Place): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const text = asText(value);
      if (text === undefined) throw templateError(place, `parameter ${name} must be a text, not ${kindOf(value)}`);
      return [name, text];
    }),
  );
}
