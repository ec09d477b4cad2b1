import { createHmac } from 'node:crypto';
import type { TextRange } from '../sites/site.ts';

/** Turns a site's name of a person into the keyed hash that records hold. */
export type AuthorHash = (site: string, author: string) => string;

const PSEUDONYM = /^author:([0-9a-f]{32})$/;

/** HMAC-SHA256 over `<site>:<author>`, its first 32 hex digits; a pseudonym of a kept page gives the hash that it was made from. */
export function authorHash(key: string): AuthorHash {
  return (site, author) => PSEUDONYM.exec(author)?.[1] ?? createHmac('sha256', key).update(`${site}:${author}`).digest('hex').slice(0, 32);
}

/** The page with a pseudonym in place of every name, everything else byte by byte: names are personal data and are not kept. */
export function withoutNames(html: string, ranges: readonly TextRange[], hash: (author: string) => string): string {
  const outermost = ranges
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter((range, index, all) => !all.slice(0, index).some((other) => other.end > range.start));
  return outermost
    .toReversed()
    .reduce((text, { start, end }) => `${text.slice(0, start)}author:${hash(nameIn(html.slice(start, end)))}${text.slice(end)}`, html);
}

/** As the parsers see a name: the alternative text of an image, else the text without tags. */
function nameIn(content: string): string {
  const text = content
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return text || (/\balt="([^"]*)"/.exec(content)?.[1] ?? '');
}
