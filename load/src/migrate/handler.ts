import { customResourceHandler } from '../../../common/custom-resource.ts';
import { migrateDependencies } from './dependencies.ts';
import { migrate } from './migrate.ts';
import { setUsageLimit } from './usage-limit.ts';

// Deleting the stack changes no table: what becomes of the data is decided by the namespace's DeletionPolicy.
export const handler = customResourceHandler(
  migrateDependencies,
  async (_, { serverless, usageLimit, ...migration }) => {
    await setUsageLimit(serverless, usageLimit);
    return migrate(migration);
  },
  () => Promise.resolve(),
);
