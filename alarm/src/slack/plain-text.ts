import { shortened, type Block, type Markdown, type PlainText, type SlackMessage } from './blocks.ts';

/** A link `<address|text>`, or text between asterisks. */
const PIECES = /<(?<address>[^<>|]+)(?:\|(?<label>[^<>]*))?>|\*(?<bold>[^*\n]+)\*/g;
/** SNS takes subjects of less than 100 characters, and messages of at most 256 KB (API reference of Publish, read 2026-11). */
const SUBJECT_LIMIT = 99;
const MESSAGE_LIMIT = 60_000;

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bold'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly address: string };

/** The pieces of mrkdwn. The text of a link comes unescaped, any other text as it was sent: it may hold further pieces. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(PIECES)) {
    const { address = '', label, bold } = match.groups ?? {};
    pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    pieces.push(
      bold === undefined ? { kind: 'link', text: unescaped(label ?? address), address: unescaped(address) } : { kind: 'bold', text: bold },
    );
    end = match.index + match[0].length;
  }
  return [...pieces, { kind: 'text', text: text.slice(end) }];
}

/** A message as one reads it in plain text: `text (address)` for a link. */
export function slackPlainText(text: string): string {
  return piecesOf(text)
    .map((piece) => {
      if (piece.kind === 'text') return unescaped(piece.text);
      if (piece.kind === 'bold') return slackPlainText(piece.text);
      return piece.text === piece.address ? piece.address : `${piece.text} (${piece.address})`;
    })
    .join('');
}

/** Slack's three escapes undone. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A message as a mail: `subject` one line of at most 99 characters, `text` all of it. */
export function mailOf({ text, blocks = [] }: SlackMessage): { readonly subject: string; readonly text: string } {
  const subject = slackPlainText(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const paragraphs = blocks.map(paragraphOf);
  return {
    subject: shortened(subject, SUBJECT_LIMIT) || 'hotpost',
    text: shortened(paragraphs.length > 0 ? paragraphs.join('\n\n') : slackPlainText(text), MESSAGE_LIMIT),
  };
}

function paragraphOf(block: Block): string {
  if (block.type === 'context') return block.elements.map(plain).join('\n');
  return 'fields' in block ? block.fields.map((field) => plain(field).replace('\n', ': ')).join('\n') : plain(block.text);
}

function plain({ type, text }: Markdown | PlainText): string {
  return type === 'plain_text' ? text : slackPlainText(text).replaceAll('```', '');
}
