import { ServiceError } from '../endpoint/service.ts';

/** One page of at most `maxResults` (100 when not given, as AWS), and the token of the next when there is one. */
export function page<T>(
  all: readonly T[],
  { maxResults, nextToken }: Readonly<Record<string, unknown>>,
): { items: T[]; nextToken?: string } {
  const size = typeof maxResults === 'number' && maxResults > 0 ? Math.min(maxResults, 1000) : 100;
  const from = nextToken === undefined ? 0 : Number(nextToken);
  if (!Number.isInteger(from)) throw new ServiceError('InvalidToken', `Invalid Token: '${String(nextToken)}'`);
  return { items: all.slice(from, from + size), ...(from + size < all.length ? { nextToken: String(from + size) } : {}) };
}
