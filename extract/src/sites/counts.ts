const UNITS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, 천: 1e3, 만: 1e4, 십만: 1e5, 백만: 1e6, 억: 1e8 };

/** Reads a number as the communities print it: `4,018`, `[23]`, `15.2 k`, `1.3만`, `추천 7`. Null when the text holds none. */
export function parseCount(text: string | undefined): number | null {
  const [, digits, unit] = /(\d[\d,]*(?:\.\d+)?)\s*(십만|백만|[km천만억])?/i.exec(text ?? '') ?? [];
  if (digits === undefined) return null;
  return Math.round(Number(digits.replaceAll(',', '')) * (UNITS[unit?.toLowerCase() ?? ''] ?? 1));
}
