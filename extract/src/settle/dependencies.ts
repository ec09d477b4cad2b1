import * as z from 'zod';
import { readEnvironment } from '../../../common/environment.ts';
import { objectStore, type ObjectStore } from '../../../common/object-store.ts';
import { realTime, type RealTime } from '../crawl/real-time.ts';

export interface SettleDependencies {
  readonly data: Pick<ObjectStore, 'readJson' | 'readText' | 'list'>;
  readonly time: RealTime;
}

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function settleDependencies(): SettleDependencies {
  const { DATA_BUCKET } = readEnvironment({ DATA_BUCKET: z.string().min(3) });
  return { data: objectStore(DATA_BUCKET), time: realTime };
}
