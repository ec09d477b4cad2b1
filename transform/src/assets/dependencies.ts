import * as z from 'zod';
import alertRoutes from '../../../config/alert-routes.json' with { type: 'json' };
import keywordSets from '../../../config/keyword-sets.json' with { type: 'json' };
import { readEnvironment } from '../../../common/environment.ts';
import { objectStore } from '../../../common/object-store.ts';
import model from '../../model/model.json' with { type: 'json' };
import { jobModules, jobScript } from './job-files.ts';
import type { AssetsDependencies } from './put-assets.ts';

/** What the bundle brings along. */
export const assetsContent: Omit<AssetsDependencies, 'assets' | 'retain'> = {
  jobScript,
  jobModules,
  model: { version: model.model_version, schema: model.schema, document: `${JSON.stringify(model)}\n` },
  keywordSets: `${JSON.stringify(keywordSets, null, 2)}\n`,
  alertRoutes: `${JSON.stringify(alertRoutes, null, 2)}\n`,
};

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function assetsDependencies(): AssetsDependencies {
  const environment = readEnvironment({ ASSETS_BUCKET: z.string().min(3), RETAIN_DATA: z.enum(['true', 'false']) });
  return { assets: objectStore(environment.ASSETS_BUCKET), retain: environment.RETAIN_DATA === 'true', ...assetsContent };
}
