import { asJson, fixture } from '../fixture.ts';
import { siteAt } from '../registry.ts';
import { parseBoardList, parseComments, parsePost, placeOf } from './parse.ts';
import { clien } from './site.ts';

const at = (time: string) => ({ exact: time, latest: time });

it('reads the rows of a list without notices, promotion and ads', () => {
  expect(asJson(parseBoardList(fixture('clien', 'list')))).toEqual([
    { board: 'cm_car', postId: '19120007', title: '아이오닉 5 <시승>', commentCount: 41, postedAt: at('2026-11-20T04:59:08Z') },
    { board: 'cm_car', postId: '19120005', title: '제목이 속성에 없는 글', commentCount: 7, postedAt: at('2026-11-19T15:00:01Z') },
    { board: 'cm_car', postId: '19120004', title: '조회수가 큰 글', commentCount: 0, postedAt: at('2025-12-31T14:59:59Z') },
  ]);
});

it('reads a row of jirum, whose link lies inside its title', () => {
  expect(asJson(parseBoardList(fixture('clien', 'list-jirum')))).toEqual([
    { board: 'jirum', postId: '19120006', title: '중고 & 새 타이어', commentCount: 2, postedAt: at('2026-11-18T23:00:00Z') },
  ]);
});

const rows = {
  rows: 5,
  comments: [
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
    { commentId: '105', isReply: true, author: 'u77', createdAt: '2026-11-20T15:00:00Z', body: '', likes: 12, dislikes: null },
  ],
};

it('reads a sold post, edited, with a page inside its text; blocked comments are left out, their replies kept', () => {
  expect(asJson(parsePost(fixture('clien', 'post')))).toEqual({
    title: '급발진 & 블랙박스',
    body: '영상을 올립니다.\n의견 주세요\n하나\n둘',
    author: '조용한두루미',
    createdAt: '2026-11-20T00:07:11Z',
    views: 9704,
    likes: 1031,
    commentCount: 5,
    ...rows,
  });
});

it('reads a post without mark, like or comment, whose writer’s id is given', () => {
  expect(asJson(parsePost(fixture('clien', 'post-quiet')))).toEqual({
    title: '한적한 글',
    body: '사진만 올립니다',
    author: 'u500',
    createdAt: '2026-11-20T14:59:59Z',
    views: 3,
    likes: 0,
    commentCount: 0,
    rows: 0,
    comments: [],
  });
});

it('reads the comments of a page by themselves', () => {
  expect(asJson(parseComments(fixture('clien', 'post')))).toEqual(rows);
});

it('reads the same when the edited time stands behind the first', () => {
  const html = fixture('clien', 'post');
  const edited = /<span class="lastdate">.*?<\/span>/.exec(html)?.[0] ?? '';

  const moved = html.replace(edited, '').replace('09:07:11</span>', `09:07:11 ${edited}</span>`);

  expect(moved).not.toBe(html);
  expect(asJson(parsePost(moved))).toEqual(asJson(parsePost(html)));
});

it('reads only the first page of a board and has no search', () => {
  const site = siteAt(clien);
  const page = { method: 'GET', encoding: 'utf-8', expects: 'html', isWhole: expect.any(Function) as unknown };

  expect(site.boardList('cm_car', 1)).toEqual({ ...page, url: 'https://www.clien.net/service/board/cm_car' });
  expect(site.post({ board: 'park', post_id: '7' })).toEqual({ ...page, url: 'https://www.clien.net/service/board/park/7' });
  expect([site.boardList('cm_car', 2), site.search('코나', 1)]).toEqual([null, null]);
});

it.each([
  ['/service/board/park/7?od=T31&po=0', { board: 'park', post_id: '7' }],
  ['https://www.clien.net/service/board/cm_car/12#comment', { board: 'cm_car', post_id: '12' }],
  ['/service/board/cm_car', null],
  ['/service/board/cm_car/new', null],
])('takes from %s its board and number', (url, place) => {
  expect(placeOf(url)).toEqual(place);
});
