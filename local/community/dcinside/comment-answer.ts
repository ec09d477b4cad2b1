import { escapeHtml } from '../pages/html.ts';
import { seoulParts } from '../pages/seoul-time.ts';
import { dcinsideWriter } from '../texts/people.ts';
import type { CommentState, PostState } from '../world/world-post.ts';

const COMMENTS_A_PAGE = 100;

/** What /board/comment/ answers for a page of a post's comments, the oldest threads first. `now`: epoch milliseconds. */
export function commentAnswer(post: PostState, page: number, now: number): object {
  const from = (page - 1) * COMMENTS_A_PAGE;
  let thread = '0';
  const rows = post.comments.map((comment) => {
    if (!comment.isReply) thread = comment.id;
    return row(post.postId, comment, comment.isReply ? thread : '0', now);
  });
  const shown = rows.slice(from, from + COMMENTS_A_PAGE);
  return {
    total_cnt: post.comments.length,
    comment_cnt: 0,
    comments: shown.length === 0 ? null : [...shown.slice(0, 3), advertisement(post.postId), ...shown.slice(3)],
  };
}

function row(parent: string, comment: CommentState, thread: string, now: number): object {
  const place = { no: comment.id, parent, depth: comment.isReply ? 1 : 0, c_no: thread };
  if (comment.deleted) return { ...place, user_id: '', name: '', ip: '', reg_date: '', del_yn: 'Y', memo: '해당 댓글은 삭제되었습니다.' };
  const { id, ip } = dcinsideWriter(comment.author);
  return {
    ...place,
    user_id: id,
    name: comment.author,
    ip,
    reg_date: registered(comment.createdAt, now),
    del_yn: 'N',
    memo: comment.lines.map(escapeHtml).join('<br>'),
  };
}

/** Without its year when it is this year's. */
function registered(createdAt: number, now: number): string {
  const { year, month, day, full } = seoulParts(createdAt);
  const dayAndClock = `${month}.${day} ${full.slice(11)}`;
  return year === seoulParts(now).year ? dayAndClock : `${year}.${dayAndClock}`;
}

function advertisement(parent: string): object {
  const memo = '<a href="https://ad.example/click?c=5">겨울 타이어 특가</a>';
  return { no: 0, parent, depth: 0, c_no: 0, user_id: '', name: '댓글돌이', ip: '', reg_date: '', del_yn: 'N', memo };
}
