import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { clientOf, endpointFixture, type EndpointFixture } from '../endpoint-fixture.ts';
import type { WriteFile } from './object-files.ts';

const Bucket = 'data-bucket';
let fixture: EndpointFixture;
beforeEach(async () => {
  fixture = await endpointFixture();
});
afterEach(() => fixture.remove());

const read = async (s3: S3Client, Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
const filesOnDisk = async () => {
  const entries = await readdir(join(fixture.directory, 's3', Bucket), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name.replace(/^[0-9a-f]{12}~/, ''))
    .sort();
};

describe('a full disk', () => {
  let isFull = false;
  /** Writes half of the bytes, as a disk that runs full does. */
  const writeFile: WriteFile = (path, bytes) => {
    if (!isFull) {
      writeFileSync(path, bytes);
      return;
    }
    writeFileSync(path, bytes.slice(0, bytes.length / 2));
    throw new Error('ENOSPC: no space left on device, write');
  };

  it('is told to the client and leaves every object as it was', async () => {
    const endpoint = await fixture.start({ writeFile });
    endpoint.s3.createBuckets([Bucket]);
    const s3 = new S3Client(clientOf(endpoint));
    const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    await put('kept', 'first text');
    isFull = true;

    const refusal = { name: 'InternalError', message: 'ENOSPC: no space left on device, write', $metadata: { httpStatusCode: 500 } };
    await expect(put('kept', 'second text')).rejects.toMatchObject(refusal);
    await expect(put('new', 'text')).rejects.toMatchObject(refusal);
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'kept' }));
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key: 'kept', UploadId, PartNumber: 1, Body: 'part' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await expect(s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'kept', UploadId, MultipartUpload }))).rejects.toMatchObject(
      refusal,
    );
    isFull = false;

    expect(await read(s3, 'kept')).toBe('first text');
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(1);
    expect(await filesOnDisk()).toEqual(['kept', 'kept%.json']);
    await put('new', 'now it fits');
    expect(await read(s3, 'new')).toBe('now it fits');
  });
});

describe('a start', () => {
  it('removes what a killed process left half-written', async () => {
    const endpoint = await fixture.start();
    endpoint.s3.createBuckets([Bucket]);
    await new S3Client(clientOf(endpoint)).send(new PutObjectCommand({ Bucket, Key: 'raw/whole', Body: 'whole' }));
    await endpoint.close();
    const root = join(fixture.directory, 's3', Bucket);
    await mkdir(join(root, 'data', 'raw', 'deep'), { recursive: true });
    await writeFile(join(root, 'data', 'raw', 'deep', '0123456789ab~half'), 'hal');
    await writeFile(join(root, 'data', 'raw', '0123456789ab~whole'), 'newer, but never named');
    await writeFile(join(root, 'meta', 'raw', 'whole%.json.0123456789ab'), '{"version":');

    const again = await fixture.start();

    expect(await read(new S3Client(clientOf(again)), 'raw/whole')).toBe('whole');
    expect(await filesOnDisk()).toEqual(['whole', 'whole%.json']);
  });

  it('names an object whose bytes are damaged', async () => {
    const endpoint = await fixture.start();
    endpoint.s3.createBuckets([Bucket]);
    await new S3Client(clientOf(endpoint)).send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'whole' }));
    const [file] = await endpoint.s3.objectFiles(Bucket, 'a');
    await endpoint.close();
    await writeFile(file?.path ?? '', 'who');

    await expect(fixture.start()).rejects.toThrow(
      /~a has 3 bytes instead of 5: the local data is damaged\. Begin anew: npm start -- --fresh/,
    );
  });

  it.each(['{"key":"a"', '{"key":"a"}'])('names a record of an object that is %s', async (content) => {
    const endpoint = await fixture.start();
    endpoint.s3.createBuckets([Bucket]);
    await new S3Client(clientOf(endpoint)).send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'whole' }));
    await endpoint.close();
    await writeFile(join(fixture.directory, 's3', Bucket, 'meta', 'a%.json'), content);

    await expect(fixture.start()).rejects.toThrow(
      /a%\.json is damaged\. Put a good copy in its place, or begin anew: npm start -- --fresh/,
    );
  });
});
