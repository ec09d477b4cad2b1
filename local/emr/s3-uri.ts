export interface S3Uri {
  readonly bucket: string;
  readonly key: string;
}

/** Parses `s3://bucket/key` (the key may be empty); undefined for anything else. */
export function parseS3Uri(text: string): S3Uri | undefined {
  const [, bucket, key = ''] = /^s3a?:\/\/([^/]+)(?:\/(.*))?$/.exec(text) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}
