import * as z from 'zod';
import { domainClock } from '../../../common/clock.ts';
import { keywordSetsSchema } from '../../../common/contracts/keyword-sets.ts';
import { transformEngineSchema } from '../../../common/contracts/settings.ts';
import { readEnvironment } from '../../../common/environment.ts';
import { assetKeys, objectKeys } from '../../../common/object-keys.ts';
import { objectStore } from '../../../common/object-store.ts';
import { executions } from './executions.ts';
import { settingsOf, settingVariables } from './settings.ts';
import type { StartDependencies } from './start-run.ts';

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function startDependencies(): StartDependencies {
  const environment = readEnvironment({
    STATE_MACHINE_ARN: z.string().regex(/^arn:aws[\w-]*:states:[^:]+:\d+:stateMachine:[\w-]+$/, 'must be the ARN of a state machine'),
    ASSETS_BUCKET: z.string().min(1),
    DATA_BUCKET: z.string().min(1),
    TRANSFORM_ENGINE: transformEngineSchema,
    ...settingVariables,
  });
  const assets = objectStore(environment.ASSETS_BUCKET);
  const data = objectStore(environment.DATA_BUCKET);
  return {
    executions: executions(environment.STATE_MACHINE_ARN),
    // Read at each run, not once a container: an edited set is used by the next batch.
    keywordSets: () => assets.readJson(assetKeys.keywordSets, keywordSetsSchema),
    settings: settingsOf(environment),
    transformEngine: environment.TRANSFORM_ENGINE,
    clock: domainClock,
    noteSkipped: (batch, running) => data.write(objectKeys.skipped(batch), JSON.stringify({ batch, running })),
  };
}
