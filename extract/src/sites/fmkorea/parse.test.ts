import { Temporal } from 'temporal-polyfill';
import { LayoutChangedError, PostGoneError } from '../../../../common/errors.ts';
import { fixture } from '../fixture.ts';
import type { ListedPost } from '../site.ts';
import { commentPageShown, parseBoardList, parseComments, parsePost, placeOf } from './parse.ts';

const now = Temporal.Instant.from('2026-11-20T14:00:00+09:00');
const postHtml = fixture('fmkorea', 'post');
const gonePage = '<html><body><div class="xe_message"><h1>대상을 찾을 수 없습니다.</h1></div></body></html>';

function readable({ postedAt, ...row }: ListedPost) {
  return { ...row, exact: postedAt.exact?.toString() ?? null, latest: postedAt.latest.toString() };
}

it('reads the rows of a best list, whose posts all belong to board best', () => {
  expect(parseBoardList(fixture('fmkorea', 'best'), now).map(readable)).toEqual([
    {
      board: 'best',
      postId: '9100000012',
      title: '주차장 화재 <영상> 요약',
      commentCount: 1350,
      exact: null,
      latest: '2026-11-20T03:00:00Z',
    },
    { board: 'best', postId: '9100000011', title: '겨울 바다 여행기', commentCount: 0, exact: null, latest: '2026-11-20T05:00:00Z' },
    { board: 'best', postId: '9100000010', title: '라면 끓이는 순서', commentCount: 7, exact: null, latest: '2026-11-18T14:59:59Z' },
  ]);
});

it("reads the rows of a board's table without notices", () => {
  expect(parseBoardList(fixture('fmkorea', 'table'), now).map(readable)).toEqual([
    {
      board: 'car',
      postId: '9100000032',
      title: '코나 하체 소음 문의',
      commentCount: 1024,
      exact: '2026-11-20T04:05:00Z',
      latest: '2026-11-20T04:05:00Z',
    },
    { board: 'car', postId: '9100000031', title: '세차 순서', commentCount: 0, exact: null, latest: '2026-11-18T14:59:59Z' },
  ]);
});

it('reads every field of a post, the second from its script', () => {
  const { comments, createdAt, ...post } = parsePost(postHtml, now);

  expect({ ...post, createdAt: createdAt.toString() }).toEqual({
    title: '주차장 화재 <영상> 요약',
    body: '어제 밤 지하 2층입니다.\n연기가 많았고\n다친 사람은 없답니다.',
    author: '느긋한선인장',
    createdAt: '2026-11-19T23:25:59Z',
    views: 610_000,
    likes: 1237,
    commentCount: 205,
    rows: 5,
  });
  expect(comments).toHaveLength(4);
});

it('takes the printed minute when the script holds no second', () => {
  expect(parsePost(postHtml.replace('document_regdate', 'other'), now).createdAt.toString()).toBe('2026-11-19T23:25:00Z');
});

it('reads every field of a comment, once each, with the deleted one counted and the best copies not', () => {
  const { comments, rows } = parseComments(postHtml, now);

  expect(rows).toBe(5);
  expect(comments.map((comment) => ({ ...comment, createdAt: comment.createdAt.toString() }))).toEqual([
    {
      commentId: '701',
      isReply: false,
      author: '배고픈두루미',
      createdAt: '2026-11-20T04:00:00Z',
      body: '소방차 오는 데\n4분 걸렸네',
      likes: 88,
      dislikes: null,
    },
    {
      commentId: '704',
      isReply: true,
      author: '별&달',
      createdAt: '2026-11-20T04:52:00Z',
      body: '그 정도면 빠르지',
      likes: 0,
      dislikes: null,
    },
    {
      commentId: '703',
      isReply: false,
      author: '용감한호떡',
      createdAt: '2026-11-19T00:27:00Z',
      body: '옆 칸 차는 괜찮나요',
      likes: 0,
      dislikes: null,
    },
    {
      commentId: '705',
      isReply: false,
      author: '<톱니>',
      createdAt: '2026-11-20T05:00:00Z',
      body: '정보 고마워요',
      likes: 0,
      dislikes: null,
    },
  ]);
});

it('counts likes below zero as none', () => {
  expect(parsePost(postHtml.replace('<b>1,237</b>', '<b>-4</b>'), now).likes).toBe(0);
});

it('tells a post that is gone from a page that has changed', () => {
  expect(() => parsePost(gonePage, now)).toThrow(PostGoneError);
  expect(() => parsePost('<html><body><div id="app"></div></body></html>', now)).toThrow(LayoutChangedError);
});

it.each([
  ['fdb_itm', 'says 205 comments and there is no ul.fdb_lst_ul > li.fdb_itm'],
  ['xe_content', 'article .xe_content'],
  ['np_18px_span', 'h1 .np_18px_span'],
  ['member_71 member_plate', '.rd_hd .member_plate'],
  ['side fr', 'comments in .rd_hd .side.fr span b'],
  ['<span>댓글 <b>205</b></span>', 'comments in .rd_hd .side.fr span b'],
  ['class="date"', 'span.date of a comment'],
  ['id="comment_703"', 'the id of ul.fdb_lst_ul > li.fdb_itm'],
  ['class="member_74 member_plate"', '.member_plate of a comment'],
  ['class="comment_703_74 xe_content"', '.xe_content'],
])('names what is missing when the page has no %s', (text, field) => {
  const parse = () => parsePost(postHtml.replaceAll(text, 'data-p="other"'), now);

  expect(parse).toThrow(LayoutChangedError);
  expect(parse).toThrow(field);
});

it('refuses a page without a list of comments where there must be one', () => {
  expect(() => parseComments(gonePage, now)).toThrow('ul.fdb_lst_ul is missing');
});

it('misses the date when neither script nor page has it', () => {
  const html = postHtml.replace('document_regdate', 'other').replace('date m_no', 'other');

  expect(() => parsePost(html, now)).toThrow('.rd_hd .date.m_no is missing');
});

it.each([
  ['best', 'li_best2_', 'the list has no row'],
  ['best', 'class="regdate"', '.regdate of 9100000012'],
  ['best', 'h3 class="title"', 'h3.title a[href]'],
  ['table', 'bd_lst', 'the list has no row'],
  ['table', 'class="time"', 'td.time of 9100000031'],
  ['table', 'name="mid"', 'td.title a'],
])('refuses a %s list without %s', (name, text, field) => {
  const html = fixture('fmkorea', name).replaceAll(text, 'p').replace('title="13:05">13:05', 'class="time">13:05');

  expect(() => parseBoardList(html, now)).toThrow(LayoutChangedError);
  expect(() => parseBoardList(html, now)).toThrow(field);
});

it.each([
  ['https://www.fmkorea.com/best/9100000012', { board: 'best', post_id: '9100000012' }],
  ['/best2/9100000012?cpage=2#comment_1', { board: 'best', post_id: '9100000012' }],
  ['/index.php?mid=car&document_srl=31', { board: 'car', post_id: '31' }],
  ['/9100000012', null],
  ['/best', null],
  ['javascript:void(0)', null],
])('takes %s for %o', (url, place) => {
  expect(placeOf(url)).toEqual(place);
});

it('knows from the script how many pages the comments have', () => {
  expect(commentPageShown(postHtml)).toBe(3);
  expect(commentPageShown(postHtml.replace('document_cpage', 'other'))).toBe(1);
});
