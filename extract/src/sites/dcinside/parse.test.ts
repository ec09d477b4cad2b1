import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { LayoutChangedError, PostGoneError } from '../../../../common/errors.ts';
import { fixture } from '../fixture.ts';
import { isScriptPage } from '../gone.ts';
import { isAnswer, parseComments } from './parse-comments.ts';
import { authorOf, commentFields, parseBoardList, parsePost } from './parse.ts';

const now = Temporal.Instant.from('2026-11-20T14:00:00+09:00');
const postHtml = fixture('dcinside', 'post');
const answer = readFileSync(join(__dirname, 'fixtures/comments.json'), 'utf8');
const goneScript = `<script type="text/javascript">location.replace("/derror/deleted/car_new1");</script>`;

it('reads the rows of a list without notices, surveys and ads', () => {
  const rows = parseBoardList(fixture('dcinside', 'list'), now);

  expect(
    rows.map(({ postedAt, ...row }) => ({ ...row, exact: postedAt.exact?.toString() ?? null, latest: postedAt.latest.toString() })),
  ).toEqual([
    {
      board: 'car_new1',
      postId: '8200012',
      title: '리콜 & 보상 정리',
      commentCount: 1012,
      exact: '2026-11-20T04:05:22Z',
      latest: '2026-11-20T04:05:22Z',
    },
    { board: 'car_new1', postId: '8200011', title: '세차 후기', commentCount: 0, exact: null, latest: '2026-07-06T14:59:59Z' },
    { board: 'm_tires', postId: '77', title: '옮겨 온 글', commentCount: 0, exact: null, latest: '2025-12-06T14:59:59Z' },
    {
      board: 'm_tires',
      postId: '76',
      title: '방금 올린 글',
      commentCount: 0,
      exact: '2026-11-20T00:30:00Z',
      latest: '2026-11-20T00:30:00Z',
    },
  ]);
});

it('reads every field of a post, whose comments come by themselves', () => {
  const { createdAt, ...post } = parsePost(postHtml);

  expect({ ...post, createdAt: createdAt.toString() }).toEqual({
    title: '리콜 & 보상 "정리"',
    body: '통지서를 받은 순서대로\n정리했습니다.\n틀린 곳은 댓글로.',
    author: 'potato77',
    createdAt: '2026-11-20T04:05:22Z',
    views: 4018,
    likes: 27,
    commentCount: 205,
    comments: [],
    rows: 0,
  });
});

it('takes the printed date where it has no title', () => {
  expect(parsePost(postHtml.replace('title="2026-11-20 13:05:22"', '')).createdAt.toString()).toBe('2026-11-20T04:05:22Z');
});

it('reads every field of a comment, ads left out, the deleted one counted', () => {
  const { comments, rows } = parseComments(answer, Temporal.Instant.from('2027-01-02T14:00:00+09:00'));

  expect(rows).toBe(4);
  expect(comments.map((comment) => ({ ...comment, createdAt: comment.createdAt.toString() }))).toEqual([
    {
      commentId: '5001',
      isReply: false,
      author: 'bolt_90',
      createdAt: '2026-11-20T04:07:41Z',
      body: '문자는 왔는데\n우편은 아직',
      likes: 0,
      dislikes: null,
    },
    {
      commentId: '5002',
      isReply: true,
      author: 'ㅇㅇ 203.0',
      createdAt: '2026-12-31T14:59:59Z',
      body: '<나도> 그래',
      likes: 0,
      dislikes: null,
    },
    {
      commentId: '5004',
      isReply: true,
      author: '별&달 198.51',
      createdAt: '2025-11-30T23:00:05Z',
      body: '',
      likes: 0,
      dislikes: null,
    },
  ]);
});

it('takes no list of comments for none', () => {
  expect(parseComments('{"total_cnt":0,"comments":null}', now)).toEqual({ comments: [], rows: 0 });
});

it('knows a whole answer from an empty and a cut one', () => {
  expect([answer, '{"comments":null}', '', answer.slice(0, answer.length / 2), '"정상적인 접근이 아닙니다"'].map(isAnswer)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

it.each([
  ['', 'the whole'],
  ['{"result":false}', 'comments'],
  [answer.replace('"no": "5001"', '"nr": "5001"'), 'comments.0.no'],
  [answer.replace('11.20 13:07:41', '조금 전'), 'reg_date of a comment'],
  [answer.replace('bolt_90', '').replace('<톱니>', ''), 'user_id or name of a comment'],
  [answer.replace('"memo": "문자는 왔는데<br>우편은 아직"', '"text": ""'), 'memo of a comment'],
  [answer.replace('"no": "5001"', '"no": "x"'), 'no of a comment'],
])('refuses an answer %#', (text, field) => {
  expect(() => parseComments(text, now)).toThrow(LayoutChangedError);
  expect(() => parseComments(text, now)).toThrow(field);
});

it('tells a post that is gone from a page that has changed', () => {
  expect(isScriptPage(goneScript)).toBe(true);
  expect(() => parsePost(goneScript)).toThrow(PostGoneError);
  expect(() => parsePost('<html><body><p>해당 게시물은 작성자가 삭제했거나 존재하지 않는 페이지입니다.</p></body></html>')).toThrow(
    PostGoneError,
  );
  expect(() => parsePost('<html><body><div id="app"></div></body></html>')).toThrow(LayoutChangedError);
});

it.each([
  ['title_subject', 'span.title_subject'],
  ['span class="gall_date"', 'span.gall_date'],
  ['span class="gall_count"', 'span.gall_count'],
  ['gall_comment', '.gall_comment'],
  ['write_div', 'div.write_div'],
  ['up_num font_red', 'p.up_num'],
  ['div class="gall_writer', '.gall_writer:not(td)'],
])('names what is missing when the page has no %s', (text, field) => {
  const parse = () => parsePost(postHtml.replaceAll(text, 'i class="other'));

  expect(parse).toThrow(LayoutChangedError);
  expect(parse).toThrow(field);
});

it.each([
  ['us-post', 'the list has no row'],
  ['gall_tit', 'td.gall_tit a[href]'],
  ['gall_date', 'td.gall_date of car_new1/8200012'],
])('refuses a list without %s', (text, field) => {
  const html = fixture('dcinside', 'list').replaceAll(text, 'other');

  expect(() => parseBoardList(html, now)).toThrow(LayoutChangedError);
  expect(() => parseBoardList(html, now)).toThrow(field);
});

it('takes from the page what the request for comments repeats, and misses it', () => {
  expect(commentFields(postHtml)).toEqual({ e_s_n_o: '3eabc219ebdd65f4', board_type: '', _GALLTYPE_: 'G' });
  expect(() => commentFields(postHtml.replace('id="e_s_n_o"', ''))).toThrow('input#e_s_n_o');
  expect(() => commentFields(postHtml.replace('id="_GALLTYPE_"', ''))).toThrow('input#_GALLTYPE_');
});

it('knows a person by id, else by nickname and address', () => {
  expect(authorOf('potato77', '엉뚱한감자', '')).toBe('potato77');
  expect(authorOf('', 'ㅇㅇ', '203.0')).toBe('ㅇㅇ 203.0');
  expect(authorOf(null, undefined, '')).toBe('');
});
