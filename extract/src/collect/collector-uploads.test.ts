import { partNameSchema } from '../../../common/contracts/plan.ts';
import { commentRecordSchema, postRecordSchema } from '../../../common/contracts/records.ts';
import { linesOf } from '../extract/records.ts';
import { memoryStore } from '../memory-store.ts';
import { collectorUploads } from './collector-uploads.ts';
import { readRecords } from './record-fixture.ts';

const counting = () => {
  let next = 0;
  return () => String(next++).padStart(8, '0');
};

it('brings comments, then posts, under the name of a part', async () => {
  const data = memoryStore();
  const sink = await collectorUploads(data, 'bobaedream');
  await sink.write(readRecords('1', 2));
  await sink.write(readRecords('2', 1));
  await sink.close();

  const [comments, posts] = [...data.texts.keys()];
  expect(comments).toMatch(/^collected\/bobaedream-c[0-9a-f]{8}\/comment\.ndjson\.gz$/);
  expect(posts).toBe(comments?.replace('/comment.', '/post.'));
  expect(partNameSchema.safeParse(posts?.split('/')[1]).success).toBe(true);
  expect(linesOf(data.texts.get(posts ?? '') ?? '', postRecordSchema).map(({ post_id }) => post_id)).toEqual(['1', '2']);
  expect(linesOf(data.texts.get(comments ?? '') ?? '', commentRecordSchema)).toHaveLength(3);
});

it('shows before anything is read that the bucket cannot be written', async () => {
  const data = { write: () => Promise.reject(new Error('AccessDenied')) };

  await expect(collectorUploads(data, 'bobaedream')).rejects.toThrow('AccessDenied');
});

it('leaves no complete upload when nothing was read', async () => {
  const data = memoryStore();
  const sink = await collectorUploads(data, 'bobaedream', counting());
  await sink.close();

  expect([...data.texts]).toEqual([['collected/bobaedream-c00000000/comment.ndjson.gz', '']]);
});

it('begins another upload after 200 posts', async () => {
  const data = memoryStore();
  const sink = await collectorUploads(data, 'bobaedream', counting());
  for (let id = 1; id <= 201; id += 1) await sink.write(readRecords(String(id), 0));
  await sink.close();

  const posts = [...data.texts].filter(([key]) => key.endsWith('/post.ndjson.gz'));
  expect(posts.map(([key, text]) => [key, linesOf(text, postRecordSchema).length])).toEqual([
    ['collected/bobaedream-c00000000/post.ndjson.gz', 200],
    ['collected/bobaedream-c00000001/post.ndjson.gz', 1],
  ]);
});

it('brings what a failed upload held with the next one', async () => {
  const data = memoryStore();
  let failures = 0;
  const write = (key: string, text: string) => {
    if (key !== 'collected/bobaedream-c00000000/post.ndjson.gz') return data.write(key, text);
    failures += 1;
    return Promise.reject(new Error('SlowDown'));
  };
  const sink = await collectorUploads({ write }, 'bobaedream', counting());
  const writing = Array.from({ length: 200 }, (_, id) => sink.write(readRecords(String(id), 1)));
  const ends = await Promise.allSettled(writing);
  await sink.close();

  expect(failures).toBe(1);
  expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  expect(linesOf(data.texts.get('collected/bobaedream-c00000001/post.ndjson.gz') ?? '', postRecordSchema)).toHaveLength(200);
  expect(linesOf(data.texts.get('collected/bobaedream-c00000001/comment.ndjson.gz') ?? '', commentRecordSchema)).toHaveLength(200);
});
