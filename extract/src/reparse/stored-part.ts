import { manifestSchema, type Manifest } from '../../../common/contracts/manifest.ts';
import type { Part } from '../../../common/contracts/plan.ts';
import { commentRecordSchema, postRecordSchema, type CommentRecord, type PostRecord } from '../../../common/contracts/records.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { ifThere } from '../../../common/object-store.ts';
import { postId } from '../crawl/crawl-state.ts';
import { linesOf } from '../extract/records.ts';
import type { ReparseDependencies } from './dependencies.ts';

/** What a part has stored so far. */
export interface StoredPart {
  /** False when its records were never committed. */
  readonly isCommitted: boolean;
  /** By postId. */
  readonly posts: ReadonlyMap<string, PostRecord>;
  readonly comments: ReadonlyMap<string, readonly CommentRecord[]>;
  readonly manifest: Manifest | null;
}

/** Records and manifest of a part as they lie in the bucket; empty where there are none. @throws InvalidObjectError, ZodError for a broken one. */
export async function storedPart({ batch, site, part }: Part, { data }: ReparseDependencies): Promise<StoredPart> {
  const [posts, comments, manifest] = await Promise.all([
    ifThere(data.readText(objectKeys.rawPosts(batch, site, part))),
    ifThere(data.readText(objectKeys.rawComments(batch, site, part))),
    ifThere(data.readJson(objectKeys.manifest(batch, 'extract', part), manifestSchema)),
  ]);
  return {
    isCommitted: posts !== null,
    posts: new Map(linesOf(posts ?? '', postRecordSchema).map((record) => [postId(record), record])),
    comments: Map.groupBy(linesOf(comments ?? '', commentRecordSchema), postId),
    manifest,
  };
}
