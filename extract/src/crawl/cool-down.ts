const FIRST_MS = 60_000;
const LONGEST_MS = 6 * 3_600_000;
/** A Retry-After beyond this is taken for a slip of the site. */
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/** How long a host is left alone after its nth ban in a row: 1, 2, 4, … minutes, six hours at most. A good answer begins anew. */
export function coolDownMs(bans: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, bans - 1));
}

/** `Date.parse` takes "1.5" and "-5" for days of the past. */
const LOOKS_LIKE_DATE = /[a-z].*\d{4}|\d{4}.*[a-z]/i;

/** The time that a Retry-After names (seconds, or a date), in epoch ms, a day ahead at most; null when it names none. */
export function retryAfterTime(retryAfter: string | null, now: number): number | null {
  const text = retryAfter?.trim() ?? '';
  const isSeconds = /^\d+(?:\.\d+)?$/.test(text);
  const time = isSeconds ? now + Math.ceil(Number(text) * 1000) : LOOKS_LIKE_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : Math.min(time, now + LONGEST_RETRY_AFTER_MS);
}
