import { S3Error, S3Store, type S3Object } from './fauxqs-internals.ts';
import type { ObjectFiles } from './object-files.ts';

interface ListOptions {
  readonly prefix?: string;
  readonly delimiter?: string;
  readonly maxKeys?: number;
  readonly startAfter?: string;
  readonly marker?: string;
}

interface ListResult {
  objects: S3Object[];
  commonPrefixes: string[];
  isTruncated: boolean;
}

/**
 * fauxqs' store, but for listing: 2.4.1 sorts by locale and pages by code unit, so a second page loses keys
 * (`a`, `B`, `c`: after `a` comes nothing below it), and S3 lists in byte order.
 */
export class LocalS3Store extends S3Store {
  readonly #files: ObjectFiles;

  constructor(files: ObjectFiles) {
    super();
    this.#files = files;
    files.loadS3(this);
    this.persistence = files;
  }

  override listObjects(bucket: string, options: ListOptions = {}): ListResult {
    const { prefix = '', delimiter, maxKeys = 1000 } = options;
    const after = options.startAfter ?? options.marker ?? '';
    const stored = this.#files.list(bucket, prefix);
    if (!stored) throw new S3Error('NoSuchBucket', `The specified bucket does not exist: ${bucket}`, 404);
    const objects = stored.map(({ object }) => object).filter(({ key }) => key > after);
    // A page with a delimiter is never cut: fauxqs' continuation token names the last key and would repeat the folders behind it.
    if (delimiter) return { ...foldersOf(objects, prefix, delimiter, after), isTruncated: false };
    return { objects: objects.slice(0, maxKeys), commonPrefixes: [], isTruncated: objects.length > maxKeys };
  }
}

function foldersOf(objects: readonly S3Object[], prefix: string, delimiter: string, after: string): Omit<ListResult, 'isTruncated'> {
  const folders = new Set<string>();
  const plain = objects.filter(({ key }) => {
    const end = key.indexOf(delimiter, prefix.length);
    if (end < 0) return true;
    folders.add(key.slice(0, end + delimiter.length));
    return false;
  });
  return { objects: plain, commonPrefixes: [...folders].filter((folder) => folder > after) };
}
