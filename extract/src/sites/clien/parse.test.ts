import { LayoutChangedError, PostGoneError } from '../../../../common/errors.ts';
import { fixture } from '../fixture.ts';
import { parseBoardList, parsePost } from './parse.ts';
import { clien } from './site.ts';

it('reads the rows of a list without notices, promotion and ads', () => {
  const rows = parseBoardList(fixture('clien', 'list'));

  expect(rows.map(({ postedAt, ...row }) => ({ ...row, exact: postedAt.exact?.toString() }))).toEqual([
    { board: 'cm_car', postId: '19120007', title: '아이오닉 5 <시승>', commentCount: 41, exact: '2026-11-20T04:59:08Z' },
    { board: 'jirum', postId: '19120006', title: '중고 타이어', commentCount: 0, exact: '2026-11-18T23:00:00Z' },
  ]);
});

it('reads every field of a post', () => {
  const { comments, createdAt, ...post } = parsePost(fixture('clien', 'post'));

  expect(post).toEqual({
    title: '급발진 & 블랙박스',
    body: '영상을 올립니다.\n의견 주세요',
    author: '조용한두루미',
    views: 9704,
    likes: 31,
    commentCount: 3,
    rows: 3,
  });
  expect(createdAt.toString()).toBe('2026-11-20T00:07:11Z');
  expect(comments).toHaveLength(2);
});

it('skips a blocked comment but keeps its replies', () => {
  const { comments } = parsePost(fixture('clien', 'post'));

  expect(comments.map((comment) => ({ ...comment, createdAt: comment.createdAt.toString() }))).toEqual([
    {
      commentId: '101',
      isReply: false,
      author: 'u77',
      createdAt: '2026-11-20T00:10:00Z',
      body: '무섭네요\n조심하세요',
      likes: 4,
      dislikes: null,
    },
    {
      commentId: '103',
      isReply: true,
      author: 'u78',
      createdAt: '2026-11-20T00:30:30Z',
      body: '블랙박스 원본이 있나요',
      likes: 0,
      dislikes: null,
    },
  ]);
});

it('takes an absent like count for none', () => {
  expect(parsePost(fixture('clien', 'post').replace('symph_count', 'other')).likes).toBe(0);
});

it('tells a post that is gone from a page that has changed', () => {
  const alert = '<html><body><div class="alert_message">삭제된 게시물 입니다.</div></body></html>';

  expect(() => parsePost(alert)).toThrow(PostGoneError);
  expect(() => parsePost(fixture('clien', 'post').replace('post_article', 'other'))).toThrow(LayoutChangedError);
  expect(() => parsePost(fixture('clien', 'post').replace('view_count date', 'other'))).toThrow('.view_count.date');
});

it('reads only the first page of a board and has no search', () => {
  const site = clien('https://www.clien.net');

  expect(site.boardList('cm_car', 1)?.url).toBe('https://www.clien.net/service/board/cm_car');
  expect(site.boardList('cm_car', 2)).toBeNull();
  expect(site.search('코나', 1)).toBeNull();
});
