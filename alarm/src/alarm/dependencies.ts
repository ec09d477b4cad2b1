import * as z from 'zod';
import { domainClock, utcText } from '../../../common/clock.ts';
import { readEnvironment } from '../../../common/environment.ts';
import { objectStore } from '../../../common/object-store.ts';
import { redshiftWarehouse } from '../../../common/warehouse.ts';
import { dynamoLedger } from '../alert-state/dynamo-ledger.ts';
import { dynamoEpisodes } from '../conditions/episodes.ts';
import { dynamoMutes } from '../mutes/mutes.ts';
import { runRecord } from '../manifest/fold-manifests.ts';
import { channelsOf, channelVariables } from '../channels/channel-environment.ts';
import type { AlarmDependencies } from './send-alarms.ts';
import { warehouseAlerts } from './warehouse-alerts.ts';

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function alarmDependencies(): AlarmDependencies {
  const environment = readEnvironment({
    WORKGROUP_NAME: z.string().min(1),
    DATABASE_NAME: z.string().min(1),
    ALERT_STATE_TABLE: z.string().min(1),
    DATA_BUCKET: z.string().min(1),
    MAX_ALERTS_PER_DAY: z.coerce.number().int().min(1).max(1000),
    ...channelVariables,
  });
  const warehouse = redshiftWarehouse({
    workgroupName: environment.WORKGROUP_NAME,
    databaseName: environment.DATABASE_NAME,
    secretArn: '',
  });
  return {
    warehouse: warehouseAlerts(warehouse),
    ledger: dynamoLedger(environment.ALERT_STATE_TABLE),
    mutes: dynamoMutes(environment.ALERT_STATE_TABLE),
    episodes: dynamoEpisodes(environment.ALERT_STATE_TABLE),
    ...channelsOf(environment),
    runRecord: runRecord(objectStore(environment.DATA_BUCKET)),
    maxAlertsPerDay: environment.MAX_ALERTS_PER_DAY,
    language: environment.ALERT_LANGUAGE,
    realNow: () => Date.now(),
    domainNow: () => utcText(domainClock.now()),
  };
}
