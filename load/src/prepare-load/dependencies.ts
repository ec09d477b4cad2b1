import * as z from 'zod';
import { readEnvironment } from '../../../common/environment.ts';
import { objectStore } from '../../../common/object-store.ts';
import type { PrepareLoadDependencies } from './prepare-load.ts';

/** Both values become part of COPY statements, so only characters without a meaning in SQL may pass. */
export const prepareLoadEnvironment = {
  DATA_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be a bucket name'),
  COPY_ROLE_ARN: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'must be the ARN of a role'),
};

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function prepareLoadDependencies(): PrepareLoadDependencies {
  const environment = readEnvironment(prepareLoadEnvironment);
  return { store: objectStore(environment.DATA_BUCKET), copyRoleArn: environment.COPY_ROLE_ARN };
}
