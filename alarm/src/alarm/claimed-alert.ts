import type * as z from 'zod';
import type { MessageLedger } from '../alert-state/message-ledger.ts';
import { DEFAULT_DESTINATION, destinationSchema, type Destination } from '../routes/alert-routes.ts';
import { alertKey, alertSchema, type Alert } from './alert.ts';

/** An alert on its way to one destination. Claims of before there were routes go to the default webhook. */
const claimedAlertSchema = alertSchema.extend({ to: destinationSchema.default(DEFAULT_DESTINATION) });
export type ClaimedAlert = z.infer<typeof claimedAlertSchema>;

/** One claim an alert and destination: what one destination refuses does not keep it from another. */
export function claimKey(alert: ClaimedAlert): string {
  return keyFor(alert, alert.level, alert.to);
}

/** The alert in a claim's payload. */
export function claimedIn(payload: string): ClaimedAlert {
  return claimedAlertSchema.parse(JSON.parse(payload));
}

/** Durable before anything is sent: a run that dies now leaves its messages to the next. */
export async function claim(alert: ClaimedAlert, ledger: Pick<MessageLedger, 'claim'>): Promise<void> {
  await ledger.claim({ key: claimKey(alert), batch: alert.batch, payload: JSON.stringify(alert) }, { listed: true });
}

/** A post that is critical gets one message: the lower level needs none of its own any more. `now`: real time. */
export async function coverHot(alert: ClaimedAlert, ledger: Pick<MessageLedger, 'cover'>, now: number): Promise<void> {
  await ledger.cover({ key: keyFor(alert, 'hot', alert.to), batch: alert.batch, payload: JSON.stringify(alert), now });
}

/** The default destination's key is the alert's own, as before there were routes. */
function keyFor(alert: Alert, level: Alert['level'], to: Destination): string {
  return to === DEFAULT_DESTINATION ? alertKey(alert, level) : `${alertKey(alert, level)}#${to}`;
}
