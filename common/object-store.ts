import { gunzipSync, gzipSync } from 'node:zlib';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type * as z from 'zod';
import { InvalidObjectError, MissingObjectError } from './errors.ts';

/** One bucket, with what the stages need of it. Bodies are UTF-8 text; keys that end in `.gz` are compressed on the way. */
export interface ObjectStore {
  readonly bucket: string;
  /** @throws MissingObjectError when there is no such key. */
  readText(key: string): Promise<string>;
  /** @throws MissingObjectError, InvalidObjectError when the JSON does not satisfy the schema. */
  readJson<T>(key: string, schema: z.ZodType<T>): Promise<T>;
  /** The bytes as stored, whatever the key ends in. @throws MissingObjectError when there is no such key. */
  readBytes(key: string): Promise<Uint8Array>;
  exists(key: string): Promise<boolean>;
  write(key: string, text: string): Promise<void>;
  writeBytes(key: string, bytes: Uint8Array): Promise<void>;
  /** Writes only when the key is free (If-None-Match). Returns false when it was taken. */
  writeOnce(key: string, text: string): Promise<boolean>;
  /** Removes an object; one that is not there is removed already. */
  remove(key: string): Promise<void>;
  /** Keys below a prefix, in order, all pages. */
  list(prefix: string): Promise<string[]>;
}

/** The bucket in S3. Errors that the interface does not name are the SDK's own. */
export function objectStore(bucket: string, client: S3Client = new S3Client({})): ObjectStore {
  const put = (key: string, body: Uint8Array, onlyIfFree: boolean) =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...(onlyIfFree ? { IfNoneMatch: '*' } : {}) }));

  const store: ObjectStore = {
    bucket,
    readText: async (key) => decode(key, await store.readBytes(key)),
    async readBytes(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await Body?.transformToByteArray()) ?? new Uint8Array();
      } catch (cause) {
        if (isNamed(cause, 'NoSuchKey', 'NotFound')) throw new MissingObjectError(`s3://${bucket}/${key} does not exist`, { cause });
        throw cause;
      }
    },
    async readJson(key, schema) {
      const parsed = schema.safeParse(parseJson(`s3://${bucket}/${key}`, await store.readText(key)));
      if (parsed.success) return parsed.data;
      const issue = parsed.error.issues[0];
      throw new InvalidObjectError(
        `s3://${bucket}/${key}: ${issue?.path.join('.') || 'the whole'} ${issue?.message ?? 'is invalid'}; correct the object`,
      );
    },
    exists: async (key) => (await store.list(key)).includes(key),
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    async write(key, text) {
      await put(key, encode(key, text), false);
    },
    async writeBytes(key, bytes) {
      await put(key, bytes, false);
    },
    async writeOnce(key, text) {
      try {
        await put(key, encode(key, text), true);
        return true;
      } catch (error) {
        if (isNamed(error, 'PreconditionFailed')) return false;
        throw error;
      }
    },
    async list(prefix) {
      const keys: string[] = [];
      let token: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token ? { ContinuationToken: token } : {}) }),
        );
        keys.push(...(page.Contents ?? []).flatMap((entry) => entry.Key ?? []));
        token = page.NextContinuationToken;
      } while (token);
      return keys;
    },
  };
  return store;
}

/** What a read gives, or null when there is no such object. Every other error passes through. */
export async function ifThere<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof MissingObjectError) return null;
    throw error;
  }
}

/** One JSON document a line, with a final line feed; empty for no record. */
export function ndjson(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

function encode(key: string, text: string): Uint8Array {
  return key.endsWith('.gz') ? gzipSync(text) : Buffer.from(text);
}

function decode(key: string, bytes: Uint8Array): string {
  return (key.endsWith('.gz') ? gunzipSync(bytes) : Buffer.from(bytes)).toString('utf8');
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidObjectError(`${name} is no JSON: ${(cause as Error).message}; correct the object`, { cause });
  }
}

function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
