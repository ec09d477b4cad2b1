import { Temporal } from 'temporal-polyfill';
import { LayoutChangedError } from '../../../../common/errors.ts';
import { asJson, fixture } from '../fixture.ts';
import { siteAt } from '../registry.ts';
import { commentSource, parseComments } from './comments.ts';
import { bobaedream } from './site.ts';

const now = Temporal.Instant.from('2026-11-20T14:00:00+09:00');
const fragment = fixture('bobaedream', 'comments');
const site = siteAt(bobaedream);
const key = { board: 'national', post_id: '1002' };

it.each([
  ['with its list', fragment],
  ['as bare rows', fragment.replaceAll(/<\/?ul[^>]*>/g, '')],
])('reads a fragment of comments %s', (_, text) => {
  const comment = { createdAt: '2026-11-19T23:00:00Z', isReply: false, likes: 0, dislikes: 0 };

  expect(asJson(parseComments(text))).toEqual({
    rows: 4,
    comments: [
      { ...comment, commentId: '1001', author: '톱니', body: '첫 번째', likes: 31 },
      { ...comment, commentId: '1002', author: '졸린감자', body: '두 번째\n두 줄', createdAt: '2026-11-19T23:02:00Z', isReply: true },
      { ...comment, commentId: '1004', author: '웃는호떡', body: '네 번째', createdAt: '2026-11-19T23:30:00Z', likes: 5 },
    ],
  });
});

it('takes an empty list for one, and no list for a change', () => {
  expect(parseComments('<ul class="basiclist" id="cmt_reply"></ul>')).toEqual({ rows: 0, comments: [] });
  expect(() => parseComments(fixture('bobaedream', 'gone-script'))).toThrow(LayoutChangedError);
  expect(() => parseComments('')).toThrow(LayoutChangedError);
});

it('takes table and token of the comments from the script, however it writes them', () => {
  expect(commentSource(fixture('bobaedream', 'post'))).toEqual({ tb: 'uni_cmt_2611', wid: 'a1b2c3' });
  expect(commentSource(fixture('bobaedream', 'post-pages'))).toEqual({ tb: 'uni_cmt_2609', wid: 'f00dcafe-12' });
  expect(() => commentSource(fixture('bobaedream', 'post-mycar'))).toThrow(LayoutChangedError);
});

it('asks for the pages of comments before the last, which the post shows, and for no boundless number of them', () => {
  const html = fixture('bobaedream', 'post');
  const pages = (commentCount: number) => site.otherCommentPages(key, html, { ...site.parsePost(html, now), commentCount });

  expect([0, 5, 100, 101, 200, 201, 9e15].map((count) => pages(count).length)).toEqual([0, 0, 0, 1, 1, 2, 500]);
  expect(pages(155)).toEqual([
    {
      expectedRows: 100,
      request: {
        method: 'GET',
        url: 'https://www.bobaedream.co.kr/board_renew/bulletin/comment_list.php?tb=uni_cmt_2611&code=national&No=1002&page=1&strLimit=100&strOrder=&strMywrite=&focus=top&wid=a1b2c3',
        headers: { Referer: 'https://www.bobaedream.co.kr/view?code=national&No=1002' },
        expects: 'html',
        encoding: 'utf-8',
        isWhole: expect.any(Function) as unknown,
      },
    },
  ]);
});

it('sees that a fragment was cut inside a row', () => {
  const [page] = site.otherCommentPages(key, fixture('bobaedream', 'post-pages'), site.parsePost(fixture('bobaedream', 'post-pages'), now));

  expect([fragment, fragment.slice(0, fragment.length / 2)].map((text) => page?.request.isWhole(text))).toEqual([true, false]);
});

it('asks for lists and searches as the site’s own pages do', () => {
  const page = { encoding: 'utf-8', expects: 'html', isWhole: expect.any(Function) as unknown };

  expect(site.boardList('national', 2)).toEqual({ ...page, method: 'GET', url: 'https://www.bobaedream.co.kr/list?code=national&page=2' });
  expect(site.search('리콜', 3)).toEqual({
    ...page,
    method: 'POST',
    url: 'https://www.bobaedream.co.kr/search',
    form: { keyword: '리콜', colle: 'community', searchField: 'ALL', page: '3', sort: 'DATE', startDate: '' },
    headers: { Origin: 'https://www.bobaedream.co.kr', Referer: 'https://www.bobaedream.co.kr/search' },
  });
});

it('knows a page that was cut off', () => {
  const html = fixture('bobaedream', 'post');
  const { isWhole } = site.post(key);

  expect([html, `${html}<!-- served in 0.1 s -->\n`, fixture('bobaedream', 'gone-script')].map(isWhole)).toEqual([true, true, true]);
  expect([html.slice(0, html.length / 2), ''].map(isWhole)).toEqual([false, false]);
});
