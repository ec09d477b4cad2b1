import * as z from 'zod';
import { readEnvironment } from '../../../common/environment.ts';

/** `retain`: the bucket outlives the stack. */
export interface RemoveBucketDependencies {
  readonly bucket: string;
  readonly retain: boolean;
}

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function removeBucketDependencies(): RemoveBucketDependencies {
  const environment = readEnvironment({ DATA_BUCKET: z.string().min(3), RETAIN_DATA: z.enum(['true', 'false']) });
  return { bucket: environment.DATA_BUCKET, retain: environment.RETAIN_DATA === 'true' };
}
