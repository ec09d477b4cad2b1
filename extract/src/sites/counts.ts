import { LayoutChangedError } from '../../../common/errors.ts';

const UNITS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, 천: 1e3, 만: 1e4, 십만: 1e5, 백만: 1e6, 억: 1e8 };

/** Reads a number as the communities print it: `4,018`, `[23]`, `15.2 k`, `1.3만`, `추천 7`. Null when the text holds none that is safe to count with. */
export function parseCount(text: string | undefined): number | null {
  const [, digits, unit] = /(\d[\d,]*(?:\.\d+)?)\s*(십만|백만|[km천만억])?/i.exec(text ?? '') ?? [];
  if (digits === undefined) return null;
  const count = Math.round(Number(digits.replaceAll(',', '')) * (UNITS[unit?.toLowerCase() ?? ''] ?? 1));
  return Number.isSafeInteger(count) ? count : null;
}

/**
 * A number that the page leaves out where there is nothing to count: 0 then.
 * @throws LayoutChangedError when there are digits that make no number to count with.
 */
export function countOrNone(text: string | undefined, site: string, field: string): number {
  const count = parseCount(text);
  if (count === null && /\d/.test(text ?? '')) throw new LayoutChangedError(`${site}: ${field} holds digits that make no count`);
  return count ?? 0;
}
