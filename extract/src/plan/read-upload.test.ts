import { gzipSync } from 'node:zlib';
import { Temporal } from 'temporal-polyfill';
import { ndjson } from '../../../common/object-store.ts';
import { commentRecord, postRecord } from './plan-fixture.ts';
import { readUpload, UnreadableUploadError } from './read-upload.ts';

const NOW = Temporal.Instant.from('2026-11-20T05:00:20Z');
const file = (...lines: unknown[]) => gzipSync(ndjson(lines));
const rest = (record: object) => expect.objectContaining(record) as object;

it('gives the records that satisfy their contracts', () => {
  const content = readUpload(
    'clien',
    NOW,
    file(postRecord('1'), postRecord('2')),
    file(commentRecord('1', '11'), commentRecord('2', '21')),
  );

  expect(content).toEqual({
    posts: [postRecord('1'), postRecord('2')],
    comments: [commentRecord('1', '11'), commentRecord('2', '21')],
    refused: [],
    unknownFields: new Map(),
  });
});

it('refuses each bad line with its reason, and the comments of a refused post', () => {
  const posts = gzipSync(
    `${ndjson([postRecord('1'), { ...postRecord('2'), views: -1 }, postRecord('3', { site: 'bobaedream' }), postRecord('1')])}{"site":\n`,
  );
  const comments = file(commentRecord('1', '11'), commentRecord('1', '11'), commentRecord('2', '21'), {
    ...commentRecord('1', '12'),
    likes: '가',
  });

  const content = readUpload('clien', NOW, posts, comments);

  expect([content.posts.map(({ post_id }) => post_id), content.comments.map(({ comment_id }) => comment_id)]).toEqual([['1'], ['11']]);
  expect(content.refused).toEqual([
    { table: 'post', reason: expect.stringMatching(/^views: /) as string, record: rest({ post_id: '2' }) },
    { table: 'post', reason: 'site: the upload is of clien', record: rest({ post_id: '3' }) },
    { table: 'post', reason: 'the post comes twice in the upload', record: rest({ post_id: '1' }) },
    { table: 'post', reason: 'the line is no JSON', record: '{"site":' },
    { table: 'comment', reason: 'the comment comes twice in the upload', record: rest({ comment_id: '11' }) },
    { table: 'comment', reason: 'its post is not in the upload', record: rest({ comment_id: '21' }) },
    { table: 'comment', reason: expect.stringMatching(/^likes: /) as string, record: rest({ comment_id: '12' }) },
  ]);
});

it('leaves out and counts what a newer collector adds, and keeps the line', () => {
  const newer = { ...postRecord('1'), reactions: 3, nickname: '가' };

  const content = readUpload('clien', NOW, file(newer, postRecord('2')), file({ ...commentRecord('1', '11'), reactions: 1 }));

  expect([content.posts, content.comments]).toEqual([[postRecord('1'), postRecord('2')], [commentRecord('1', '11')]]);
  expect([...content.unknownFields]).toEqual([
    ['reactions', 2],
    ['nickname', 1],
  ]);
});

it('refuses what a clock that is ahead says was read later than now, with its comments, and takes half an hour for a slow one of ours', () => {
  const [near, ahead] = [{ collected_at: '2026-11-20T05:30:20Z' }, { collected_at: '2026-11-20T05:30:21Z' }];

  const content = readUpload('clien', NOW, file(postRecord('1', near), postRecord('2', ahead)), file(commentRecord('2', '21', ahead)));

  expect(content.posts.map(({ post_id }) => post_id)).toEqual(['1']);
  expect(content.refused.map(({ table, reason }) => [table, reason])).toEqual([
    ['post', 'collected_at: 2026-11-20T05:30:21Z lies ahead of this run; set the clock of the collector'],
    ['comment', 'collected_at: 2026-11-20T05:30:21Z lies ahead of this run; set the clock of the collector'],
  ]);
});

it.each([
  ['no gzip', Buffer.from('{}')],
  ['cut off', gzipSync('x'.repeat(1000)).subarray(0, 20)],
  ['no UTF-8', gzipSync(Buffer.from([0xb0, 0xa1]))],
  ['larger than any upload', gzipSync(Buffer.alloc(65 * 1024 * 1024))],
])('cannot read a file that is %s', (_, bytes) => {
  expect(() => readUpload('clien', NOW, bytes, file())).toThrow(UnreadableUploadError);
});
