import { load, type CheerioAPI } from 'cheerio/slim';
import { LayoutChangedError } from '../../../common/errors.ts';

/** What `$(…)` gives; cheerio exports no name for it that does not need its tree's package. */
export type Selection = ReturnType<CheerioAPI>;

/** Longest body that the contract takes. */
const MAX_BODY = 100_000;

/** Opens a page with htmlparser2 in its html mode. */
export function openPage(html: string): CheerioAPI {
  return load(html, { xml: { xmlMode: false } });
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

/** The name that an element holds: its text, or the alternative text of its image. */
export function personName(element: Selection): string | undefined {
  return oneLine(element) || element.find('img[alt]').attr('alt');
}

export type { CheerioAPI };
