import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  S3Client,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';

const MOST_ROUNDS = 3;

/**
 * Removes a bucket with all that it holds, versions too; one that is gone already is removed. What is written meanwhile (EMR's logs come late)
 * is removed in a further round; after three rounds the bucket's own error stands: the stack can be deleted again.
 */
export async function removeBucket(bucket: string, client = new S3Client({})): Promise<void> {
  for (let round = 1; ; round += 1) {
    try {
      await emptyBucket(bucket, client);
      await client.send(new DeleteBucketCommand({ Bucket: bucket }));
      return;
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      if (name === 'NoSuchBucket') return;
      if (round === MOST_ROUNDS || name !== 'BucketNotEmpty') throw error;
    }
  }
}

/** `keep`: the stack was told to leave its data, so nothing is removed. */
export async function removeUnlessKept({ bucket, keep }: { bucket: string; keep: boolean }, client = new S3Client({})): Promise<void> {
  if (!keep) await removeBucket(bucket, client);
}

async function emptyBucket(bucket: string, client: S3Client): Promise<void> {
  let page: ListObjectVersionsCommandOutput | undefined;
  do {
    const from = page ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : {};
    page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, ...from }));
    const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    const Objects = found.flatMap(({ Key, VersionId }) => (Key === undefined ? [] : [{ Key, ...(VersionId ? { VersionId } : {}) }]));
    if (Objects.length > 0) await removeObjects(bucket, Objects, client);
  } while (page.IsTruncated);
}

async function removeObjects(bucket: string, Objects: { Key: string; VersionId?: string }[], client: S3Client): Promise<void> {
  const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
  const [first] = Errors;
  if (first)
    throw new Error(`s3://${bucket}/${first.Key ?? ''} cannot be removed: ${first.Code ?? ''}; remove it and delete the stack again`);
}
