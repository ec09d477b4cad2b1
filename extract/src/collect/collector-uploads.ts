import { randomBytes } from 'node:crypto';
import type { CommentRecord, PostRecord } from '../../../common/contracts/records.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { ndjson, type ObjectStore } from '../../../common/object-store.ts';
import type { RecordSink } from './record-sink.ts';

/** What one upload holds at most: what adopts it reads it whole. One post with more comments than that is an upload by itself. */
const MAX_POSTS = 200;
const MAX_COMMENTS = 20_000;

/**
 * Brings records to the data bucket, where the next scheduled run takes them as parts of its own: `collected/<site>-c<8 hex>/`.
 * The posts are written last and complete an upload; what has none is never looked at. So a first, empty half of one shows at the
 * beginning whether the bucket may be written, before hours of reading.
 */
export async function collectorUploads(
  data: Pick<ObjectStore, 'write'>,
  site: string,
  newId: () => string = randomId,
): Promise<RecordSink> {
  let name = `${site}-c${newId()}`;
  await data.write(objectKeys.collectedComments(name), '');

  let posts: PostRecord[] = [];
  let comments: CommentRecord[] = [];
  let last: Promise<unknown> = Promise.resolve();

  const send = () => {
    if (posts.length === 0) return last;
    const sent = { posts, comments };
    [posts, comments] = [[], []];
    const upload = name;
    name = `${site}-c${newId()}`;
    const sending = last.then(async () => {
      try {
        await data.write(objectKeys.collectedComments(upload), ndjson(sent.comments));
        await data.write(objectKeys.collectedPosts(upload), ndjson(sent.posts));
      } catch (error) {
        // They go along with the next upload, the last one at the end.
        posts = [...sent.posts, ...posts];
        comments = [...sent.comments, ...comments];
        throw error;
      }
    });
    last = sending.catch(() => undefined);
    return sending;
  };
  return {
    async write(records) {
      posts.push(records.post);
      comments.push(...records.comments);
      if (posts.length >= MAX_POSTS || comments.length >= MAX_COMMENTS) await send();
    },
    async close() {
      await last;
      await send();
    },
  };
}

function randomId(): string {
  return randomBytes(4).toString('hex');
}
