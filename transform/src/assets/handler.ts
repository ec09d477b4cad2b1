import { customResourceHandler } from '../../../common/custom-resource.ts';
import { removeBucket } from '../../../common/remove-bucket.ts';
import { assetsDependencies } from './dependencies.ts';
import { putAssets } from './put-assets.ts';

// CloudFormation removes no bucket that holds something, so the bucket is retained for it and removed here, unless it is to be kept.
export const handler = customResourceHandler(
  assetsDependencies,
  (_, dependencies) => putAssets(dependencies),
  (_, { assets, retain }) => (retain ? Promise.resolve() : removeBucket(assets.bucket)),
);
