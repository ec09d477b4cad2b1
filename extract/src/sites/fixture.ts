import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Temporal } from 'temporal-polyfill';
import type { Site } from './site.ts';

/** A page written by hand in a site's markup, with invented text. */
export function fixture(site: string, name: string): string {
  return readFileSync(join(__dirname, site, 'fixtures', `${name}.html`), 'utf8');
}

/** What a fixture's name begins with says what it is; the rest says which (`post-politic.html`). Any other name is a list. */
export type FixtureKind = 'list' | 'search' | 'post' | 'comments' | 'gone';

export interface Fixture {
  readonly file: string;
  readonly kind: FixtureKind;
  readonly text: string;
}

/** All pages of a site's folder. */
export function fixturesOf(site: string): Fixture[] {
  const folder = join(__dirname, site, 'fixtures');
  return readdirSync(folder).map((file) => {
    const kind = (['search', 'post', 'comments', 'gone'] as const).find((start) => file.startsWith(start)) ?? 'list';
    return { file, kind, text: readFileSync(join(folder, file), 'utf8') };
  });
}

/** Records as JSON shows them: an Instant is its text, so that a comparison of whole records sees it. */
export function asJson(records: unknown): unknown {
  return JSON.parse(JSON.stringify(records));
}

/** What a site's parser makes of a page. @throws what the parser throws. */
export function parse(site: Site, { kind, text }: Pick<Fixture, 'kind' | 'text'>, now: Temporal.Instant) {
  switch (kind) {
    case 'list':
      return site.parseBoardList(text, now);
    case 'search':
      return site.parseSearch(text, now);
    case 'comments':
      return site.parseComments(text, now);
    case 'post':
    case 'gone':
      return site.parsePost(text, now);
  }
}
