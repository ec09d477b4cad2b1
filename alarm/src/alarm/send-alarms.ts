import type { AlarmEvent, AlarmResult } from '../../../common/contracts/events.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { layoutConditions } from '../drift/layout-conditions.ts';
import { stabilityConditions } from '../drift/stability-conditions.ts';
import { tellConditions, type TellConditionsDependencies } from '../drift/tell-conditions.ts';
import type { Levels } from '../levels/warehouse-levels.ts';
import { withinLimit, type Limited } from '../levels/within-limit.ts';
import type { SlackMessage } from '../slack/blocks.ts';
import { postMessage } from '../slack/post-message.ts';
import { sendOnce, type HeldClaim } from '../slack/send-once.ts';
import type { Mutes } from '../mutes/mutes.ts';
import { withoutMuted } from '../mutes/without-muted.ts';
import type { RunRecord } from '../manifest/fold-manifests.ts';
import { alertKey, alertSchema, type Alert } from './alert.ts';
import { alertMessage } from './alert-message.ts';
import type { Language } from './alert-words.ts';
import { digestMessage, MOST_IN_DIGEST } from './digest-message.ts';
import { trialMessage } from './trial-message.ts';
import type { WarehouseAlerts } from './warehouse-alerts.ts';

export interface AlarmDependencies extends TellConditionsDependencies {
  readonly warehouse: WarehouseAlerts;
  readonly runRecord: RunRecord;
  /** Messages about posts in 24 hours; critical ones pass. */
  readonly maxAlertsPerDay: number;
  readonly language: Language;
  readonly mutes: Pick<Mutes, 'until'>;
}

/** More alerts than these at once become digests. */
const MOST_SINGLE = 5;
/** Below this no further message is begun: one attempt, its record and the storing of what was sent must fit. */
const RESERVE_MILLISECONDS = 25_000;

/**
 * Sets the levels of the batch, sends each level of each post once, the batch's own within the day's limit and what earlier runs left, and
 * brings what was sent into the warehouse; then folds the run's manifests and tells of sites whose pages no longer parse or whose readings
 * changed. A quiet batch (a backfill brings old posts) is only folded, and stays quiet when it is run again without saying so.
 * `repeated` counts the alerts that were sent marked as possible repeats.
 * @throws SlackRefusedError, SlackBusyError, WarehouseError; what was sent before is recorded.
 */
export async function sendAlarms(
  { batch, quiet, trial }: AlarmEvent,
  deps: AlarmDependencies,
  invocation: Invocation,
): Promise<AlarmResult> {
  if (trial) return sendTrial(deps, invocation);
  if (quiet || (await deps.runRecord.wasQuiet(batch))) {
    await deps.runRecord.fold(batch, { status: 'SUCCEEDED', quiet: true });
    return { sent: 0, repeated: 0 };
  }
  const levels = await deps.warehouse.setLevels(batch, deps.maxAlertsPerDay);
  const { admitted, withheld, muted } = await limited(batch, deps);
  for (const alert of admitted) await claim(alert, deps);

  const sending = await sendAll(await waiting(admitted, deps), deps, invocation);
  await storeSent(deps);
  const result = { sent: sending.sent, repeated: sending.repeated };
  const counts = { due: admitted.length + withheld.length + muted, withheld: withheld.length, muted, ...result };
  invocation.logger.info('alarms', counts);
  if (sending.failure) throw sending.failure;

  await deps.runRecord.write(batch, counts, figuresOf(levels));
  const { tasks } = await deps.runRecord.fold(batch, { status: 'SUCCEEDED', quiet: false });
  const conditions = [...layoutConditions(tasks), ...stabilityConditions(levels.stability)];
  const told = await tellConditions(batch, conditions, deps, () => invocation.remainingMilliseconds());
  if (told > 0) invocation.logger.warn('conditions told', { messages: told });
  return result;
}

/** What is due, without what a person muted, as far as the day has room. `muted`: how many were. */
async function limited(batch: AlarmEvent['batch'], deps: AlarmDependencies): Promise<Limited & { muted: number }> {
  const all = await deps.warehouse.due(batch);
  const due = await withoutMuted(all, deps.mutes, deps.domainNow());
  const claimed = new Set((await deps.ledger.unfinished()).map(({ key }) => key));
  const sent = await deps.warehouse.sentWithinDay(batch);
  return { ...withinLimit(due, sent, claimed, deps.maxAlertsPerDay), muted: all.length - due.length };
}

/** Neither claimed nor recorded: each call sends one. @throws SlackRefusedError, SlackBusyError. */
async function sendTrial({ slack, language }: AlarmDependencies, invocation: Invocation): Promise<AlarmResult> {
  const outcome = await postMessage(() => trialMessage(language), slack, {
    remainingMilliseconds: () => invocation.remainingMilliseconds(),
    mayGoOnFor: () => Promise.resolve(true),
  });
  if (outcome.kind !== 'accepted') throw outcome.error;
  return { sent: 1, repeated: 0 };
}

/** Cuts, volume and stability by name, as the run's manifest keeps them. */
function figuresOf({ cuts, stability }: Levels): Record<string, number> {
  return Object.fromEntries([
    ...cuts.flatMap(({ site, hot_share, hot_cut, watch_cut, posts_per_day }) => [
      ['posts_per_day', posts_per_day] as const,
      ['hot_share', hot_share] as const,
      [`hot_cut/${site}`, hot_cut] as const,
      [`watch_cut/${site}`, watch_cut] as const,
    ]),
    ...stability.map(({ site, measure, latest }) => [`stability/${site}/${measure}`, latest] as const),
  ]);
}

/** Durable before anything is sent: a run that dies now leaves its messages to the next. */
async function claim(alert: Alert, deps: AlarmDependencies): Promise<void> {
  const payload = JSON.stringify(alert);
  await deps.ledger.claim({ key: alertKey(alert, alert.level), batch: alert.batch, payload }, { listed: true });
}

/** What is claimed and not recorded: this batch's first, then what earlier runs left; critical before hot, because it covers hot. */
async function waiting(due: readonly Alert[], deps: AlarmDependencies): Promise<Alert[]> {
  const left = (await deps.ledger.unfinished()).filter((entry) => entry.status === 'claimed').map((entry) => alertIn(entry.payload));
  // What was muted after its claim waits; when the mute ends it is sent.
  const heard = await withoutMuted(left, deps.mutes, deps.domainNow());
  const byKey = new Map([...due, ...heard].map((alert) => [alertKey(alert, alert.level), alert]));
  const alerts = [...byKey.values()];
  return [...alerts.filter((alert) => alert.level === 'critical'), ...alerts.filter((alert) => alert.level === 'hot')];
}

async function sendAll(alerts: readonly Alert[], deps: AlarmDependencies, invocation: Invocation) {
  const total: { sent: number; repeated: number; failure?: Error } = { sent: 0, repeated: 0 };
  for (const group of inMessages(alerts)) {
    for (const alert of group) if (alert.level === 'critical') await coverHot(alert, deps);
    const outcome = await sendOnce(
      {
        keys: group.map((alert) => alertKey(alert, alert.level)),
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
function inMessages(alerts: readonly Alert[]): Alert[][] {
  if (alerts.length <= MOST_SINGLE) return alerts.map((alert) => [alert]);
  const digests = Math.ceil(alerts.length / MOST_IN_DIGEST);
  return Array.from({ length: digests }, (_, index) => alerts.slice(index * MOST_IN_DIGEST, (index + 1) * MOST_IN_DIGEST));
}

/** Of a digest nothing but one claim may be left: then it is an ordinary message. */
function messageOf(claims: readonly HeldClaim[], language: Language): SlackMessage {
  const entries = claims.map(({ payload, mayRepeat }) => ({ alert: alertIn(payload), mayRepeat }));
  const [first] = entries;
  return first && entries.length === 1 ? alertMessage(first.alert, first.mayRepeat, language) : digestMessage(entries, language);
}

/** A post that is critical gets one message: the lower level needs none of its own any more. */
async function coverHot(alert: Alert, deps: AlarmDependencies): Promise<void> {
  await deps.ledger.cover({ key: alertKey(alert, 'hot'), batch: alert.batch, payload: JSON.stringify(alert), now: deps.realNow() });
}

/** Also what a run before this one sent and could not store. */
async function storeSent(deps: AlarmDependencies): Promise<void> {
  for (const entry of await deps.ledger.unfinished()) {
    if (entry.status !== 'sent') continue;
    await deps.warehouse.store({ alert: alertIn(entry.payload), sentAt: entry.sentAt, repeated: entry.repeated });
    await deps.ledger.markStored(entry.key);
  }
}

function alertIn(payload: string): Alert {
  return alertSchema.parse(JSON.parse(payload));
}
