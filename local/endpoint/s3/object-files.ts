import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { readStoredJson } from '../stored-json.ts';
import type { S3Object, S3PersistenceProvider, S3Store } from './fauxqs-internals.ts';
import { keyPath } from './object-paths.ts';

/** Puts bytes on the disk; tests inject a full disk here. */
export type WriteFile = (path: string, bytes: Uint8Array | string) => void;

type StoredMeta = Omit<S3Object, 'body' | 'lastModified'> & { readonly version: string; readonly lastModified: string };
/** What loading needs; the rest is fauxqs' own. */
const storedMetaSchema = z.looseObject({ key: z.string(), version: z.string(), lastModified: z.string(), contentLength: z.number() });

interface StoredObject {
  readonly object: S3Object;
  /** Absolute path of the object's bytes. */
  readonly path: string;
}

/**
 * Objects as plain files: `<bucket>/data/<key's directory>/<version>~<name>` (the bytes, readable in place) and
 * `<bucket>/meta/<…>/<name>%.json`, which names the version. The meta file is renamed into place after the bytes are complete,
 * so a process killed in mid-write leaves the object as it was; what no meta file names is removed at the next start.
 */
export class ObjectFiles implements S3PersistenceProvider {
  readonly #directory: string;
  readonly #writeFile: WriteFile;
  readonly #buckets = new Map<string, Map<string, StoredObject>>();

  constructor(directory: string, writeFile: WriteFile = writeFileSync) {
    this.#directory = directory;
    this.#writeFile = writeFile;
    mkdirSync(directory, { recursive: true });
  }

  /** Objects whose key starts with the prefix, in the order of S3 (UTF-8 bytes). Undefined for an unknown bucket. */
  list(bucket: string, prefix: string): StoredObject[] | undefined {
    const stored = this.#buckets.get(bucket);
    if (!stored) return undefined;
    const found = [...stored.values()].filter(({ object }) => object.key.startsWith(prefix));
    return found.sort((a, b) => compareKeys(a.object.key, b.object.key));
  }

  find(bucket: string, key: string): S3Object | undefined {
    return this.#buckets.get(bucket)?.get(key)?.object;
  }

  loadS3(store: S3Store): void {
    for (const bucket of readdirSync(this.#directory)) {
      this.#buckets.set(bucket, new Map());
      store.createBucket(bucket);
      store.setBucketCreationDate(bucket, statSync(join(this.#directory, bucket)).birthtime);
      const meta = join(this.#directory, bucket, 'meta');
      for (const path of filesBelow(meta)) {
        if (path.endsWith('%.json')) this.#load(bucket, meta, path, store);
        else unlinkSync(path);
      }
      this.#removeUnnamedBytes(bucket);
    }
  }

  #load(bucket: string, meta: string, path: string, store: S3Store): void {
    const { version, lastModified, ...rest } = readStoredJson(path, (content) => {
      storedMetaSchema.parse(content);
      return content as StoredMeta;
    });
    const { name } = keyPath(rest.key);
    const bytes = join(this.#directory, bucket, 'data', relative(meta, dirname(path)), `${version}~${name}`);
    const size = statSync(bytes, { throwIfNoEntry: false })?.size;
    if (size !== rest.contentLength) {
      throw new Error(
        `${bytes} has ${String(size ?? 'no')} bytes instead of ${rest.contentLength}: the local data is damaged. Begin anew: npm start -- --fresh`,
      );
    }
    const object = { ...rest, lastModified: new Date(lastModified), body: Buffer.alloc(0) };
    this.#buckets.get(bucket)?.set(rest.key, { object, path: bytes });
    store.restoreObject(bucket, object);
  }

  #removeUnnamedBytes(bucket: string): void {
    const named = new Set([...(this.#buckets.get(bucket)?.values() ?? [])].map(({ path }) => path));
    for (const path of filesBelow(join(this.#directory, bucket, 'data'))) if (!named.has(path)) unlinkSync(path);
  }

  insertBucket(name: string): void {
    for (const kind of ['data', 'meta']) mkdirSync(join(this.#directory, name, kind), { recursive: true });
    this.#buckets.set(name, new Map());
  }

  deleteBucket(name: string): void {
    rmSync(join(this.#directory, name), { recursive: true, force: true });
    this.#buckets.delete(name);
  }

  upsertObject(bucket: string, object: S3Object): void {
    const before = this.#buckets.get(bucket)?.get(object.key);
    const version = randomBytes(6).toString('hex');
    const { bytes, meta } = this.#paths(bucket, object.key, version);
    const { body, ...rest } = object;
    try {
      mkdirSync(dirname(bytes), { recursive: true });
      mkdirSync(dirname(meta), { recursive: true });
      this.#writeFile(bytes, body);
      this.#writeFile(`${meta}.${version}`, JSON.stringify({ version, ...rest }));
      renameSync(`${meta}.${version}`, meta);
    } catch (error) {
      for (const path of [bytes, `${meta}.${version}`]) rmSync(path, { force: true });
      throw error;
    }
    this.#buckets.get(bucket)?.set(object.key, { object: { ...object, body: Buffer.alloc(0) }, path: bytes });
    if (before) rmSync(before.path, { force: true });
  }

  deleteObject(bucket: string, key: string): void {
    const stored = this.#buckets.get(bucket)?.get(key);
    if (!stored) return;
    const { meta } = this.#paths(bucket, key, '');
    rmSync(meta, { force: true });
    rmSync(stored.path, { force: true });
    this.#buckets.get(bucket)?.delete(key);
    for (const path of [meta, stored.path]) removeEmptyParents(dirname(path), join(this.#directory, bucket));
  }

  readBody(bucket: string, key: string): Buffer {
    const stored = this.#buckets.get(bucket)?.get(key);
    return stored ? readFileSync(stored.path) : Buffer.alloc(0);
  }

  completeMultipartUpload(_uploadId: string, bucket: string, object: S3Object): void {
    this.upsertObject(bucket, object);
  }

  #paths(bucket: string, key: string, version: string): { readonly bytes: string; readonly meta: string } {
    const { directory, name } = keyPath(key);
    const root = join(this.#directory, bucket);
    return { bytes: join(root, 'data', directory, `${version}~${name}`), meta: join(root, 'meta', directory, `${name}%.json`) };
  }

  // An upload that its process did not finish is worth nothing after a restart: its client is gone too.
  insertMultipartUpload(): void {}
  upsertMultipartPart(): void {}
  deleteMultipartUpload(): void {}
  deleteAllMultipartUploads(): void {}
  close(): void {}

  // These belong to operations that the endpoint refuses (s3-app.ts) or to fauxqs' own console.
  saveBucketLifecycleConfiguration = refuse;
  deleteBucketLifecycleConfiguration = refuse;
  deleteObjectsByBucket = refuse;
  deleteAllObjects = refuse;
  renameObject = refuse;
  purgeAll = refuse;
}

function refuse(): never {
  throw new Error('The local S3 does not keep this');
}

/** UTF-16 order differs from byte order only for surrogates, which sort above all else in bytes. */
function compareKeys(a: string, b: string): number {
  return /[\ud800-\udfff]/.test(a + b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : a > b ? 1 : 0;
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function removeEmptyParents(directory: string, bucketDirectory: string): void {
  for (let current = directory; dirname(current) !== bucketDirectory; current = dirname(current)) {
    try {
      rmdirSync(current);
    } catch {
      return; // not empty
    }
  }
}
