import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A page written by hand in a site's markup, with invented text. */
export function fixture(site: string, name: string): string {
  return readFileSync(join(__dirname, site, 'fixtures', `${name}.html`), 'utf8');
}
