import type { Batch } from '../../../common/contracts/batch.ts';
import { WarehouseError } from '../../../common/errors.ts';
import type { TransactionalWarehouse } from '../../../common/warehouse.ts';
import * as z from 'zod';
import emptyBatchesSql from '../../sql/conditions/empty_batches.sql';
import siteActivitySql from '../../sql/conditions/site_activity.sql';
import countAlertsSql from '../../sql/count_alerts.sql';
import dueAlertsSql from '../../sql/due_alerts.sql';
import insertAlertSql from '../../sql/insert_alert.sql';
import type { EmptyBatches } from '../conditions/empty-condition.ts';
import type { SiteActivity } from '../conditions/quiet-site-conditions.ts';
import { warehouseTime } from '../levels/level-constants.ts';
import { setLevels, type Levels } from '../levels/warehouse-levels.ts';
import { dueAlertRowSchema, type Alert } from './alert.ts';

/** A message that Slack took: when, and whether it may be a repeat. `sentAt` is a UTC instant in text. */
export interface SentAlert {
  readonly alert: Alert;
  readonly sentAt: string;
  readonly repeated: boolean;
}

/** What the alarm asks of the warehouse. */
export interface WarehouseAlerts {
  /** Derives the batch's levels from stored scores. @throws WarehouseError. */
  setLevels(batch: Batch, maxAlertsPerDay: number): Promise<Levels>;
  /** Messages about posts that went out within the 24 hours before a batch, or later. @throws WarehouseError. */
  sentWithinDay(batch: Batch): Promise<number>;
  /** Posts of the batch that have reached a level and were not told of it, most urgent first. @throws WarehouseError. */
  due(batch: Batch): Promise<Alert[]>;
  /** Batches on end, up to this one, that brought no post. @throws WarehouseError. */
  emptyBatches(batch: Batch): Promise<EmptyBatches>;
  /** How each site's posts came in the two weeks before the batch. @throws WarehouseError. */
  siteActivity(batch: Batch): Promise<SiteActivity[]>;
  /** Idempotent. @throws WarehouseError. */
  store(sent: SentAlert): Promise<void>;
}

const emptyBatchesRow = z.object({ batches: z.coerce.number(), since: z.string().nullable() });
const siteActivityRow = z
  .object({
    site: z.string(),
    posts: z.coerce.number(),
    longest_pause: z.union([z.null().transform(() => 0), z.coerce.number()]),
    quiet_minutes: z.coerce.number(),
  })
  .transform(({ longest_pause: longestPause, quiet_minutes: quietMinutes, ...site }) => ({ ...site, longestPause, quietMinutes }));

/** The alarm's statements: alarm/sql/. */
export function warehouseAlerts(warehouse: TransactionalWarehouse): WarehouseAlerts {
  return {
    setLevels: (batch, maxAlertsPerDay) => setLevels(warehouse, batch, maxAlertsPerDay),
    async sentWithinDay(batch) {
      const [row] = await warehouse.read(countAlertsSql, { batch_time: warehouseTime(batch) });
      return Number(row?.['alerts'] ?? 0);
    },
    async due(batch) {
      const rows = await warehouse.read(dueAlertsSql, { batch });
      return rows.map((row) => {
        const parsed = dueAlertRowSchema.safeParse(row);
        if (!parsed.success) {
          const issue = parsed.error.issues[0];
          throw new WarehouseError(
            `due_alerts.sql gave a row whose ${issue?.path.join('.') ?? 'shape'} is wrong (${issue?.message ?? ''}); compare it with alert.ts`,
          );
        }
        return { ...parsed.data, batch };
      });
    },
    async emptyBatches(batch) {
      const [row] = await warehouse.read(emptyBatchesSql, { batch });
      return emptyBatchesRow.parse(row);
    },
    async siteActivity(batch) {
      return z.array(siteActivityRow).parse(await warehouse.read(siteActivitySql, { batch_time: warehouseTime(batch) }));
    },
    async store({ alert, sentAt, repeated }) {
      await warehouse.execute(insertAlertSql, {
        site: alert.site,
        board: alert.board,
        post_id: alert.post_id,
        level: alert.level,
        batch: alert.batch,
        sent_at: sentAt.replace('T', ' ').replace('Z', ''),
        repeated,
        impact: alert.impact ?? 'none',
        comments_seen: alert.comments_seen,
      });
    },
  };
}
