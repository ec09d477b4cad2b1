import type { CommentRecord, PostRecord } from '../../../common/contracts/records.ts';
import type { ReadRecords } from './record-sink.ts';

const at = '2026-11-20T05:00:00Z';
const author_hash = '0'.repeat(32);

/** For tests: a post with so many comments. */
export function readRecords(post_id: string, commentCount = 1): ReadRecords {
  const key = { site: 'bobaedream', board: 'national', post_id };
  const post: PostRecord = {
    ...key,
    url: `https://www.bobaedream.co.kr/view?code=national&No=${post_id}`,
    title: '경고등',
    body: '어제 떴습니다',
    author_hash,
    created_at: at,
    collected_at: at,
    views: 10,
    likes: 0,
    comment_count: commentCount,
    keywords: [],
    may_alarm: false,
    list_rank: null,
  };
  const comment = (index: number): CommentRecord => ({
    ...key,
    comment_id: `${post_id}${index}`,
    is_reply: false,
    author_hash,
    created_at: at,
    collected_at: at,
    body: '저도요',
    likes: 0,
    dislikes: 0,
  });
  return { post, comments: Array.from({ length: commentCount }, (_, index) => comment(index)) };
}
