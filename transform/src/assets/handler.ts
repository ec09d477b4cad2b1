import { customResourceHandler } from '../../../common/custom-resource.ts';
import { removeUnlessKept } from '../../../common/remove-bucket.ts';
import { assetsDependencies } from './dependencies.ts';
import { putAssets } from './put-assets.ts';

// CloudFormation removes no bucket that holds something, so the bucket is retained for it and removed here, unless it is to be kept.
export const handler = customResourceHandler(
  assetsDependencies,
  (_, dependencies) => putAssets(dependencies),
  (_, { assets, retain }) => removeUnlessKept({ bucket: assets.bucket, keep: retain }),
);
