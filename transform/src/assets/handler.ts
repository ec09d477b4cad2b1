import { customResourceHandler } from '../../../common/custom-resource.ts';
import { assetsDependencies } from './dependencies.ts';
import { putAssets } from './put-assets.ts';

// Deleting the stack leaves the objects: the bucket's own policy decides what becomes of them.
export const handler = customResourceHandler(
  assetsDependencies,
  (_, dependencies) => putAssets(dependencies),
  () => Promise.resolve(),
);
