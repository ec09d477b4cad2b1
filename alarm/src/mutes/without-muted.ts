import type { Alert } from '../alarm/alert.ts';
import type { Mutes } from './mutes.ts';

/**
 * The alerts that nobody muted. A post is muted by itself, or when every keyword that it matches is: one that also speaks of something else
 * is still told of. `now`: UTC text of domain time.
 */
export async function withoutMuted<T extends Alert>(alerts: readonly T[], mutes: Pick<Mutes, 'until'>, now: string): Promise<T[]> {
  const keywords = new Map<string, boolean>();
  for (const keyword of new Set(alerts.flatMap((alert) => alert.keywords)))
    keywords.set(keyword, isAhead(await mutes.until({ keyword }), now));
  const heard: T[] = [];
  for (const alert of alerts) {
    if (alert.keywords.length > 0 && alert.keywords.every((keyword) => keywords.get(keyword))) continue;
    const { site, board, post_id } = alert;
    if (!isAhead(await mutes.until({ post: { site, board, post_id } }), now)) heard.push(alert);
  }
  return heard;
}

function isAhead(until: string | null, now: string): boolean {
  return until !== null && until > now;
}
