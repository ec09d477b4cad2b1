import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Markup, trusted, validCharacters } from './html.ts';

/** Colours of the page's style sheet: they follow light and dark by themselves. */
export const COLOURS = {
  series: 'var(--series)',
  area: 'var(--series-soft)',
  rule: 'var(--muted)',
  hot: 'var(--hot)',
  critical: 'var(--critical)',
  ok: 'var(--ok)',
  failed: 'var(--critical)',
} as const;

export function levelColour(level: string): string {
  return level === 'critical' ? COLOURS.critical : level === 'hot' ? COLOURS.hot : COLOURS.rule;
}

/** The little of the DOM that is used here; its types are not part of this project, which has no browser. */
interface Drawn {
  readonly outerHTML: string;
}

/** Draws a plot as inline SVG, without a browser. `label` says what it shows to who cannot see it. */
export function chart(label: string, options: Plot.PlotOptions): Markup {
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as { document: object };
  const drawn = Plot.plot({ ...options, ariaLabel: label, className: 'chart', document }) as unknown as Drawn;
  return trusted(validCharacters(drawn.outerHTML).replace('<svg ', '<svg role="img" '));
}
