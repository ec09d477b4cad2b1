import { WarehouseError } from '../../common/errors.ts';
import { fill, statementsOf } from '../../common/sql-text.ts';
import type { Warehouse } from '../../common/warehouse.ts';

/** What uses the warehouse without the admin's secret: the state machine, and the alarm. */
export const DATABASE_ROLES = ['hotpost_load', 'hotpost_alarm'] as const;

/**
 * Runs a `create role` or `create user`, for which there is no IF NOT EXISTS: that it exists already is no failure.
 * @throws WarehouseError when the statement fails otherwise.
 */
export async function createUnlessThere(
  warehouse: Pick<Warehouse, 'execute'>,
  sql: string,
  constants: Readonly<Record<string, string>>,
): Promise<void> {
  for (const statement of statementsOf(sql)) {
    try {
      await warehouse.execute(fill(statement, constants));
    } catch (error) {
      if (!(error instanceof WarehouseError && /already exists/i.test(error.message))) throw error;
    }
  }
}
