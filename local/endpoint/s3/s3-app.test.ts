import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { clientOf, endpointFixture, KNOWN_KEY, type EndpointFixture } from '../endpoint-fixture.ts';
import type { Endpoint } from '../start-endpoint.ts';

const Bucket = 'data-bucket';
let fixture: EndpointFixture;
let endpoint: Endpoint;
let s3: S3Client;

beforeEach(async () => {
  fixture = await endpointFixture();
  endpoint = await fixture.start();
  endpoint.s3.createBuckets([Bucket]);
  s3 = new S3Client(clientOf(endpoint));
});
afterEach(async () => {
  s3.destroy();
  await fixture.remove();
});

const put = (Key: string, Body: string | Uint8Array = Key, more = {}) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
const list = async (more = {}) => {
  const { Contents = [], CommonPrefixes = [] } = await s3.send(new ListObjectsV2Command({ Bucket, ...more }));
  return { keys: Contents.map(({ Key }) => Key), folders: CommonPrefixes.map(({ Prefix }) => Prefix) };
};

describe('objects', () => {
  it('keeps bytes, type and metadata under any key, across a restart', async () => {
    const keys = ['a', 'a/b', 'a//b', 'a/../b', '제네시스/글 1.json', 'a%2fb', 'a.json/x', `long/${'k'.repeat(180)}`, 'q?*"<>|[x]:+&'];
    for (const key of keys) await put(key, `bytes of ${key}`, { ContentType: 'text/x', Metadata: { origin: 'test' } });

    endpoint = await fixture.restart();
    s3 = new S3Client(clientOf(endpoint));

    expect((await list()).keys).toEqual([...keys].sort());
    for (const key of keys) expect(await get(key)).toBe(`bytes of ${key}`);
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a//b' }));
    expect([head.ContentType, head.Metadata]).toEqual(['text/x', { origin: 'test' }]);
  });

  it('lends the files that hold the bytes', async () => {
    await put('processed/post/batch=1/one.parquet', 'PAR1');
    await put('processed/post/batch=10/two.parquet', 'other');

    const files = await endpoint.s3.objectFiles(Bucket, 'processed/post/batch=1/');

    expect(files.map(({ key }) => key)).toEqual(['processed/post/batch=1/one.parquet']);
    expect(await readFile(files[0]?.path ?? '', 'utf8')).toBe('PAR1');
    await expect(endpoint.s3.objectFiles('no-bucket', '')).rejects.toThrow('The bucket no-bucket does not exist');
  });

  it('takes a body larger than 11 MiB in one piece and in parts', async () => {
    const body = Buffer.alloc(12 * 1024 * 1024, 'x');
    await put('whole', body);
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }));
    const part = async (PartNumber: number, Body: Uint8Array) => {
      const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key: 'parts', UploadId, PartNumber, Body }));
      return { PartNumber, ETag };
    };
    const Parts = [await part(1, body.subarray(0, 6 * 1024 * 1024)), await part(2, Buffer.from('end'))];
    await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'parts', UploadId, MultipartUpload: { Parts } }));

    expect((await get('whole'))?.length).toBe(body.length);
    expect((await get('parts'))?.length).toBe(6 * 1024 * 1024 + 3);
    const range = await s3.send(new GetObjectCommand({ Bucket, Key: 'parts', Range: 'bytes=-4' }));
    expect(await range.Body?.transformToString()).toBe('xend');
  });

  it('copies and deletes', async () => {
    await put('from', 'text');
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `${Bucket}/from` }));
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'from' }, { Key: 'never' }] } }));

    expect(await get('to')).toBe('text');
    await expect(get('from')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('lists', () => {
  it('are in byte order and lose no key between pages', async () => {
    const keys = ['a', 'B', 'c', 'Z', '_', 'a-b', 'a_b', '가', '1', '10', '2'];
    for (const key of keys) await put(`mixed/${key}`);

    const found: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'mixed/', MaxKeys: 2, ContinuationToken }));
      found.push(...(page.Contents ?? []).map(({ Key }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);

    expect(found).toEqual(keys.map((key) => `mixed/${key}`).sort());
  });

  it('fold keys into folders at a delimiter', async () => {
    for (const key of ['raw/x', 'raw/post/1', 'raw/post/2', 'raw/comment/1']) await put(key);

    expect(await list({ Prefix: 'raw/', Delimiter: '/' })).toEqual({ keys: ['raw/x'], folders: ['raw/comment/', 'raw/post/'] });
  });
});

describe('conditional writes', () => {
  it('let exactly one of many simultaneous writers in', async () => {
    const writers = Array.from({ length: 30 }, (_, index) => put('once', `writer ${index}`, { IfNoneMatch: '*' }));

    const outcomes = await Promise.allSettled(writers);

    const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as Error).name] : []));
    expect(winners).toHaveLength(1);
    expect(new Set(refusals)).toEqual(new Set(['PreconditionFailed']));
    expect(await get('once')).toBe(`writer ${winners[0] ?? -1}`);
  });

  it('replace only the version that was read', async () => {
    const { ETag } = await put('state', '1');
    await put('state', '2', { IfMatch: ETag });

    await expect(put('state', '3', { IfMatch: ETag })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(put('absent', '1', { IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await get('state')).toBe('2');
  });

  it('hold for an upload in parts', async () => {
    await put('taken');
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'taken' }));
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key: 'taken', UploadId, PartNumber: 1, Body: 'new' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };

    const complete = new CompleteMultipartUploadCommand({ Bucket, Key: 'taken', UploadId, MultipartUpload, IfNoneMatch: '*' });

    await expect(s3.send(complete)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });
});

describe('what the local S3 lacks', () => {
  it('is refused and leaves the object alone', async () => {
    await put('tagged', 'text');
    const Tagging = { TagSet: [{ Key: 'k', Value: 'v' }] };

    await expect(s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging }))).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    });
    await expect(s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'tagged' }))).rejects.toMatchObject({ name: 'NotImplemented' });
    const versioning = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
    await expect(s3.send(versioning)).rejects.toMatchObject({ name: 'NotImplemented' });
    expect(await get('tagged')).toBe('text');
  });
});

describe('older clients', () => {
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${KNOWN_KEY}/20261120/ap-northeast-2/s3/aws4_request, SignedHeaders=host, Signature=0`,
  };

  it('may leave the quotes off an entity tag', async () => {
    const { ETag = '' } = await put('quoted');

    const response = await fetch(`${endpoint.url}/${Bucket}/quoted`, { headers: { ...headers, 'if-match': ETag.replaceAll('"', '') } });

    expect(response.status).toBe(200);
  });

  it('may sign a stream without naming its encoding', async () => {
    const body = '5;chunk-signature=0\r\nhello\r\n0;chunk-signature=0\r\n\r\n';
    const streaming = { ...headers, 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' };
    await fetch(`${endpoint.url}/${Bucket}/streamed`, { method: 'PUT', headers: streaming, body });

    expect(await get('streamed')).toBe('hello');
  });
});

it('stores nothing of an upload whose client dies, and goes on', async () => {
  const socket = connect(endpoint.port, '127.0.0.1');
  const authorization = `AWS4-HMAC-SHA256 Credential=${KNOWN_KEY}/20261120/ap-northeast-2/s3/aws4_request, Signature=0`;
  socket.write(`PUT /${Bucket}/half HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 1000\r\n\r\nhalf`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));

  await put('after');
  expect((await list()).keys).toEqual(['after']);
});
