import type { AlarmEvent, AlarmResult } from '../../../common/contracts/events.ts';
import { WarehouseError } from '../../../common/errors.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import type { Channels } from '../channels/channel.ts';
import { runConditions } from '../conditions/run-conditions.ts';
import { tellConditions, type TellConditionsDependencies } from '../conditions/tell-conditions.ts';
import type { Levels } from '../levels/warehouse-levels.ts';
import { withinLimit, type Limited } from '../levels/within-limit.ts';
import type { RunRecord } from '../manifest/fold-manifests.ts';
import { withoutMuted } from '../mutes/without-muted.ts';
import { destinationsOf } from '../routes/alert-routes.ts';
import type { Routing } from '../routes/read-routing.ts';
import { alertKey, type Alert } from './alert.ts';
import { claim, claimedIn, type ClaimedAlert } from './claimed-alert.ts';
import { deliverClaims, type DeliverDependencies } from './deliver-claims.ts';
import { sendTrial } from './send-trial.ts';
import type { WarehouseAlerts } from './warehouse-alerts.ts';

export interface AlarmDependencies extends DeliverDependencies, Omit<TellConditionsDependencies, 'operator'> {
  readonly channels: Channels;
  readonly warehouse: WarehouseAlerts;
  readonly runRecord: RunRecord;
  /** Messages about posts in 24 hours; critical ones pass. */
  readonly maxAlertsPerDay: number;
  /** Where messages go, as configured now. */
  routing(): Promise<Routing>;
}

/**
 * Sets the levels of the batch, sends each level of each post once to each of its destinations, the batch's own within the day's limit and what
 * earlier runs left, and brings what was sent into the warehouse; then folds the run's manifests and tells the operator what is wrong with
 * sites, schedule and configuration. A quiet batch (a backfill brings old posts) is only folded, and stays quiet when it is run again without
 * saying so. `sent` counts alerts a destination; `repeated` those of them that were marked as possible repeats.
 * @throws MessageRefusedError, MessageBusyError, WarehouseError; what was sent before is recorded.
 */
export async function sendAlarms(event: AlarmEvent, deps: AlarmDependencies, invocation: Invocation): Promise<AlarmResult> {
  const { batch } = event;
  if (event.trial) return sendTrial(deps, invocation);
  if (event.quiet || (await deps.runRecord.wasQuiet(batch))) {
    await deps.runRecord.fold(batch, { status: 'SUCCEEDED', quiet: true });
    return { sent: 0, repeated: 0 };
  }
  const levels = await levelsOf(batch, deps);
  const routing = await deps.routing();
  const { admitted, withheld, muted } = await limited(batch, deps);
  const claims = admitted.flatMap((alert) =>
    destinationsOf(alert, event.keywordSetName, routing.routes).map((to): ClaimedAlert => ({ ...alert, to })),
  );
  for (const one of claims) await claim(one, deps.ledger);

  const { sent, repeated, sleeping, failure } = await deliverClaims(claims, routing.routes, deps, invocation);
  const counts = { due: admitted.length + withheld.length + muted, withheld: withheld.length, muted, sleeping, sent, repeated };
  invocation.logger.info('alarms', counts);
  if (failure) throw failure;
  if (levels instanceof WarehouseError) throw levels;

  await deps.runRecord.write(batch, counts, figuresOf(levels));
  const { tasks } = await deps.runRecord.fold(batch, { status: 'SUCCEEDED', quiet: false });
  const conditions = await runConditions(batch, { tasks, levels, routing }, deps);
  const operator = routing.routes.operator;
  const told = await tellConditions(batch, conditions, { ...deps, operator }, () => invocation.remainingMilliseconds());
  if (told > 0) invocation.logger.warn('conditions told', { messages: told });
  return { sent, repeated };
}

/** The error in place of the levels: a post that has passed its site's own threshold needs no cut, and must not wait for one. */
async function levelsOf(batch: AlarmEvent['batch'], deps: AlarmDependencies): Promise<Levels | WarehouseError> {
  try {
    return await deps.warehouse.setLevels(batch, deps.maxAlertsPerDay);
  } catch (error) {
    if (error instanceof WarehouseError) return error;
    throw error;
  }
}

/** What is due, without what a person muted, as far as the day has room. `muted`: how many were. */
async function limited(batch: AlarmEvent['batch'], deps: AlarmDependencies): Promise<Limited<Alert> & { muted: number }> {
  const all = await deps.warehouse.due(batch);
  const due = await withoutMuted(all, deps.mutes, deps.domainNow());
  const claims = (await deps.ledger.unfinished()).map(({ payload }) => claimedIn(payload));
  const claimed = new Set(claims.map((one) => alertKey(one, one.level)));
  const sent = await deps.warehouse.sentWithinDay(batch);
  return { ...withinLimit(due, sent, claimed, deps.maxAlertsPerDay), muted: all.length - due.length };
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
