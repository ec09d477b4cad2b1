import { customResourceHandler } from '../../../common/custom-resource.ts';
import { removeUnlessKept } from '../../../common/remove-bucket.ts';
import { removeBucketDependencies } from './dependencies.ts';

// CloudFormation removes no bucket that holds something, so the stack's deletion begins here; the bucket itself is retained for it.
export const handler = customResourceHandler(
  removeBucketDependencies,
  (_, { bucket }) => Promise.resolve({ Bucket: bucket }),
  (_, { bucket, retain }) => removeUnlessKept({ bucket, keep: retain }),
);
