import { constants } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { parseS3Uri } from './s3-uri.ts';

export type ObjectFilesOf = (bucket: string, prefix: string) => Promise<readonly { readonly key: string; readonly path: string }[]>;

/** S3 arguments of a step as local directories: Spark needs 269 MB of jars to read S3, and none to read a folder. */
export interface StagedObjects {
  readonly arguments: readonly string[];
  /** Puts what the job wrote, deletes what it deleted. */
  copyBack(client: S3Client): Promise<void>;
}

interface StagedFolder {
  readonly bucket: string;
  readonly directory: string;
  /** Key → modification time in milliseconds of its copy. */
  readonly copied: ReadonlyMap<string, number>;
}

/**
 * Copies the objects below each `s3://` argument into `directory` and replaces the argument by the copy's path. An argument that is itself
 * an object brings those beside it: a pointer to a model names another one.
 */
export async function stageObjects(
  stepArguments: readonly string[],
  directory: string,
  objectFiles: ObjectFilesOf,
): Promise<StagedObjects> {
  const folders = new Map<string, StagedFolder>();
  const replaced: string[] = [];
  for (const argument of stepArguments) {
    const uri = parseS3Uri(argument);
    if (!uri) {
      replaced.push(argument);
      continue;
    }
    const root = join(directory, uri.bucket);
    const prefix = uri.key === '' || uri.key.endsWith('/') ? uri.key : `${uri.key}/`;
    const below = (await objectFiles(uri.bucket, uri.key)).filter(({ key }) => key === uri.key || key.startsWith(prefix));
    const isObject = below.some(({ key }) => key === uri.key);
    const files = isObject ? await objectFiles(uri.bucket, uri.key.slice(0, uri.key.lastIndexOf('/') + 1)) : below;
    const before = folders.get(uri.bucket)?.copied ?? [];
    folders.set(uri.bucket, { bucket: uri.bucket, directory: root, copied: new Map([...before, ...(await copyFiles(files, root))]) });
    await mkdir(isObject ? root : join(root, uri.key), { recursive: true });
    replaced.push(join(root, uri.key));
  }
  return {
    arguments: replaced,
    async copyBack(client) {
      for (const folder of folders.values()) await copyFolderBack(folder, client);
    },
  };
}

async function copyFiles(files: Awaited<ReturnType<ObjectFilesOf>>, root: string): Promise<[string, number][]> {
  const copied: [string, number][] = [];
  for (const { key, path } of files) {
    const copy = join(root, key);
    await mkdir(dirname(copy), { recursive: true });
    await copyFile(path, copy, constants.COPYFILE_FICLONE);
    copied.push([key, (await stat(copy)).mtimeMs]);
  }
  return copied;
}

async function copyFolderBack({ bucket, directory, copied }: StagedFolder, client: S3Client): Promise<void> {
  const left = new Set<string>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    // Hadoop's local file system puts a `.name.crc` beside each file; S3 has none.
    if (!entry.isFile() || (entry.name.startsWith('.') && entry.name.endsWith('.crc'))) continue;
    const path = join(entry.parentPath, entry.name);
    const key = relative(directory, path).replaceAll('\\', '/');
    left.add(key);
    if (copied.get(key) === (await stat(path)).mtimeMs) continue;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: await readFile(path) }));
  }
  for (const key of copied.keys()) {
    if (!left.has(key) && basename(key) !== '') await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }
}
