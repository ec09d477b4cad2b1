import { load, type Cheerio, type CheerioAPI } from 'cheerio/slim';
import { compile } from 'css-select';
import { DomHandler, Parser } from 'htmlparser2';
import { LayoutChangedError } from '../../../common/errors.ts';

/** What `$(…)` gives; cheerio exports no name for it that does not need its tree's package. */
export type Selection = ReturnType<CheerioAPI>;
type Node = DomHandler['root']['children'][number];
type Element = Extract<Node, { attribs: unknown }>;
type Parent = Extract<Node, { children: unknown }>;
type Test = (node: Node) => boolean;

/** Longest body that the contract takes. */
const MAX_BODY = 100_000;
/** Elements whose content nobody sees, and those that end a line. */
const HIDDEN = new Set(['script', 'style', 'noscript', 'template']);
const BREAKING = new Set(['br', 'p', 'div', 'li', 'tr']);
/** Selectors are constants of the sites, so this does not grow. */
const compiled = new Map<string, Test>();

/** Pages of the communities nest some fifty elements; walking a tree that is deeper than this could exhaust the stack. */
const MAX_DEPTH = 1000;

/** Keeps the tree to MAX_DEPTH. @throws LayoutChangedError for a deeper page. */
class BoundedHandler extends DomHandler {
  override onopentag(name: string, attributes: Record<string, string>): void {
    if (this.tagStack.length > MAX_DEPTH) throw new LayoutChangedError(`The page nests elements more than ${MAX_DEPTH} deep; it is no page of the site`);
    super.onopentag(name, attributes);
  }
}

/**
 * Opens a page with htmlparser2 in its html mode. Selectors are plain CSS: those that cheerio adds (`:first`, `:eq`) are not known.
 * @throws LayoutChangedError for a page that nests too deep.
 */
export function openPage(html: string): CheerioAPI {
  const handler = new BoundedHandler();
  new Parser(handler).end(html);
  const $ = load(handler.root, { xml: { xmlMode: false } });
  $.fn.find = findCompiled;
  return $;
}

/** cheerio's `find`, but a selector is compiled once a process: anew at each call it took two thirds of a page's time. */
function findCompiled<T extends Node>(this: Cheerio<T>, selector?: unknown): Cheerio<Element> {
  if (typeof selector !== 'string') throw new TypeError('find takes a selector');
  const test = testOf(selector);
  const found: Element[] = [];
  for (const node of this.toArray()) if (isParent(node)) collect(node, test, found);
  return this._make(this.length > 1 ? [...new Set(found)] : found);
}

function testOf(selector: string): Test {
  const known = compiled.get(selector);
  if (known) return known;
  const test = compile<Node, Element>(selector, { cacheResults: false });
  compiled.set(selector, test);
  return test;
}

function collect(parent: Parent, test: Test, found: Element[]): void {
  for (const child of parent.children) {
    if (!('attribs' in child)) continue;
    if (test(child)) found.push(child);
    collect(child, test, found);
  }
}

function isParent(node: Node): node is Parent {
  return 'children' in node;
}

/** @throws LayoutChangedError naming the field when the value is missing. */
export function required<T>(value: T | null | undefined, site: string, field: string): T {
  if (value === null || value === undefined || value === '') {
    throw new LayoutChangedError(`${site}: ${field} is missing; compare extract/src/sites/${site}/selectors.ts with the page`);
  }
  return value;
}

/** Visible text of an element: a line each for what stands in lines, single spaces, no scripts. */
export function plainText(element: Selection): string {
  const parts: string[] = [];
  for (const node of element.toArray()) writeText(node, parts);
  return parts
    .join('')
    .split('\n')
    .map(singleSpaced)
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, MAX_BODY)
    .toWellFormed();
}

function writeText(node: Node, parts: string[]): void {
  if (node.type === 'text') parts.push(node.data);
  if (!isParent(node)) return;
  const name = 'name' in node ? node.name : '';
  if (HIDDEN.has(name)) return;
  for (const child of node.children) writeText(child, parts);
  if (BREAKING.has(name)) parts.push('\n');
}

/** Single-spaced text of an element. */
export function oneLine(element: Selection): string {
  return singleSpaced(element.text());
}

function singleSpaced(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** The name that an element holds: its text, or the alternative text of its image. */
export function personName(element: Selection): string | undefined {
  return oneLine(element) || element.find('img[alt]').attr('alt');
}

export type { CheerioAPI };
