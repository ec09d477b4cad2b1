import { piecesOf, unescaped } from '../../alarm/src/slack/plain-text.ts';
import { type Markup, html, webAddress } from './html.ts';

/** A message as Slack would show it: links and bold; anything else stays text. */
export function slackMarkup(text: string): Markup {
  return html`${piecesOf(text).map((piece) => {
    if (piece.kind === 'text') return html`${unescaped(piece.text)}`;
    if (piece.kind === 'bold') return html`<b>${slackMarkup(piece.text)}</b>`;
    const target = webAddress(piece.address);
    return target === undefined ? html`${piece.text}` : html`<a href="${target}" rel="noreferrer noopener">${piece.text}</a>`;
  })}`;
}
