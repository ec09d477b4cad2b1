import { resolveValue } from './intrinsics.ts';
import { type PlainMap, isMap, kindOf } from './plain-values.ts';
import type { StackScope } from './stack-scope.ts';
import { type Place, templateError } from './template-error.ts';

/**
 * Decides every condition of a template. They see parameters, mappings and each other, no resource.
 * @throws TemplateError when one asks for an unknown condition, for itself, or uses an unknown function.
 */
export function evaluateConditions(scope: StackScope): ReadonlyMap<string, boolean> {
  const decided = new Map<string, boolean>();
  const decide = (name: string, asking: readonly string[], place: Place): boolean => {
    const known = decided.get(name);
    if (known !== undefined) return known;
    if (!Object.hasOwn(scope.template.conditions, name))
      throw templateError(place, `asks for the condition ${name}, which Conditions does not hold`);
    if (asking.includes(name)) throw templateError(place, `conditions ask for each other in a circle: ${[...asking, name].join(' -> ')}`);
    const outcome = evaluate(scope.template.conditions[name], [...asking, name], placeOf(scope, name));
    decided.set(name, outcome);
    return outcome;
  };
  const evaluate = (expression: unknown, asking: readonly string[], place: Place): boolean => {
    const [name, argument] = onlyEntry(expression, place);
    if (name === 'Condition') return decide(String(argument), asking, place);
    if (name === 'Fn::Equals') {
      const [left, right] = listOf(argument, name, place).map((item) => resolveValue(item, { ...scope, conditions: decided }, place));
      return String(left) === String(right);
    }
    const parts = listOf(argument, name, place).map((part) => evaluate(part, asking, place));
    if (name === 'Fn::Not') return parts[0] === false;
    if (name === 'Fn::And') return parts.every(Boolean);
    if (name === 'Fn::Or') return parts.some(Boolean);
    throw templateError(place, `the local run does not know the condition function ${name}`);
  };
  for (const name of Object.keys(scope.template.conditions)) decide(name, [], placeOf(scope, name));
  return decided;
}

function placeOf(scope: StackScope, name: string): Place {
  return { template: scope.template.name, subject: `Conditions.${name}` };
}

function onlyEntry(expression: unknown, place: Place): [string, unknown] {
  const entries = isMap(expression) ? Object.entries(expression satisfies PlainMap) : [];
  const entry = entries[0];
  if (!entry || entries.length > 1) throw templateError(place, `a condition is one function, not ${kindOf(expression)}`);
  return entry;
}

function listOf(argument: unknown, name: string, place: Place): unknown[] {
  if (!Array.isArray(argument)) throw templateError(place, `${name} needs a list, not ${kindOf(argument)}`);
  return argument as unknown[];
}
