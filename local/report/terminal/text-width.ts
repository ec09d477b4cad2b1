/*
 * How many columns a terminal gives a text. Hangul, Han, kana, full-width forms and emoji take two, marks that join the
 * character before them none (Unicode East Asian Width W and F; https://www.unicode.org/reports/tr11/).
 */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const EMOJI = /^\p{Emoji_Presentation}|^\p{Extended_Pictographic}\uFE0F/u;
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const segmenter = new Intl.Segmenter('ko', { granularity: 'grapheme' });

/** Columns of a printable text, see `printable`. */
export function textWidth(text: string): number {
  return [...segmenter.segment(text)].reduce((sum, { segment }) => sum + graphemeWidth(segment), 0);
}

/** Cuts to at most `width` columns, ending in `…` when something was cut; never inside a character. */
export function cutToWidth(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    used += graphemeWidth(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return width > 0 ? `${kept}…` : '';
}

/** Fills with spaces to exactly `width` columns, cutting what is longer. */
export function padToWidth(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const cut = cutToWidth(text, width);
  const space = ' '.repeat(Math.max(0, width - textWidth(cut)));
  return side === 'left' ? cut + space : space + cut;
}

/** One line that cannot steer the terminal: control and direction characters, line breaks among them, become spaces. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();
}

function graphemeWidth(grapheme: string): number {
  if (NO_WIDTH.test(grapheme)) return 0;
  return WIDE.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1;
}
