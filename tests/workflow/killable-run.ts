import { BatchExecuteStatementCommand, DescribeStatementCommand, type RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { setTimeout as sleep } from 'node:timers/promises';
import { alarmEvent, silentInvocation } from '../../alarm/src/alarm/alarm-fixture.ts';
import { sendAlarms, type AlarmDependencies } from '../../alarm/src/alarm/send-alarms.ts';
import { warehouseAlerts } from '../../alarm/src/alarm/warehouse-alerts.ts';
import { memoryEpisodes } from '../../alarm/src/conditions/memory-episodes.ts';
import { memoryMutes } from '../../alarm/src/mutes/mutes.ts';
import { NO_ROUTES } from '../../alarm/src/routes/alert-routes.ts';
import type { SlackMessage } from '../../alarm/src/slack/blocks.ts';
import type { MessageLedger } from '../../alarm/src/alert-state/message-ledger.ts';
import type { RunRecord } from '../../alarm/src/manifest/fold-manifests.ts';
import type { WarehouseFixture } from '../../local/redshift/processed-fixture.ts';

/** Where a run may die: behind each thing that it has done. The gaps are counted from 0. */
export interface Kills {
  /** What was done before each gap that was passed. */
  readonly passed: readonly string[];
  isDead(): boolean;
  /** Dies in this gap from now on; undefined: never. */
  dieIn(gap: number | undefined): void;
  /** Behind a statement inside Redshift: throws, so that the transaction is rolled back. */
  statement(): Promise<void>;
  /** Does something and passes a gap; a dead run never comes back from it. */
  done<T>(what: string, doing: Promise<T>): Promise<T>;
  /** Ends when the run has died. */
  readonly death: Promise<'dead'>;
}

export function kills(): Kills {
  let target: number | undefined;
  let dead = false;
  let passed: string[] = [];
  let died = Promise.withResolvers<'dead'>();
  const gap = (what: string): boolean => {
    if (dead) return true;
    passed.push(what);
    if (passed.length - 1 !== target) return false;
    dead = true;
    died.resolve('dead');
    return true;
  };
  return {
    get passed() {
      return passed;
    },
    get death() {
      return died.promise;
    },
    isDead: () => dead,
    dieIn(next) {
      target = next;
      dead = false;
      passed = [];
      died = Promise.withResolvers();
    },
    statement: () => (gap('statement') ? Promise.reject(new Error('killed')) : Promise.resolve()),
    async done(what, doing) {
      const result = await doing.catch((error: unknown) => {
        if (!dead) throw error;
      });
      if (gap(what)) await new Promise(() => undefined);
      return result as Awaited<typeof doing>;
    },
  };
}

/** What outlives a run: the ledger of messages, and what people received. */
export interface Outside {
  readonly ledger: MessageLedger;
  readonly received: SlackMessage[];
}

/** Load and alarm of a batch, step by step as the state machine has them. `realNow`: epoch milliseconds. */
export async function loadAndAlarm(
  batch: string,
  { warehouse, outside, kill, realNow }: { warehouse: WarehouseFixture; outside: Outside; kill: Kills; realNow: number },
): Promise<void> {
  const client = warehouse.client();
  const Sqls = await kill.done('PrepareLoad', warehouse.statementsOf(batch));
  const place = { WorkgroupName: 'hotpost-workgroup', Database: 'hotpost' };
  const { Id } = await kill.done('SubmitLoad', client.send(new BatchExecuteStatementCommand({ ...place, Sqls })));
  await kill.done('DescribeLoad', untilLoaded(client, Id, kill));
  await kill.done('Alarm', sendAlarms(alarmEvent({ batch }), alarmDependencies(warehouse, outside, kill, realNow), silentInvocation()));
}

async function untilLoaded(client: RedshiftDataClient, Id: string | undefined, kill: Kills): Promise<void> {
  for (;;) {
    const { Status, Error: error } = await client.send(new DescribeStatementCommand({ Id }));
    if (Status === 'FINISHED' || kill.isDead()) return;
    if (Status === 'FAILED' || Status === 'ABORTED') throw new Error(error);
    await sleep(5);
  }
}

function alarmDependencies(fixture: WarehouseFixture, outside: Outside, kill: Kills, realNow: number): AlarmDependencies {
  const { warehouse } = fixture;
  return {
    warehouse: warehouseAlerts({
      read: (sql, parameters) => kill.done('read', warehouse.read(sql, parameters)),
      execute: (sql, parameters) => kill.done('execute', warehouse.execute(sql, parameters)),
      transact: (sqls) => kill.done('transact', warehouse.transact(sqls)),
    }),
    ledger: killableLedger(outside.ledger, kill),
    channels: {
      prepare: () => Promise.resolve([]),
      to: () => ({
        name: 'Slack',
        post(message) {
          outside.received.push(message);
          return kill.done('slack', Promise.resolve({ status: 200, body: 'ok', retryAfter: null }));
        },
        sleep: () => Promise.resolve(),
      }),
    },
    routing: () => Promise.resolve({ routes: NO_ROUTES, problems: [] }),
    mutes: memoryMutes(),
    episodes: memoryEpisodes(),
    runRecord: killableRecord(kill),
    maxAlertsPerDay: 100,
    language: 'ko',
    realNow: () => realNow,
    domainNow: () => '2026-11-20T06:03:20Z',
  };
}

function killableLedger(ledger: MessageLedger, kill: Kills): MessageLedger {
  return {
    claim: (entry, options) => kill.done('claim', ledger.claim(entry, options)),
    take: (key, lease) => kill.done('take', ledger.take(key, lease)),
    renew: (key, lease) => kill.done('renew', ledger.renew(key, lease)),
    release: (key, owner, options) => kill.done('release', ledger.release(key, owner, options)),
    recordSent: (key, sent) => kill.done('record', ledger.recordSent(key, sent)),
    cover: (entry) => kill.done('cover', ledger.cover(entry)),
    markStored: (key) => kill.done('stored', ledger.markStored(key)),
    unfinished: () => ledger.unfinished(),
  };
}

function killableRecord(kill: Kills): RunRecord {
  return {
    write: () => kill.done('manifest', Promise.resolve()),
    fold: (batch, end) =>
      kill.done(
        'fold',
        Promise.resolve({ batch, status: end.status, quiet: end.quiet, failure: null, counts: {}, tasks: [], unreadable: [] }),
      ),
    wasQuiet: () => Promise.resolve(false),
    skippedWithinDay: () => Promise.resolve([]),
  };
}
