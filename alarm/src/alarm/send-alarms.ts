import type { AlarmEvent, AlarmResult } from '../../../common/contracts/events.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import { tellDrift, type TellDriftDependencies } from '../drift/tell-drift.ts';
import { sendOnce } from '../slack/send-once.ts';
import type { RunRecord } from '../manifest/fold-manifests.ts';
import { alertKey, alertSchema, type Alert } from './alert.ts';
import { alertMessage } from './alert-message.ts';
import type { WarehouseAlerts } from './warehouse-alerts.ts';

export interface AlarmDependencies extends TellDriftDependencies {
  readonly warehouse: WarehouseAlerts;
  readonly runRecord: RunRecord;
}

/** Below this no further message is begun: one attempt, its record and the storing of what was sent must fit. */
const RESERVE_MILLISECONDS = 25_000;

/**
 * Sends each level of each post once, the batch's own and what earlier runs left, and brings what was sent into the warehouse; then folds
 * the run's manifests and tells of sites whose pages no longer parse. A quiet batch (a backfill brings old posts) is only folded, and
 * stays quiet when it is run again without saying so.
 * `repeated` counts the alerts that were sent marked as possible repeats.
 * @throws SlackRefusedError, SlackBusyError, WarehouseError; what was sent before is recorded.
 */
export async function sendAlarms({ batch, quiet }: AlarmEvent, deps: AlarmDependencies, invocation: Invocation): Promise<AlarmResult> {
  if (quiet || (await deps.runRecord.wasQuiet(batch))) {
    await deps.runRecord.fold(batch, { status: 'SUCCEEDED', quiet: true });
    return { sent: 0, repeated: 0 };
  }
  const due = await deps.warehouse.due(batch);
  for (const alert of due) await claim(alert, deps);

  const sending = await sendAll(await waiting(due, deps), deps, invocation);
  await storeSent(deps);
  const result = { sent: sending.sent, repeated: sending.repeated };
  invocation.logger.info('alarms', { due: due.length, ...result });
  if (sending.failure) throw sending.failure;

  await deps.runRecord.write(batch, { due: due.length, ...result });
  const { tasks } = await deps.runRecord.fold(batch, { status: 'SUCCEEDED', quiet: false });
  const drifts = await tellDrift(batch, tasks, deps, () => invocation.remainingMilliseconds());
  if (drifts > 0) invocation.logger.warn('layout drift told', { sites: drifts });
  return result;
}

/** Durable before anything is sent: a run that dies now leaves its messages to the next. */
async function claim(alert: Alert, deps: AlarmDependencies): Promise<void> {
  const payload = JSON.stringify(alert);
  await deps.ledger.claim({ key: alertKey(alert, alert.level), batch: alert.batch, payload }, { listed: true });
}

/** What is claimed and not recorded: this batch's first, then what earlier runs left; critical before hot, because it covers hot. */
async function waiting(due: readonly Alert[], deps: AlarmDependencies): Promise<Alert[]> {
  const left = (await deps.ledger.unfinished()).filter((entry) => entry.status === 'claimed').map((entry) => alertIn(entry.payload));
  const byKey = new Map([...due, ...left].map((alert) => [alertKey(alert, alert.level), alert]));
  const alerts = [...byKey.values()];
  return [...alerts.filter((alert) => alert.level === 'critical'), ...alerts.filter((alert) => alert.level === 'hot')];
}

async function sendAll(alerts: readonly Alert[], deps: AlarmDependencies, invocation: Invocation) {
  const total: { sent: number; repeated: number; failure?: Error } = { sent: 0, repeated: 0 };
  for (const alert of alerts) {
    if (alert.level === 'critical') await coverHot(alert, deps);
    const outcome = await sendOnce(
      {
        key: alertKey(alert, alert.level),
        store: true,
        remainingMilliseconds: () => invocation.remainingMilliseconds() - RESERVE_MILLISECONDS,
        message: (payload, mayRepeat) => alertMessage(alertIn(payload), mayRepeat),
      },
      deps,
    );
    if (outcome.kind === 'sent') {
      total.sent += 1;
      if (outcome.repeated) total.repeated += 1;
    } else if (outcome.kind !== 'nothing-to-send') {
      // The rest stays claimed: whatever stopped this one would stop the others.
      return { ...total, failure: outcome.error };
    }
  }
  return total;
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
