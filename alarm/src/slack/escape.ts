import { shortened } from './blocks.ts';

/** Leaves room for the label inside a section of 3,000. */
const LONGEST_ADDRESS = 2000;

/**
 * Text from elsewhere, made safe for mrkdwn and for `text`: one line, without control and direction characters, shortened, then
 * & < > escaped as Slack asks. After that it can neither mention anyone (<!channel>, <@U…>) nor make a link.
 */
export function escaped(text: string, limit: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}]/gu, '')
    .trim();
  return escapedAsIs(shortened(line, limit));
}

/** The three characters that Slack reads as markup, and nothing else changed. */
export function escapedAsIs(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A link whose label is text from elsewhere; the label alone when the address is no web address. */
export function link(url: string, label: string, limit: number): string {
  const text = escaped(label, limit) || '(제목 없음)';
  const address = webAddress(url);
  return address === undefined ? text : `<${address}|${text}>`;
}

function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  // WHATWG href has already percent-encoded < and > in most parts, but not everywhere in a query or fragment.
  const address = escapedAsIs(href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E'));
  return address.length > LONGEST_ADDRESS ? undefined : address;
}
