import { customResourceHandler } from '../../../common/custom-resource.ts';
import { migrateDependencies } from './dependencies.ts';
import { migrate } from './migrate.ts';

// Deleting the stack changes no table: what becomes of the data is decided by the namespace's DeletionPolicy.
export const handler = customResourceHandler(
  migrateDependencies,
  (_, dependencies) => migrate(dependencies),
  () => Promise.resolve(),
);
