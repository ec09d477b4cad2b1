import type { DeployedBucket } from './application.ts';
import { type Created, type Creation, physicalName } from './creation.ts';
import { templateError } from './template-error.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET_NAME = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/;

/** @throws TemplateError when S3 would refuse the name. */
export function createBucket(creation: Creation): Created<DeployedBucket> {
  const { logicalId, place, account, type, properties } = creation;
  const name = physicalName(creation, 'BucketName');
  const bucket = properties['BucketName'] === undefined ? name.toLowerCase() : name;
  if (!BUCKET_NAME.test(bucket)) throw templateError(place, `"${bucket}" is no bucket name: 3–63 of a–z, 0–9, dot and hyphen`);
  const attributes = {
    Arn: `arn:aws:s3:::${bucket}`,
    DomainName: `${bucket}.s3.amazonaws.com`,
    RegionalDomainName: `${bucket}.s3.${account.region}.amazonaws.com`,
  };
  return { answers: { type, ref: bucket, attributes }, deployed: { logicalId, name: bucket } };
}
