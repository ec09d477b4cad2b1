import * as z from 'zod';
import { readEnvironment } from '../../../common/environment.ts';
import { redshiftWarehouse } from '../../../common/warehouse.ts';
import type { MigrateDependencies } from './migrate.ts';
import { migrations } from './migrations.ts';

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function migrateDependencies(): MigrateDependencies {
  const environment = readEnvironment({
    WORKGROUP_NAME: z.string().min(3),
    DATABASE_NAME: z.string().min(1),
    /** Empty: the function's own role is the database user. */
    DATABASE_SECRET_ARN: z.string(),
  });
  return {
    warehouse: redshiftWarehouse({
      workgroupName: environment.WORKGROUP_NAME,
      databaseName: environment.DATABASE_NAME,
      secretArn: environment.DATABASE_SECRET_ARN,
    }),
    migrations,
  };
}
