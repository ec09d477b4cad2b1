import { type Markup, html } from './html.ts';

const LEVELS = ['hot', 'critical', 'failure'];

/** The class of the style sheet that colours a level. */
export function levelClass(level: string): string {
  return LEVELS.includes(level) ? level : 'other';
}

export function levelChip(level: string): Markup {
  return html`<span class="chip ${levelClass(level)}">${level}</span>`;
}

export function statusChip(status: string): Markup {
  const kind = status === 'SUCCEEDED' ? 'ok' : status === 'RUNNING' ? 'other' : 'failure';
  return html`<span class="chip ${kind}">${status.toLowerCase().replaceAll('_', ' ')}</span>`;
}
