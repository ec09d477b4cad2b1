import { join } from 'node:path';

/*
 * Keys as file names. Every `%` of a key is escaped, so a bare `%` in a name is always ours: `%.json` can never be a key's own ending.
 */

/** Directory and name below which a key's files lie. `a/b` and `a//b`, `..` and `.` stay different and inside. */
export function keyPath(key: string): { readonly directory: string; readonly name: string } {
  const segments = key.split('/').map(encodeSegment);
  return { directory: join('.', ...segments.slice(0, -1)), name: segments.at(-1) ?? '%' };
}

function encodeSegment(segment: string): string {
  if (segment === '') return '%';
  if (segment === '.' || segment === '..') return segment.replaceAll('.', '%2e');
  // Unsafe on common file systems, and `[`, which DuckDB would read as the start of a pattern.
  // eslint-disable-next-line no-control-regex -- control characters are legal in a key and illegal in a file name
  return segment.replace(/[<>:"|?*[\]\\%\x00-\x1f]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
