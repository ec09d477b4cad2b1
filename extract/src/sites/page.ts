import { load, type CheerioAPI } from 'cheerio/slim';
import { LayoutChangedError } from '../../../common/errors.ts';
import type { TextRange } from './site.ts';

/** What `$(…)` gives; cheerio exports no name for it that does not need its tree's package. */
export type Selection = ReturnType<CheerioAPI>;

/** Longest body that the contract takes. */
const MAX_BODY = 100_000;

/** Opens a page with htmlparser2 (in its html mode, which only the `xml` options reach) and remembers where each element lies. */
export function openPage(html: string): CheerioAPI {
  return load(html, { xml: { xmlMode: false, withStartIndices: true, withEndIndices: true } });
}

/** @throws LayoutChangedError naming the field when the value is missing. */
export function required<T>(value: T | null | undefined, site: string, field: string): T {
  if (value === null || value === undefined || value === '') {
    throw new LayoutChangedError(`${site}: ${field} is missing; compare extract/src/sites/${site}/selectors.ts with the page`);
  }
  return value;
}

/** Visible text of an element: a line each for what stands in lines, single spaces, no scripts. Changes the element. */
export function plainText(element: Selection): string {
  element.find('script, style').remove();
  element.find('br').replaceWith('\n');
  element.find('p, div, li, tr').append('\n');
  return element
    .text()
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, MAX_BODY);
}

/** Single-spaced text of an element. */
export function oneLine(element: Selection): string {
  return element.text().replaceAll(/\s+/g, ' ').trim();
}

/** Where the content of each selected element lies in the html. */
export function contentRanges(html: string, selector: string): TextRange[] {
  const $ = openPage(html);
  return $(selector)
    .toArray()
    .flatMap((element) => {
      const first = $(element).contents().first().get(0)?.startIndex;
      const last = $(element).contents().last().get(0)?.endIndex;
      return typeof first === 'number' && typeof last === 'number' ? [{ start: first, end: last + 1 }] : [];
    });
}

/** Where the value of an attribute lies, each time it occurs. */
export function attributeRanges(html: string, attribute: string): TextRange[] {
  return [...html.matchAll(new RegExp(`\\b${attribute}="([^"]*)"`, 'g'))].map((match) => {
    const end = match.index + match[0].length - 1;
    return { start: end - (match[1] ?? '').length, end };
  });
}

export type { CheerioAPI };
