import type { Batch } from '../../../common/contracts/batch.ts';
import type { Manifest } from '../../../common/contracts/manifest.ts';
import type { WarehouseAlerts } from '../alarm/warehouse-alerts.ts';
import type { Levels } from '../levels/warehouse-levels.ts';
import type { RunRecord } from '../manifest/fold-manifests.ts';
import type { Routing } from '../routes/read-routing.ts';
import { emptyCondition } from './empty-condition.ts';
import { layoutConditions } from './layout-conditions.ts';
import { overlapCondition } from './overlap-condition.ts';
import { quietSiteConditions } from './quiet-site-conditions.ts';
import { routingCondition } from './routing-condition.ts';
import { stabilityConditions } from './stability-conditions.ts';
import type { Condition } from './tell-conditions.ts';

export interface RunConditionsDependencies {
  readonly warehouse: Pick<WarehouseAlerts, 'emptyBatches' | 'siteActivity'>;
  readonly runRecord: Pick<RunRecord, 'skippedWithinDay'>;
}

/** Everything about a run that an operator is told of while it lasts. @throws WarehouseError. */
export async function runConditions(
  batch: Batch,
  { tasks, levels, routing }: { readonly tasks: readonly Manifest[]; readonly levels: Levels; readonly routing: Routing },
  { warehouse, runRecord }: RunConditionsDependencies,
): Promise<Condition[]> {
  const lookedAt = new Set(tasks.flatMap(({ site }) => site ?? []));
  return [
    ...layoutConditions(tasks),
    ...stabilityConditions(levels.stability),
    routingCondition(routing),
    emptyCondition(await warehouse.emptyBatches(batch)),
    ...quietSiteConditions(await warehouse.siteActivity(batch), lookedAt),
    overlapCondition(await runRecord.skippedWithinDay(batch)),
  ];
}
