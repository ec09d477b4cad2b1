/** The part of Block Kit that our messages use, with the limits of docs.slack.dev/reference/block-kit (read 2026-11). */
export interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}

/** `verbatim`: Slack turns no plain text into links, channels or mentions. */
export interface Markdown {
  readonly type: 'mrkdwn';
  readonly text: string;
  readonly verbatim: true;
}

export type Block =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text: Markdown }
  | { readonly type: 'section'; readonly fields: readonly Markdown[] }
  | { readonly type: 'context'; readonly elements: readonly Markdown[] };

/** `text` is what a notification shows, and what is left when blocks cannot be drawn. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks?: readonly Block[];
}

const HEADER_LIMIT = 150;
const SECTION_LIMIT = 3000;
const FIELD_LIMIT = 2000;

/** Plain text, cut to what Slack takes: Slack reads no markup in a header, so nothing is escaped. */
export function header(text: string): Block {
  return { type: 'header', text: { type: 'plain_text', text: shortened(text, HEADER_LIMIT), emoji: false } };
}

/** The text is ready mrkdwn: what comes from elsewhere has gone through `escaped`. */
export function section(text: string): Block {
  return { type: 'section', text: markdown(shortened(text, SECTION_LIMIT)) };
}

/** Labelled values side by side, at most ten; labels and values are ready mrkdwn, as in `section`. */
export function fields(pairs: readonly (readonly [label: string, value: string])[]): Block {
  return { type: 'section', fields: pairs.map(([label, value]) => markdown(shortened(`*${label}*\n${value}`, FIELD_LIMIT))) };
}

/** Small print; ready mrkdwn, as in `section`. */
export function context(text: string): Block {
  return { type: 'context', elements: [markdown(shortened(text, FIELD_LIMIT))] };
}

function markdown(text: string): Markdown {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** At most `limit` UTF-16 units, never half a character, with an ellipsis where something is missing. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
