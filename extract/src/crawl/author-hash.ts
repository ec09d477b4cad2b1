import { createHmac } from 'node:crypto';
import type { NamePlace } from '../sites/site.ts';

/** Turns a site's name of a person into the keyed hash that records hold. */
export type AuthorHash = (site: string, author: string) => string;

const PSEUDONYM = /^author:([0-9a-f]{32})$/;

/** HMAC-SHA256 over `<site>:<author>`, its first 32 hex digits; a pseudonym of a kept page gives the hash that it was made from. */
export function authorHash(key: string): AuthorHash {
  return (site, author) => PSEUDONYM.exec(author)?.[1] ?? createHmac('sha256', key).update(`${site}:${author}`).digest('hex').slice(0, 32);
}

/** The page with a pseudonym in place of every name, everything else byte by byte: names are personal data and are not kept. */
export function withoutNames(html: string, places: readonly NamePlace[], hash: (author: string) => string): string {
  let written = 0;
  const pieces = places
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .map(({ start, end, name }) => {
      // A name inside of one that is replaced already.
      if (start < written) return '';
      const piece = `${html.slice(written, start)}author:${hash(name)}`;
      written = end;
      return piece;
    });
  return pieces.join('') + html.slice(written);
}
