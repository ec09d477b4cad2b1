import { Temporal } from 'temporal-polyfill';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { sendOnce, type HeldClaim, type SendOnceDependencies } from '../channels/send-once.ts';
import type { Mutes } from '../mutes/mutes.ts';
import { withoutMuted } from '../mutes/without-muted.ts';
import type { AlertRoutes, Destination } from '../routes/alert-routes.ts';
import { isQuiet } from '../routes/quiet-hours.ts';
import type { SlackMessage } from '../slack/blocks.ts';
import { alertMessage } from './alert-message.ts';
import type { Language } from './alert-words.ts';
import { claimedIn, claimKey, coverHot, type ClaimedAlert } from './claimed-alert.ts';
import { digestMessage, MOST_IN_DIGEST } from './digest-message.ts';
import type { WarehouseAlerts } from './warehouse-alerts.ts';

export interface DeliverDependencies extends SendOnceDependencies {
  readonly warehouse: Pick<WarehouseAlerts, 'store'>;
  readonly mutes: Pick<Mutes, 'until'>;
  readonly language: Language;
}

/** `sent` counts alerts a destination, `repeated` those of them that were marked as possible repeats. `failure`: what stopped one at least. */
export interface Delivery {
  readonly sent: number;
  readonly repeated: number;
  /** Claims that wait for the end of quiet hours. */
  readonly sleeping: number;
  readonly failure?: Error;
}

/** More alerts than these at once become digests. */
const MOST_SINGLE = 5;
/** Below this no further message is begun: one attempt, its record and the storing of what was sent must fit. */
const RESERVE_MILLISECONDS = 25_000;

/** Sends what is claimed and not recorded, `claims` of this batch and what earlier runs left, and brings what was sent into the warehouse. */
export async function deliverClaims(
  claims: readonly ClaimedAlert[],
  { quietHours }: Pick<AlertRoutes, 'quietHours'>,
  deps: DeliverDependencies,
  invocation: Invocation,
): Promise<Delivery> {
  const waiting = await unmuted(claims, deps);
  const now = Temporal.Instant.from(deps.domainNow());
  const heard = waiting.filter((alert) => !isQuiet(alert, now, quietHours));
  const sending = await sendAll(heard, deps, invocation);
  await storeSent(deps);
  return { ...sending, sleeping: waiting.length - heard.length };
}

/** This batch's first; critical before hot, because it covers hot. What was muted after its claim waits until the mute ends. */
async function unmuted(claims: readonly ClaimedAlert[], deps: DeliverDependencies): Promise<ClaimedAlert[]> {
  const left = (await deps.ledger.unfinished()).filter((entry) => entry.status === 'claimed').map((entry) => claimedIn(entry.payload));
  const heard = await withoutMuted(left, deps.mutes, deps.domainNow());
  const alerts = [...new Map([...claims, ...heard].map((alert) => [claimKey(alert), alert])).values()];
  return [...alerts.filter((alert) => alert.level === 'critical'), ...alerts.filter((alert) => alert.level === 'hot')];
}

type Sending = Omit<Delivery, 'sleeping'>;

/** What stops one destination does not stop another. */
async function sendAll(alerts: readonly ClaimedAlert[], deps: DeliverDependencies, invocation: Invocation): Promise<Sending> {
  let total: Sending = { sent: 0, repeated: 0 };
  for (const [to, its] of Map.groupBy(alerts, (alert) => alert.to)) {
    const { sent, repeated, failure } = await sendTo(to, its, deps, invocation);
    const first = total.failure ?? failure;
    total = { sent: total.sent + sent, repeated: total.repeated + repeated, ...(first ? { failure: first } : {}) };
  }
  return total;
}

async function sendTo(
  to: Destination,
  alerts: readonly ClaimedAlert[],
  deps: DeliverDependencies,
  invocation: Invocation,
): Promise<Sending> {
  const total = { sent: 0, repeated: 0 };
  for (const group of inMessages(alerts)) {
    for (const alert of group) if (alert.level === 'critical') await coverHot(alert, deps.ledger, deps.realNow());
    const outcome = await sendOnce(
      {
        keys: group.map(claimKey),
        to,
        store: true,
        remainingMilliseconds: () => invocation.remainingMilliseconds() - RESERVE_MILLISECONDS,
        message: (claims) => messageOf(claims, deps.language),
      },
      deps,
    );
    if (outcome.kind === 'sent') {
      total.sent += outcome.sent;
      total.repeated += outcome.repeated;
    } else if (outcome.kind !== 'nothing-to-send') {
      // The rest stays claimed: whatever stopped this one would stop the others.
      return { ...total, failure: outcome.error };
    }
  }
  return total;
}

/** Alerts that go out together: each by itself, or as digests when there are many. */
function inMessages(alerts: readonly ClaimedAlert[]): ClaimedAlert[][] {
  if (alerts.length <= MOST_SINGLE) return alerts.map((alert) => [alert]);
  const digests = Math.ceil(alerts.length / MOST_IN_DIGEST);
  return Array.from({ length: digests }, (_, index) => alerts.slice(index * MOST_IN_DIGEST, (index + 1) * MOST_IN_DIGEST));
}

/** Of a digest nothing but one claim may be left: then it is an ordinary message. */
function messageOf(claims: readonly HeldClaim[], language: Language): SlackMessage {
  const entries = claims.map(({ payload, mayRepeat }) => ({ alert: claimedIn(payload), mayRepeat }));
  const [first] = entries;
  return first && entries.length === 1 ? alertMessage(first.alert, first.mayRepeat, language) : digestMessage(entries, language);
}

/** Also what a run before this one sent and could not store. */
async function storeSent(deps: DeliverDependencies): Promise<void> {
  for (const entry of await deps.ledger.unfinished()) {
    if (entry.status !== 'sent') continue;
    await deps.warehouse.store({ alert: claimedIn(entry.payload), sentAt: entry.sentAt, repeated: entry.repeated });
    await deps.ledger.markStored(entry.key);
  }
}
