import { type Markup, html, webAddress } from './html.ts';

/** A link `<address|text>`, or text between asterisks. */
const PIECES = /<(?<address>[^<>|]+)(?:\|(?<label>[^<>]*))?>|\*(?<bold>[^*\n]+)\*/g;

/** A message as Slack would show it: links and bold; anything else stays text. */
export function slackMarkup(text: string): Markup {
  return html`${piecesOf(text).map((piece) => {
    if (piece.kind === 'text') return html`${plain(piece.text)}`;
    if (piece.kind === 'bold') return html`<b>${slackMarkup(piece.text)}</b>`;
    const target = webAddress(piece.address);
    return target === undefined ? html`${piece.text}` : html`<a href="${target}" rel="noreferrer noopener">${piece.text}</a>`;
  })}`;
}

/** A message as one reads it in a terminal: `text (address)` for a link. */
export function slackPlainText(text: string): string {
  return piecesOf(text)
    .map((piece) => {
      if (piece.kind === 'text') return plain(piece.text);
      if (piece.kind === 'bold') return slackPlainText(piece.text);
      return piece.text === piece.address ? piece.address : `${piece.text} (${piece.address})`;
    })
    .join('');
}

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bold'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly address: string };

/** The text of a link comes unescaped, any other text as it was sent: it may hold further pieces. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(PIECES)) {
    const { address = '', label, bold } = match.groups ?? {};
    pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    pieces.push(
      bold === undefined ? { kind: 'link', text: plain(label ?? address), address: plain(address) } : { kind: 'bold', text: bold },
    );
    end = match.index + match[0].length;
  }
  return [...pieces, { kind: 'text', text: text.slice(end) }];
}

/** Slack's three escapes undone. */
function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
