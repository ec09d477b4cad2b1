import { asText, isMap, kindOf, listed } from './plain-values.ts';
import { isIntrinsic } from './read-template.ts';
import { type StackScope, pseudoParameter } from './stack-scope.ts';
import { type Place, templateError } from './template-error.ts';

/** What `!Ref AWS::NoValue` gives: the key or list item that holds it disappears. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** `${Name}`, `${Name.Attribute}` and the literal `${!Name}` of Fn::Sub. */
export const SUB_PATTERN = /\$\{(!?)([^}]*)\}/g;

type Intrinsic = (argument: unknown, scope: StackScope, place: Place) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope, place) => resolveRef(requireText(name, 'Ref', place), scope, place),
  'Fn::GetAtt': resolveGetAtt,
  'Fn::Sub': resolveSub,
  'Fn::Join': resolveJoin,
  'Fn::Select': resolveSelect,
  'Fn::Split': resolveSplit,
  'Fn::FindInMap': resolveFindInMap,
  'Fn::If': resolveIf,
  'Fn::GetAZs': (_region, scope) => ['a', 'b', 'c'].map((zone) => `${scope.account.region}${zone}`),
};

/**
 * Resolves every intrinsic inside a value.
 * @returns plain data, or NO_VALUE at the top.
 * @throws TemplateError naming what is unknown.
 */
export function resolveValue(value: unknown, scope: StackScope, place: Place): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, scope, place)).filter((item) => item !== NO_VALUE);
  if (!isMap(value)) return value;
  if (isIntrinsic(value)) {
    const [name, argument] = Object.entries(value)[0] ?? ['', undefined];
    const intrinsic = INTRINSICS[name];
    if (!intrinsic) throw templateError(place, `the local run does not know the intrinsic ${name}`);
    return intrinsic(argument, scope, place);
  }
  const entries = Object.entries(value).map(([key, item]) => [key, resolveValue(item, scope, place)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
}

function resolveRef(name: string, scope: StackScope, place: Place): unknown {
  if (name === 'AWS::NoValue') return NO_VALUE;
  const known = pseudoParameter(name, scope) ?? scope.parameters.get(name) ?? scope.answers.get(name)?.ref;
  if (known !== undefined) return known;
  throw templateError(place, `refers to ${name}, ${whyAbsent(name, scope)}`);
}

function whyAbsent(name: string, scope: StackScope): string {
  const condition = scope.template.resources.get(name)?.condition;
  return condition && !scope.conditions.get(condition)
    ? `which is not created because condition ${condition} is false`
    : 'which is neither a parameter nor a resource of this template';
}

function resolveGetAtt(argument: unknown, scope: StackScope, place: Place): string {
  const parts = typeof argument === 'string' ? splitOnce(argument) : argument;
  if (!Array.isArray(parts) || parts.length !== 2) throw templateError(place, 'Fn::GetAtt needs [logical id, attribute]');
  return attributeOf(
    requireText(parts[0], 'Fn::GetAtt', place),
    requireText(resolveValue(parts[1], scope, place), 'Fn::GetAtt', place),
    scope,
    place,
  );
}

function attributeOf(logicalId: string, attribute: string, scope: StackScope, place: Place): string {
  const answers = scope.answers.get(logicalId);
  if (!answers) throw templateError(place, `asks for ${logicalId}.${attribute}, but ${logicalId}, ${whyAbsent(logicalId, scope)}`);
  const value = Object.hasOwn(answers.attributes, attribute) ? answers.attributes[attribute] : undefined;
  if (value !== undefined) return value;
  const known = answers.unanswerable ?? `it has ${listed(Object.keys(answers.attributes), 40)}`;
  throw templateError(place, `asks for ${logicalId}.${attribute}, which ${answers.type} does not have: ${known}`);
}

function splitOnce(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

function resolveSub(argument: unknown, scope: StackScope, place: Place): string {
  const [text, variables] = Array.isArray(argument) ? (argument as unknown[]) : [argument, {}];
  if (typeof text !== 'string' || !isMap(variables)) throw templateError(place, 'Fn::Sub needs a text, or [text, map of variables]');
  return text.replaceAll(SUB_PATTERN, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const value = Object.hasOwn(variables, name) ? resolveValue(variables[name], scope, place) : subName(name, scope, place);
    return requireText(value, `Fn::Sub \${${name}}`, place);
  });
}

function subName(name: string, scope: StackScope, place: Place): unknown {
  const [logicalId = '', attribute] = splitOnce(name.trim());
  return attribute === undefined ? resolveRef(logicalId, scope, place) : attributeOf(logicalId, attribute, scope, place);
}

function resolveJoin(argument: unknown, scope: StackScope, place: Place): string {
  const [delimiter, items] = requireList(argument, 'Fn::Join', 2, place);
  const texts = requireList(resolveValue(items, scope, place), 'Fn::Join', undefined, place);
  return texts.map((item) => requireText(item, 'Fn::Join', place)).join(requireText(delimiter, 'Fn::Join', place));
}

function resolveSelect(argument: unknown, scope: StackScope, place: Place): unknown {
  const [index, items] = requireList(argument, 'Fn::Select', 2, place);
  const choices = requireList(resolveValue(items, scope, place), 'Fn::Select', undefined, place);
  const chosen = choices[Number(requireText(resolveValue(index, scope, place), 'Fn::Select', place))];
  if (chosen === undefined) throw templateError(place, `Fn::Select asks for item ${String(index)} of ${choices.length}`);
  return chosen;
}

function resolveSplit(argument: unknown, scope: StackScope, place: Place): string[] {
  const [delimiter, text] = requireList(argument, 'Fn::Split', 2, place);
  return requireText(resolveValue(text, scope, place), 'Fn::Split', place).split(requireText(delimiter, 'Fn::Split', place));
}

function resolveFindInMap(argument: unknown, scope: StackScope, place: Place): unknown {
  const names = requireList(argument, 'Fn::FindInMap', 3, place).map((item) =>
    requireText(resolveValue(item, scope, place), 'Fn::FindInMap', place),
  );
  const found = names.reduce<unknown>(
    (level, name) => (isMap(level) && Object.hasOwn(level, name) ? level[name] : undefined),
    scope.template.mappings,
  );
  if (found === undefined) throw templateError(place, `Fn::FindInMap finds nothing at ${names.join('.')} in Mappings`);
  return found;
}

function resolveIf(argument: unknown, scope: StackScope, place: Place): unknown {
  return resolveValue(chosenBranch(argument, scope, place), scope, place);
}

/** The branch of an Fn::If that its condition picks, unresolved. */
export function chosenBranch(argument: unknown, scope: StackScope, place: Place): unknown {
  const [name, yes, no] = requireList(argument, 'Fn::If', 3, place);
  const condition = scope.conditions.get(requireText(name, 'Fn::If', place));
  if (condition === undefined) throw templateError(place, `Fn::If asks for the condition ${String(name)}, which Conditions does not hold`);
  return condition ? yes : no;
}

function requireList(value: unknown, what: string, length: number | undefined, place: Place): unknown[] {
  if (!Array.isArray(value)) throw templateError(place, `${what} needs a list, not ${kindOf(value)}`);
  if (length !== undefined && value.length !== length) throw templateError(place, `${what} needs ${length} items, not ${value.length}`);
  return value as unknown[];
}

function requireText(value: unknown, what: string, place: Place): string {
  const text = value === NO_VALUE ? undefined : asText(value);
  if (text === undefined) throw templateError(place, `${what} needs a text, not ${value === NO_VALUE ? 'AWS::NoValue' : kindOf(value)}`);
  return text;
}
