import { load, type Cheerio, type CheerioAPI } from 'cheerio/slim';
import { compile } from 'css-select';
import { DomHandler, ElementType, Parser } from 'htmlparser2';
import { LayoutChangedError } from '../../../common/errors.ts';

/** What `$(…)` gives; cheerio exports no name for it that does not need its tree's package. */
export type Selection = ReturnType<CheerioAPI>;
type Node = DomHandler['root']['children'][number];
type Element = Extract<Node, { attribs: unknown }>;
type Test = (node: Node) => boolean;

/** Longest body and title that the contract takes (UTF-16 units). */
const MAX_BODY = 100_000;
const MAX_LINE = 2000;
/** Elements whose content nobody sees, and those that stand in lines of their own. */
const HIDDEN = new Set(['head', 'title', 'script', 'style', 'noscript', 'template']);
const IN_LINES = new Set(
  'address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul'.split(' '),
);
/** Selectors are constants of the sites, so this does not grow. */
const compiled = new Map<string, Test>();

/**
 * Pages of the communities nest some fifty elements and hold some five thousand. Beyond these, walking the tree could exhaust the stack,
 * and htmlparser2's own bookkeeping grows with the square of what is open (htmlparser2 10.1, self-closed `<svg/>`).
 */
const MAX_DEPTH = 1000;
const MAX_ELEMENTS = 100_000;

/** Builds a tree within bounds, and lists its elements in the order of the page. @throws LayoutChangedError for a page beyond them. */
class BoundedHandler extends DomHandler {
  readonly elements: Element[] = [];

  override onopentag(name: string, attributes: Record<string, string>): void {
    super.onopentag(name, attributes);
    const opened = this.tagStack.at(-1);
    if (isElement(opened)) this.elements.push(opened);
    if (this.tagStack.length > MAX_DEPTH || this.elements.length > MAX_ELEMENTS) {
      throw new LayoutChangedError(`The page holds more than ${MAX_ELEMENTS} elements or nests them more than ${MAX_DEPTH} deep`);
    }
  }
}

/**
 * Opens a page with htmlparser2 in its html mode, for reading only: what is removed would still be found. Selectors are plain CSS:
 * those that cheerio adds (`:first`, `:eq`) are not known. @throws LayoutChangedError for a page that is too large or nests too deep.
 */
export function openPage(html: string): CheerioAPI {
  const handler = new BoundedHandler();
  new Parser(handler).end(html);
  const $ = load(handler.root, { xml: { xmlMode: false } });
  $.fn.find = findCompiled;
  return $;

  /** cheerio's `find`, but a selector is compiled once a process: anew at each call it took half of a page's time. */
  function findCompiled<T extends Node>(this: Cheerio<T>, selector?: unknown): Cheerio<Element> {
    if (typeof selector !== 'string') throw new TypeError('find takes a selector');
    const test = testOf(selector);
    const [node] = this.toArray();
    if (node === handler.root) return this._make(handler.elements.filter(test));
    const found: Element[] = [];
    for (const within of this.toArray()) collect(within, test, found);
    return this._make(this.length > 1 ? [...new Set(found)] : found);
  }
}

function testOf(selector: string): Test {
  const known = compiled.get(selector);
  if (known) return known;
  const test = compile<Node, Element>(selector, { cacheResults: false });
  compiled.set(selector, test);
  return test;
}

function collect(within: Node, test: Test, found: Element[]): void {
  if (!('children' in within)) return;
  for (const child of within.children) {
    if (!isElement(child)) continue;
    if (test(child)) found.push(child);
    collect(child, test, found);
  }
}

function isElement(node: Node | undefined): node is Element {
  return node !== undefined && 'attribs' in node;
}

/** @throws LayoutChangedError naming the field when the value is missing. */
export function required<T>(value: T | null | undefined, site: string, field: string): T {
  if (value === null || value === undefined || value === '') {
    throw new LayoutChangedError(`${site}: ${field} is missing; compare extract/src/sites/${site}/selectors.ts with the page`);
  }
  return value;
}

/** Visible text of an element: a line each for what stands in lines, single spaces, no scripts. At most 100,000 characters. */
export function plainText(element: Selection): string {
  const parts: string[] = [];
  for (const node of element.toArray()) writeText(node, parts);
  const lines = parts.join('').split('\n').map(singleSpaced);
  return cut(lines.filter((line) => line !== '').join('\n'), MAX_BODY);
}

function writeText(node: Node, parts: string[]): void {
  // A line feed of the source is a space on the screen.
  if (node.type === ElementType.Text) parts.push(node.data.replaceAll('\n', ' '));
  if (!('children' in node)) return;
  const name = 'name' in node ? node.name : '';
  if (HIDDEN.has(name)) return;
  const edge = IN_LINES.has(name) ? '\n' : '';
  parts.push(edge);
  for (const child of node.children) writeText(child, parts);
  parts.push(edge);
}

/** Single-spaced text of an element, or of an attribute. At most 2,000 characters. */
export function oneLine(from: Selection | string | undefined): string {
  return cut(singleSpaced(typeof from === 'object' ? from.text() : (from ?? '')), MAX_LINE);
}

/** Line feeds and control characters, which no column of the warehouse should hold, become spaces too. */
function singleSpaced(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Cut to what the contract takes, never through a character. */
function cut(text: string, length: number): string {
  return text.length <= length ? text.toWellFormed() : text.slice(0, length).toWellFormed();
}

/** The name that an element holds: its text, or the alternative text of its image. */
export function personName(element: Selection): string {
  return oneLine(element) || oneLine(element.find('img[alt]').attr('alt'));
}

export type { CheerioAPI };
