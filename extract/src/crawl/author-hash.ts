import { createHmac } from 'node:crypto';
import * as z from 'zod';

/** A shorter key could be found by trying. */
export const MIN_KEY_LENGTH = 16;

/** AUTHOR_HASH_KEY of a function's environment: it hashes people's names and seals kept pages. */
export const authorHashKeySchema = z.string().min(MIN_KEY_LENGTH, `must have at least ${MIN_KEY_LENGTH} characters`);

/** Turns a site's name of a person into the keyed hash that records hold. */
export type AuthorHash = (site: string, author: string) => string;

/** HMAC-SHA256 over `<site>:<author>`, its first 32 hex digits. */
export function authorHash(key: string): AuthorHash {
  return (site, author) => createHmac('sha256', key).update(`${site}:${author}`).digest('hex').slice(0, 32);
}
