import { StopRunError } from '../../../common/errors.ts';
import type { TransactionalWarehouse } from '../../../common/warehouse.ts';
import createSchema from '../../sql/migrate/create_schema.sql';
import createSchemaMigration from '../../sql/migrate/create_schema_migration.sql';
import grantRoles from '../../sql/migrate/grant_roles.sql';
import readApplied from '../../sql/migrate/read_applied.sql';
import recordApplied from '../../sql/migrate/record_applied.sql';
import { createUnlessThere, DATABASE_ROLES } from '../database-roles.ts';
import createRole from '../../sql/migrate/create_role.sql';
import { fill, statementsOf } from '../../../common/sql-text.ts';
import type { Migration } from './migrations.ts';

/** A migration that was applied has another text now; what the warehouse looks like would depend on when it was deployed. */
export class EditedMigrationError extends StopRunError {
  override readonly name = 'EditedMigrationError';
  constructor(name: string) {
    super(`Migration ${name} was edited after it was applied. Take the edit back and put it into a new migration with the next number.`);
  }
}

/** A migration was skipped: one with a higher number is applied already. */
export class MissedMigrationError extends StopRunError {
  override readonly name = 'MissedMigrationError';
  constructor(name: string, latest: number) {
    super(`Migration ${name} comes before ${latest}, which is applied already. Give it the next free number.`);
  }
}

export interface MigrateDependencies {
  readonly warehouse: TransactionalWarehouse;
  readonly migrations: readonly Migration[];
  /** What the database roles may do; a test with other tables gives other grants. */
  readonly grants?: string;
}

/**
 * Applies the migrations that the warehouse has not got, in order, each in one transaction with its record; then makes the
 * database roles and grants what each may do, which a second time changes nothing.
 * Versions that the warehouse has and this code does not know are let be: an older release was deployed again.
 * Two at once are safe: the second fails on the table that the first has just created, and is rolled back.
 * @returns how many were applied now, and the version that the warehouse has.
 * @throws EditedMigrationError, MissedMigrationError before anything is changed; WarehouseError when a statement fails.
 */
export async function migrate({
  warehouse,
  migrations,
  grants = grantRoles,
}: MigrateDependencies): Promise<{ applied: number; version: number }> {
  await warehouse.transact([...statementsOf(createSchema), ...statementsOf(createSchemaMigration)]);
  const pending = pendingOf(migrations, await appliedIn(warehouse));
  for (const { version, name, sql, checksum } of pending) {
    const record = fill(recordApplied, { version: String(version), name, checksum });
    await warehouse.transact([...statementsOf(sql), ...statementsOf(record)]);
  }
  for (const databaseRole of DATABASE_ROLES) await createUnlessThere(warehouse, createRole, { databaseRole });
  await warehouse.transact(statementsOf(grants));
  return { applied: pending.length, version: migrations.at(-1)?.version ?? 0 };
}

function pendingOf(migrations: readonly Migration[], applied: ReadonlyMap<number, string>): Migration[] {
  const latest = Math.max(0, ...applied.keys());
  for (const { version, name, checksum } of migrations) {
    const was = applied.get(version);
    if (was !== undefined && was !== checksum) throw new EditedMigrationError(name);
    if (was === undefined && version < latest) throw new MissedMigrationError(name, latest);
  }
  return migrations.filter(({ version }) => !applied.has(version));
}

async function appliedIn(warehouse: TransactionalWarehouse): Promise<Map<number, string>> {
  const rows = await warehouse.read(statementsOf(readApplied).join(';'));
  return new Map(rows.map(({ version, checksum }) => [Number(version), String(checksum)]));
}
