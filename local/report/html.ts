/** Text that is safe to stand in a page as it is. Only `html` and `trusted` make it. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | undefined | readonly Markup[];

/**
 * Makes markup from a template literal. Every value that is not markup itself is escaped, so it may stand in text and
 * in quoted attributes.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const filled = strings.map((text, index) => text + (index < parts.length ? textOf(parts[index]) : ''));
  return { markup: filled.join('') };
}

/** For our own style sheet and for SVG that a chart library serialized. Never for anything a site sent. */
export function trusted(markup: string): Markup {
  return { markup };
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function textOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part));
  return 'markup' in part ? part.markup : part.map((piece) => piece.markup).join('');
}

function escapeText(text: string): string {
  return validCharacters(text).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

/** Control characters and lone surrogates make a page invalid; a title may hold any of them. */
export function validCharacters(text: string): string {
  return text.toWellFormed().replaceAll(/[^\P{Cc}\t\n\r]/gu, '\uFFFD');
}

/** @returns the address when a browser may be sent there: http and https only, so no `javascript:`. */
export function webAddress(url: string): string | undefined {
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : undefined;
  } catch {
    return undefined;
  }
}
