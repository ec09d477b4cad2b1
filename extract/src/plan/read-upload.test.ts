import { gzipSync } from 'node:zlib';
import { ndjson } from '../../../common/object-store.ts';
import { commentRecord, postRecord } from './plan-fixture.ts';
import { readUpload, UnreadableUploadError } from './read-upload.ts';

const file = (...lines: unknown[]) => gzipSync(ndjson(lines));
const rest = (record: object) => expect.objectContaining(record) as object;

it('gives the records that satisfy their contracts', () => {
  const content = readUpload('clien', file(postRecord('1'), postRecord('2')), file(commentRecord('1', '11'), commentRecord('2', '21')));

  expect(content).toEqual({
    posts: [postRecord('1'), postRecord('2')],
    comments: [commentRecord('1', '11'), commentRecord('2', '21')],
    refused: [],
  });
});

it('refuses each bad line with its reason, and the comments of a refused post', () => {
  const posts = gzipSync(
    `${ndjson([postRecord('1'), { ...postRecord('2'), views: -1 }, postRecord('3', { site: 'bobaedream' }), postRecord('1')])}{"site":\n`,
  );
  const comments = file(commentRecord('1', '11'), commentRecord('1', '11'), commentRecord('2', '21'), {
    ...commentRecord('1', '12'),
    name: '가',
  });

  const content = readUpload('clien', posts, comments);

  expect([content.posts.map(({ post_id }) => post_id), content.comments.map(({ comment_id }) => comment_id)]).toEqual([['1'], ['11']]);
  expect(content.refused).toEqual([
    { table: 'post', reason: expect.stringMatching(/^views: /) as string, record: rest({ post_id: '2' }) },
    { table: 'post', reason: 'site: the upload is of clien', record: rest({ post_id: '3' }) },
    { table: 'post', reason: 'the post comes twice in the upload', record: rest({ post_id: '1' }) },
    { table: 'post', reason: 'the line is no JSON', record: '{"site":' },
    { table: 'comment', reason: 'the comment comes twice in the upload', record: rest({ comment_id: '11' }) },
    { table: 'comment', reason: 'its post is not in the upload', record: rest({ comment_id: '21' }) },
    { table: 'comment', reason: expect.stringContaining('name') as string, record: rest({ comment_id: '12' }) },
  ]);
});

it.each([
  ['no gzip', Buffer.from('{}')],
  ['cut off', gzipSync('x'.repeat(1000)).subarray(0, 20)],
  ['no UTF-8', gzipSync(Buffer.from([0xb0, 0xa1]))],
  ['larger than any upload', gzipSync(Buffer.alloc(65 * 1024 * 1024))],
])('cannot read a file that is %s', (_, bytes) => {
  expect(() => readUpload('clien', bytes, file())).toThrow(UnreadableUploadError);
});
