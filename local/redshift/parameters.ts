import { ServiceError } from '../endpoint/service.ts';
import type { Token } from './tokens.ts';

export interface SqlParameter {
  readonly name: string;
  readonly value: string;
}

/** @throws ServiceError ValidationException for a place without a value and a value without a place in any of the statements. */
export function checkParameters(tokens: readonly Token[], parameters: readonly SqlParameter[]): void {
  const places = new Set(tokens.flatMap(({ kind, text }) => (kind === 'parameter' ? [text.slice(1)] : [])));
  const names = parameters.map(({ name }) => name);
  const unused = names.filter((name) => !places.has(name));
  if (unused.length > 0) {
    throw new ServiceError('ValidationException', `Parameters list contains unused parameters. Unused parameters: [${unused.join(', ')}]`);
  }
  const missing = [...places].filter((name) => !names.includes(name));
  if (missing.length > 0) throw new ServiceError('ValidationException', `Parameters list lacks the values of: [${missing.join(', ')}]`);
}

/** Puts the values in the places of `:name`, as literals: a parameter binds a value, never a table or a column. */
export function bindParameters(tokens: readonly Token[], parameters: readonly SqlParameter[]): Token[] {
  const values = new Map(parameters.map(({ name, value }) => [name, value]));
  return tokens.map((token) => (token.kind === 'parameter' ? literal(values.get(token.text.slice(1)) ?? '') : token));
}

function literal(value: string): Token {
  return { kind: 'string', text: `'${value.replaceAll("'", "''")}'` };
}
