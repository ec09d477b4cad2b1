import * as z from 'zod';
import { InvalidEventError } from '../../../common/errors.ts';
import { fill, statementsOf } from '../../../common/sql-text.ts';
import type { Warehouse } from '../../../common/warehouse.ts';
import { createUnlessThere, DATABASE_ROLES } from '../database-roles.ts';
import createUser from '../../sql/grant/create_user.sql';
import grantRole from '../../sql/grant/grant_role.sql';

/** What the custom resource says: both become part of a statement. */
export const grantPropertiesSchema = z.looseObject({
  /** IAM's own rule for names of roles. */
  RoleName: z.string().regex(/^[\w+=,.@-]{1,64}$/, 'must be the name of an IAM role'),
  DatabaseRole: z.enum(DATABASE_ROLES),
});

/**
 * Gives the database user of an IAM role one of the database's roles, and makes the user when it is not there: Redshift itself would make it
 * only at the role's first statement, which would then be refused. A second time changes nothing.
 * @throws InvalidEventError for properties that are none; WarehouseError when a statement fails.
 */
export async function grant(properties: unknown, warehouse: Pick<Warehouse, 'execute'>): Promise<{ user: string }> {
  const parsed = grantPropertiesSchema.safeParse(properties);
  if (!parsed.success) throw new InvalidEventError(`The properties of the user are malformed: ${z.prettifyError(parsed.error)}`);
  const { RoleName: roleName, DatabaseRole: databaseRole } = parsed.data;
  await createUnlessThere(warehouse, createUser, { roleName });
  for (const statement of statementsOf(grantRole)) await warehouse.execute(fill(statement, { roleName, databaseRole }));
  return { user: `IAMR:${roleName}` };
}
