import { Temporal } from 'temporal-polyfill';
import { asJson, fixture } from '../fixture.ts';
import { parseBoardList, parsePost, parseSearch, placeOf } from './parse.ts';

const now = Temporal.Instant.from('2026-11-20T14:00:00+09:00');

it('reads the rows of a list without best, notice and mall rows', () => {
  expect(asJson(parseBoardList(fixture('bobaedream', 'list'), now))).toEqual([
    {
      board: 'national',
      postId: '1002',
      title: '코나 & 친구들',
      commentCount: 1012,
      postedAt: { exact: '2026-11-20T04:05:00Z', latest: '2026-11-20T04:05:00Z' },
    },
    {
      board: 'national',
      postId: '1001',
      title: '타이어 추천 <겨울용>',
      commentCount: 0,
      postedAt: { exact: null, latest: '2026-11-18T14:59:59Z' },
    },
    {
      board: 'national',
      postId: '998',
      title: '지난겨울 이야기',
      commentCount: 2,
      postedAt: { exact: null, latest: '2025-12-24T14:59:59Z' },
    },
  ]);
});

it('takes what only best, notice and mall rows fill for the end of a list', () => {
  const html = fixture('bobaedream', 'list').replaceAll(/<tr itemscope itemtype="[^"]*">[^]*?<\/tr>/g, '');

  expect(parseBoardList(html, now)).toEqual([]);
});

it('finds posts of any board in a search, without news, ads and rows without a date', () => {
  expect(asJson(parseSearch(fixture('bobaedream', 'search'), now))).toEqual([
    { board: 'freeb', postId: '55', title: '리콜 통지서', commentCount: null, postedAt: { exact: null, latest: '2026-11-20T14:59:59Z' } },
    {
      board: 'import',
      postId: '55',
      title: '같은 번호, 다른 게시판의 리콜',
      commentCount: null,
      postedAt: { exact: null, latest: '2025-12-31T14:59:59Z' },
    },
  ]);
});

it('finds nothing where the result has no list', () => {
  expect(parseSearch(fixture('bobaedream', 'search-none'), now)).toEqual([]);
});

const comment = (id: string, createdAt: string, rest: object) => ({
  commentId: id,
  isReply: false,
  createdAt,
  likes: 0,
  dislikes: 0,
  ...rest,
});

it('reads a post with its comments: replies after their parent, deleted ones left out, a quoted mark kept', () => {
  expect(asJson(parsePost(fixture('bobaedream', 'post')))).toEqual({
    title: '충전 중 "경고등"',
    body: '어제 충전하다가\n경고등이 떴습니다.\n같은 분 계신가요?',
    author: '푸른별&달',
    createdAt: '2026-11-20T01:53:00Z',
    views: 4018,
    likes: 27,
    commentCount: 6,
    rows: 6,
    comments: [
      comment('701', '2026-11-20T02:02:00Z', { author: '졸린감자', body: '저도 그랬어요\n점검 받으세요', likes: 12, dislikes: 1 }),
      comment('702', '2026-11-20T02:05:00Z', { author: '<톱니>', body: '감사합니다', isReply: true }),
      comment('704', '2026-11-20T03:00:00Z', { author: '졸린감자', body: '지우셨네', isReply: true }),
      comment('705', '2026-11-20T15:31:00Z', { author: '푸른별&달', body: '위에 "삭제된 댓글입니다"는 왜 뜨나요? 후기 올릴게요' }),
    ],
  });
});

it('reads a post of the politic board, which prints 반대 before the date, edited and without comments', () => {
  expect(asJson(parsePost(fixture('bobaedream', 'post-politic')))).toEqual({
    title: '정책 | 토론',
    body: '한 줄 두 줄',
    author: '느린기차',
    createdAt: '2020-04-21T15:05:00Z',
    views: 1_203_441,
    likes: 0,
    commentCount: 0,
    rows: 0,
    comments: [],
  });
});

it('reads a my-car post, whose text and count stand elsewhere', () => {
  expect(asJson(parsePost(fixture('bobaedream', 'post-mycar')))).toEqual({
    title: '내 차 소개',
    body: '연식 2021\n색상 진한 회색',
    author: '구르는돌',
    createdAt: '2026-11-20T00:00:00Z',
    views: 512,
    likes: 4,
    commentCount: 1,
    rows: 1,
    comments: [comment('31', '2026-11-20T00:30:00Z', { author: '톱니', body: '멋집니다', likes: 1002, dislikes: 3 })],
  });
});

it('reads a post that shows the last of several pages of comments', () => {
  expect(asJson(parsePost(fixture('bobaedream', 'post-pages')))).toEqual({
    title: '댓글이 많은 글',
    body: '지금까지의 일을 적습니다.',
    author: '푸른수달',
    createdAt: '2026-11-19T22:10:00Z',
    views: 77_001,
    likes: 1280,
    commentCount: 203,
    rows: 3,
    comments: [
      comment('1201', '2026-11-20T03:40:00Z', { author: '졸린감자', body: '이백한 번째' }),
      comment('1202', '2026-11-20T03:41:00Z', { author: '톱니', body: '이백두 번째', isReply: true, likes: 2 }),
      comment('1203', '2026-11-20T03:44:00Z', { author: '웃는호떡', body: '이백세 번째' }),
    ],
  });
});

it.each([
  ['/view?code=national&No=7', { board: 'national', post_id: '7' }],
  ['https://www.bobaedream.co.kr/view.php?No=7&code=army&bm=1&cmt=1#cmt', { board: 'army', post_id: '7' }],
  ['/view?code=national&No=7#c', { board: 'national', post_id: '7' }],
  ['/view?No=7', null],
  ['/view?code=../x&No=7', null],
  ['/view?code=national&No=seven', null],
  ['/list?code=national&No=7', null],
])('takes from %s its board and number', (url, place) => {
  expect(placeOf(url)).toEqual(place);
});
