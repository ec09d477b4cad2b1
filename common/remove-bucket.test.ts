import { DeleteBucketCommand, DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { removeBucket, removeUnlessKept } from './remove-bucket.ts';

const s3 = mockClient(S3Client);
const remove = () => removeBucket('data', new S3Client({ region: 'ap-northeast-2' }));
const named = (name: string) => Object.assign(new Error(name), { name });

beforeEach(() => {
  s3.reset();
  s3.onAnyCommand().rejects(new Error('unexpected call'));
  s3.on(DeleteObjectsCommand).resolves({});
  s3.on(DeleteBucketCommand, { Bucket: 'data' }).resolves({});
});

it('removes every object of every page with its versions, then the bucket', async () => {
  s3.on(ListObjectVersionsCommand)
    .resolvesOnce({
      Versions: [{ Key: 'a', VersionId: '1' }],
      DeleteMarkers: [{ Key: 'b', VersionId: '2' }],
      IsTruncated: true,
      NextKeyMarker: 'b',
    })
    .resolvesOnce({ Versions: [{ Key: 'c', VersionId: 'null' }] });

  await remove();

  const removed = s3.commandCalls(DeleteObjectsCommand).flatMap(({ args }) => args[0].input.Delete?.Objects ?? []);
  expect(removed).toEqual([
    { Key: 'a', VersionId: '1' },
    { Key: 'b', VersionId: '2' },
    { Key: 'c', VersionId: 'null' },
  ]);
  expect(s3.commandCalls(DeleteBucketCommand)).toHaveLength(1);
});

it('removes nothing of a bucket that is kept, and all of one that is not', async () => {
  s3.on(ListObjectVersionsCommand).resolves({ Versions: [{ Key: 'a' }] });

  await removeUnlessKept({ bucket: 'data', keep: true }, new S3Client({ region: 'ap-northeast-2' }));
  expect(s3.calls()).toHaveLength(0);

  await removeUnlessKept({ bucket: 'data', keep: false }, new S3Client({ region: 'ap-northeast-2' }));
  expect(s3.commandCalls(DeleteObjectsCommand)).toHaveLength(1);
  expect(s3.commandCalls(DeleteBucketCommand)).toHaveLength(1);
});

it('takes a bucket that is gone for removed', async () => {
  s3.on(ListObjectVersionsCommand).rejects(named('NoSuchBucket'));

  await expect(remove()).resolves.toBeUndefined();
});

it('empties again what was written meanwhile, three times at most', async () => {
  s3.on(ListObjectVersionsCommand).resolves({ Versions: [{ Key: 'log' }] });
  s3.on(DeleteBucketCommand).rejectsOnce(named('BucketNotEmpty')).resolves({});
  await remove();
  expect(s3.commandCalls(DeleteBucketCommand)).toHaveLength(2);

  s3.on(DeleteBucketCommand).rejects(named('BucketNotEmpty'));
  await expect(remove()).rejects.toThrow('BucketNotEmpty');
  expect(s3.commandCalls(DeleteBucketCommand)).toHaveLength(5);
});

it('names an object that cannot be removed, and keeps the bucket', async () => {
  s3.on(ListObjectVersionsCommand).resolves({ Versions: [{ Key: 'locked' }] });
  s3.on(DeleteObjectsCommand).resolves({ Errors: [{ Key: 'locked', Code: 'AccessDenied' }] });

  await expect(remove()).rejects.toThrow('s3://data/locked cannot be removed: AccessDenied; remove it and delete the stack again');
  expect(s3.commandCalls(DeleteBucketCommand)).toHaveLength(0);
});
