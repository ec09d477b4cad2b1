import { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import * as z from 'zod';
import { readEnvironment } from '../../../common/environment.ts';
import { adminWarehouse } from '../admin-warehouse.ts';
import type { MigrateDependencies } from './migrate.ts';
import { migrations } from './migrations.ts';
import type { UsageLimitRequest } from './usage-limit.ts';

/** From the function's environment. @throws EnvironmentError naming what is missing or wrong. */
export function migrateDependencies(): MigrateDependencies & {
  readonly serverless: RedshiftServerlessClient;
  readonly usageLimit: UsageLimitRequest;
} {
  const environment = readEnvironment({
    WORKGROUP_ARN: z.string().startsWith('arn:'),
    RPU_HOURS_A_DAY: z.coerce.number().int().positive(),
  });
  return {
    warehouse: adminWarehouse(),
    migrations,
    serverless: new RedshiftServerlessClient({}),
    usageLimit: { workgroupArn: environment.WORKGROUP_ARN, rpuHoursADay: environment.RPU_HOURS_A_DAY },
  };
}
