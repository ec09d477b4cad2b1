import { Temporal } from 'temporal-polyfill';
import { LayoutChangedError, PostGoneError } from '../../../../common/errors.ts';
import { fixture } from '../fixture.ts';
import { commentSource, isScriptPage, parseBoardList, parseComments, parsePost, parseSearch } from './parse.ts';
import { bobaedream } from './site.ts';

const now = Temporal.Instant.from('2026-11-20T14:00:00+09:00');
const scriptPage = `<script type="text/javascript">alert('없는 게시물입니다.');history.back(-1);</script>`;
const site = bobaedream('https://www.bobaedream.co.kr');

it('reads the rows of a list without best, notice and mall rows', () => {
  const rows = parseBoardList(fixture('bobaedream', 'list'), now);

  expect(
    rows.map(({ postedAt, ...row }) => ({ ...row, exact: postedAt.exact?.toString() ?? null, latest: postedAt.latest.toString() })),
  ).toEqual([
    {
      board: 'national',
      postId: '1002',
      title: '코나 & 친구들',
      commentCount: 1012,
      exact: '2026-11-20T04:05:00Z',
      latest: '2026-11-20T04:05:00Z',
    },
    { board: 'national', postId: '1001', title: '타이어 추천', commentCount: 0, exact: null, latest: '2026-11-18T14:59:59Z' },
  ]);
});

it('finds posts of any board in a search, without news and ads', () => {
  const rows = parseSearch(fixture('bobaedream', 'search'), now);

  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ board: 'freeb', postId: '55', title: '리콜 통지서', commentCount: null });
  expect(rows[0]?.postedAt.latest.toString()).toBe('2026-11-20T14:59:59Z');
  expect(parseSearch('<html><body><p class="noResult">없음</p></body></html>', now)).toEqual([]);
});

it('reads every field of a post', () => {
  const { comments, createdAt, ...post } = parsePost(fixture('bobaedream', 'post'));

  expect(post).toEqual({
    title: '충전 중 "경고등"',
    body: '어제 충전하다가\n경고등이 떴습니다.\n같은 분 계신가요?',
    author: '푸른별&달',
    views: 4018,
    likes: 27,
    commentCount: 5,
    rows: 5,
  });
  expect(createdAt.toString()).toBe('2026-11-20T01:53:00Z');
  expect(comments).toHaveLength(4);
});

it('reads every field of a comment, replies after their parent, deleted ones left out', () => {
  const [first, ...others] = parsePost(fixture('bobaedream', 'post')).comments;

  expect({ ...first, createdAt: first?.createdAt.toString() }).toEqual({
    commentId: '701',
    isReply: false,
    author: '졸린감자',
    createdAt: '2026-11-20T02:02:00Z',
    body: '저도 그랬어요\n점검 받으세요',
    likes: 12,
    dislikes: 1,
  });
  expect(others.map(({ commentId, isReply, author }) => [commentId, isReply, author])).toEqual([
    ['702', true, '<톱니>'],
    ['704', true, '졸린감자'],
    ['705', false, '푸른별&달'],
  ]);
});

it.each(['<ul class="basiclist" id="cmt_reply">ROWS</ul>', 'ROWS'])('reads a fragment of comments as %s', (form) => {
  const rows = /<ul class="basiclist"[^>]*>([^]*)<\/ul>/.exec(fixture('bobaedream', 'post'))?.[1] ?? '';

  const list = parseComments(form.replace('ROWS', () => rows));

  expect([list.rows, list.comments.length]).toEqual([5, 4]);
});

it.each([
  ['the script page', scriptPage],
  ['a blinded post', fixture('bobaedream', 'post').replace('bodyCont', 'blindCont')],
  ['a deleted post', '<html><body><p>삭제된 게시물입니다.</p></body></html>'],
])('tells that %s is gone', (_, html) => {
  expect(() => parsePost(html)).toThrow(PostGoneError);
});

it.each([
  ['nickName', '.nickName'],
  ['2026.11.20&nbsp;(금) 10:53', 'the date in .countGroup'],
  ['basiclist', 'ul.basiclist#cmt_reply'],
  ['span class="date"', 'dt span.date'],
])('names what is missing when the page has no %s', (text, field) => {
  const html = fixture('bobaedream', 'post').replaceAll(text, 'span class="other"');

  expect(() => parsePost(html)).toThrow(LayoutChangedError);
  expect(() => parsePost(html)).toThrow(field);
});

it('refuses a list that holds no row', () => {
  expect(() => parseBoardList(scriptPage, now)).toThrow(LayoutChangedError);
});

it('takes table and token of the comments from the script', () => {
  expect(commentSource(fixture('bobaedream', 'post'))).toEqual({ tb: 'uni_cmt_2611', wid: 'a1b2c3' });
});

it('asks for the pages of comments before the last, which the post shows', () => {
  const html = fixture('bobaedream', 'post');
  const key = { board: 'national', post_id: '1002' };

  const pages = (commentCount: number) => site.otherCommentPages(key, html, { ...parsePost(html), commentCount });

  expect([0, 5, 100, 101, 200, 201].map((count) => pages(count).length)).toEqual([0, 0, 0, 1, 1, 2]);
  expect(pages(155)[0]?.request.url).toBe(
    'https://www.bobaedream.co.kr/board_renew/bulletin/comment_list.php?tb=uni_cmt_2611&code=national&No=1002&page=1&strLimit=100&strOrder=&strMywrite=&focus=top&wid=a1b2c3',
  );
  expect(pages(155)[0]?.request.headers).toEqual({ Referer: 'https://www.bobaedream.co.kr/view?code=national&No=1002' });
});

it('knows a page that was cut off', () => {
  const html = fixture('bobaedream', 'post');
  const { isWhole } = site.post({ board: 'national', post_id: '1002' });

  expect([html, scriptPage, html.slice(0, html.length / 2)].map(isWhole)).toEqual([true, true, false]);
  expect(isScriptPage(scriptPage)).toBe(true);
});
