import * as z from 'zod';
import { domainClock, utcText } from '../../../common/clock.ts';
import { readEnvironment } from '../../../common/environment.ts';
import { objectStore } from '../../../common/object-store.ts';
import { dynamoLedger } from '../alert-state/dynamo-ledger.ts';
import { runRecord } from '../manifest/fold-manifests.ts';
import { channelsOf, channelVariables } from '../channels/channel-environment.ts';
import type { NotifyFailureDependencies } from './notify-failure.ts';

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function notifyFailureDependencies(): NotifyFailureDependencies {
  const environment = readEnvironment({
    ALERT_STATE_TABLE: z.string().min(1),
    DATA_BUCKET: z.string().min(1),
    ...channelVariables,
  });
  return {
    ledger: dynamoLedger(environment.ALERT_STATE_TABLE),
    ...channelsOf(environment),
    language: environment.ALERT_LANGUAGE,
    runRecord: runRecord(objectStore(environment.DATA_BUCKET)),
    realNow: () => Date.now(),
    domainNow: () => utcText(domainClock.now()),
  };
}
