import { alertKey, type Alert } from '../alarm/alert.ts';

/** What the day's limit leaves of the due alerts. */
export interface Limited<T> {
  readonly admitted: readonly T[];
  /** Hot, and above what may be sent in a day; they are looked at again in the next batch that reads them. */
  readonly withheld: readonly T[];
}

/**
 * Every critical alert, and the most urgent hot ones for which the day has room. `due`: most urgent first. `sentLastDay`: messages of the last
 * 24 hours. `claimed`: keys of messages that are claimed and not yet in the warehouse: they have their place already.
 */
export function withinLimit<T extends Pick<Alert, 'site' | 'board' | 'post_id' | 'level'>>(
  due: readonly T[],
  sentLastDay: number,
  claimed: ReadonlySet<string>,
  maxAlertsPerDay: number,
): Limited<T> {
  const hasPlace = (alert: T) => alert.level === 'critical' || claimed.has(alertKey(alert, alert.level));
  const newCritical = due.filter((alert) => alert.level === 'critical' && !claimed.has(alertKey(alert, alert.level)));
  const waiting = due.filter((alert) => !hasPlace(alert));
  const room = Math.max(0, maxAlertsPerDay - sentLastDay - claimed.size - newCritical.length);
  return { admitted: [...due.filter(hasPlace), ...waiting.slice(0, room)], withheld: waiting.slice(room) };
}
