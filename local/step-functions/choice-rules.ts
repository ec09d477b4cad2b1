import { isRecord } from './definition.ts';

/**
 * A choice rule that the runner evaluates as AWS does:
 * `IsPresent: false` and its like never match there, so they become `Not: { …: true }`;
 * a comparison compares whatever it finds (`"9" > 8`), where AWS says no for another type, so it asks for the type first.
 */
export function correctedRule(rule: unknown): unknown {
  if (!isRecord(rule)) return rule;
  const { Next, ...test } = rule;
  const next = Next === undefined ? {} : { Next };
  if (Array.isArray(test['And'])) return { And: test['And'].map(correctedRule), ...next };
  if (Array.isArray(test['Or'])) return { Or: test['Or'].map(correctedRule), ...next };
  if ('Not' in test) return { Not: correctedRule(test['Not']), ...next };

  const operator = Object.keys(test).find((key) => key !== 'Variable' && key !== 'Comment') ?? '';
  if (operator.startsWith('Is')) {
    return test[operator] === false ? { Not: { ...test, [operator]: true }, ...next } : rule;
  }
  const type = /^(String|Numeric|Timestamp|Boolean)/.exec(operator)?.[1];
  return type ? { And: [{ Variable: test['Variable'], [`Is${type}`]: true }, test], ...next } : rule;
}
