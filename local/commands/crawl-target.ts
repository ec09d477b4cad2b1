import { mkdir } from 'node:fs/promises';
import { dirname, parse, join, resolve } from 'node:path';
import { folder, type PutBytes } from '../../extract/src/collect/kept-pages.ts';
import { ndjsonFile } from '../../extract/src/collect/ndjson-file.ts';
import type { RecordSink } from '../../extract/src/collect/record-sink.ts';
import { runDirectories } from '../run/directories.ts';
import { UserError } from '../run/user-error.ts';
import { givenHashKey, KEY_VARIABLE, localHashKey } from './author-hash-key.ts';
import type { CrawlOptions } from './crawl.ts';

/** Where a crawl's records and pages go, and the key that hides people in them. */
export interface CrawlTarget {
  /** As the summary names it. */
  readonly name: string;
  readonly hashKey: string;
  readonly sink: RecordSink;
  /** Null: pages are not kept. */
  readonly putPage: PutBytes | null;
}

type TargetOptions = Pick<CrawlOptions, 'site' | 'out' | 'to' | 'keepPages'>;

/** Opens the file or the bucket. @throws UserError when neither can be had. */
export async function openTarget(options: TargetOptions, environment: NodeJS.ProcessEnv = process.env): Promise<CrawlTarget> {
  if (options.out !== undefined) return openFile(options.out, options.keepPages, environment);
  if (options.to !== undefined) return openBucket(options.to, options, environment);
  throw new UserError('Say where the records go: --out <file>, or --to s3://<data bucket>.');
}

async function openFile(out: string, keepPages: string | false | undefined, environment: NodeJS.ProcessEnv): Promise<CrawlTarget> {
  const hashKey = localHashKey(runDirectories(environment).data, environment);
  const path = resolve(out);
  const { dir, name } = parse(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    const sink = await ndjsonFile(path);
    return { name: out, hashKey, sink, putPage: keepPages === false ? null : folder(keepPages ?? join(dir, `${name}-pages`)) };
  } catch (error) {
    throw new UserError(`${out} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}); give another --out.`);
  }
}

async function openBucket(to: string, { site, keepPages }: TargetOptions, environment: NodeJS.ProcessEnv): Promise<CrawlTarget> {
  const bucket = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/.exec(to)?.[1];
  if (!bucket) throw new UserError(`--to ${to} is no bucket; give s3://<data bucket>, the stack's output DataBucketName.`);
  const hashKey = givenHashKey(environment);
  if (hashKey === null)
    throw new UserError(`--to needs the deployment's key in ${KEY_VARIABLE}: npm start -- crawl --help says how to get it.`);
  if (typeof keepPages === 'string') throw new UserError('--keep-pages names a folder, which --to has not: pages go to the bucket.');
  // The AWS SDK is a tenth of a second of loading that a file does without.
  const { objectStore } = await import('../../common/object-store.ts');
  const { collectorUploads } = await import('../../extract/src/collect/collector-uploads.ts');
  const data = objectStore(bucket);
  try {
    const sink = await collectorUploads(data, site);
    return { name: to, hashKey, sink, putPage: keepPages === false ? null : (key, bytes) => data.writeBytes(key, bytes) };
  } catch (error) {
    const { name, message } = error as Error;
    throw new UserError(`s3://${bucket} cannot be written (${name}: ${message}); check the bucket, the region and your credentials.`);
  }
}
