import type { SiteStability } from '../levels/warehouse-levels.ts';
import { stabilityNotice } from './stability-notice.ts';
import type { Condition } from './tell-conditions.ts';

/** Population stability above which a shift counts as large; 0.1 to 0.25 is usual for a small one (credit scoring's rule of thumb). */
export const STABILITY_LIMIT = 0.25;
const BATCHES_ABOVE = 3;

/** Whether each site's readings still look like those of the weeks before: not so after three batches above the limit in any measure. */
export function stabilityConditions(stability: readonly SiteStability[]): Condition[] {
  const bySite = Map.groupBy(stability, ({ site }) => site);
  return [...bySite].map(([site, measures]) => {
    const shifted = measures.filter(({ batches, lowest }) => batches >= BATCHES_ABOVE && lowest > STABILITY_LIMIT);
    const isHealthy = measures.every(({ latest }) => latest <= STABILITY_LIMIT);
    return {
      subject: `stability#${site}`,
      state: shifted.length > 0 ? 'drifting' : isHealthy ? 'healthy' : 'unclear',
      notice: (_batch, language) => stabilityNotice(site, shifted, language),
    };
  });
}
