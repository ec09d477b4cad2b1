import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import * as z from 'zod';
import { gunzipSync } from 'node:zlib';
import { ndjson, objectStore } from './object-store.ts';

const s3 = mockClient(S3Client).rejects(new Error('an unexpected call'));
const store = objectStore('data', new S3Client({ region: 'ap-northeast-2' }));
const body = (text: string) => ({ Body: { transformToByteArray: () => Promise.resolve(Buffer.from(text)) } as never });

beforeEach(() => s3.reset());

it('compresses what ends in .gz', async () => {
  s3.on(PutObjectCommand).resolves({});

  await store.write('raw/part.ndjson.gz', ndjson([{ a: 1 }, { a: 2 }]));

  const sent = s3.commandCalls(PutObjectCommand)[0]?.args[0].input.Body as Uint8Array;
  expect(gunzipSync(sent).toString()).toBe('{"a":1}\n{"a":2}\n');
});

it('says whether the key was free', async () => {
  s3.on(PutObjectCommand, { IfNoneMatch: '*' })
    .resolvesOnce({})
    .rejectsOnce(Object.assign(new Error('taken'), { name: 'PreconditionFailed' }));

  expect(await store.writeOnce('plan/x.json', '{}')).toBe(true);
  expect(await store.writeOnce('plan/x.json', '{}')).toBe(false);
});

it('names the object that is missing, and the field that breaks its contract', async () => {
  s3.on(GetObjectCommand, { Key: 'absent' }).rejects(new NoSuchKey({ message: 'no', $metadata: {} }));
  s3.on(GetObjectCommand, { Key: 'cut.json' }).resolves(body('{"count":'));
  s3.on(GetObjectCommand, { Key: 'bad.json' }).resolves(body('{"count":"many"}'));

  await expect(store.readText('absent')).rejects.toMatchObject({ name: 'MissingObjectError', message: 's3://data/absent does not exist' });
  await expect(store.readJson('bad.json', z.object({ count: z.number() }))).rejects.toThrow('s3://data/bad.json: count');
  await expect(store.readJson('cut.json', z.object({ count: z.number() }))).rejects.toThrow(
    /^s3:\/\/data\/cut\.json is no JSON: .*; correct the object$/,
  );
});

it('lists all pages', async () => {
  s3.on(ListObjectsV2Command, { Prefix: 'p/' }).resolves({ Contents: [{ Key: 'p/1' }], NextContinuationToken: 't' });
  s3.on(ListObjectsV2Command, { Prefix: 'p/', ContinuationToken: 't' }).resolves({ Contents: [{ Key: 'p/2' }] });

  expect(await store.list('p/')).toEqual(['p/1', 'p/2']);
});
