import * as z from 'zod';
import { readEnvironment } from '../../common/environment.ts';
import { redshiftWarehouse, type TransactionalWarehouse } from '../../common/warehouse.ts';

/** The warehouse as its admin, for what changes tables and rights. From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function adminWarehouse(): TransactionalWarehouse {
  const environment = readEnvironment({
    WORKGROUP_NAME: z.string().min(3),
    DATABASE_NAME: z.string().min(1),
    DATABASE_SECRET: z.string().min(1),
  });
  return redshiftWarehouse({
    workgroupName: environment.WORKGROUP_NAME,
    databaseName: environment.DATABASE_NAME,
    secretArn: environment.DATABASE_SECRET,
  });
}
