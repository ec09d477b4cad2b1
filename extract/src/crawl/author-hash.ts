import { createHmac } from 'node:crypto';

/** Turns a site's name of a person into the keyed hash that records hold. */
export type AuthorHash = (site: string, author: string) => string;

/** HMAC-SHA256 over `<site>:<author>`, its first 32 hex digits. */
export function authorHash(key: string): AuthorHash {
  return (site, author) => createHmac('sha256', key).update(`${site}:${author}`).digest('hex').slice(0, 32);
}
