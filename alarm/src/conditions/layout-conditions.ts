import type { Manifest } from '../../../common/contracts/manifest.ts';
import { layoutNotice } from './layout-notice.ts';
import { siteLayouts } from './site-layouts.ts';
import type { Condition } from './tell-conditions.ts';

/** Whether the pages of each site that a batch read still parse. */
export function layoutConditions(tasks: readonly Manifest[]): Condition[] {
  return siteLayouts(tasks).map((layout) => ({
    subject: layout.site,
    state: layout.state,
    notice: (batch, language) => layoutNotice(layout, batch, language),
  }));
}
