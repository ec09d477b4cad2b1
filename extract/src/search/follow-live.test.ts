import { PageFetchError } from '../../../common/errors.ts';
import type { PostState } from '../crawl/crawl-state.ts';
import { memoryPosts, statePost } from '../crawl/memory-posts.ts';
import { AT, board, boardPage, keyword, listSite, searchOver, searchPage, type Row } from './list-site-fixture.ts';

const LATER = '2026-11-20T09:00:00Z';
const read = { last_checked_at: '2026-11-20T04:00:00Z', next_due_at: LATER } as const;
/** Rows of one page, all of today. */
const rows = (...ids: number[]): Row[] => ids.map((id) => [String(id), '2026-11-20']);

it('makes new posts due at the batch, with what the list says of them', async () => {
  const { find, posts } = searchOver({
    [boardPage(1)]: [
      ['1002', '2026-11-20T04:05:06Z', '코나 & 친구들', 12],
      ['1001', '2026-11-18'],
      ['1000', '2026-11-16'],
    ],
  });

  expect(await find(board)).toMatchObject({ found: 2, added: 2 });

  const common = { site: 'bobaedream', board: 'national', status: 'due', next_due_at: AT, due_site: 'bobaedream' };
  expect([...posts.posts.values()]).toMatchObject([
    {
      ...common,
      post_id: '1002',
      url: 'http://127.0.0.1:9/post/national/1002',
      matched: true,
      created_at: '2026-11-20T04:05:06Z',
      comment_count: 12,
    },
    { ...common, post_id: '1001', matched: false, comment_count: 0 },
  ]);
  expect(posts.posts.get('post#bobaedream#national#1001')?.created_at).toBeUndefined();
});

it("leaves the order of a board's list over its pages, and none of a search's or of a trial", async () => {
  const pages = { [boardPage(1)]: rows(9, 8), [boardPage(2)]: rows(8, 7), [searchPage('코나', 1)]: rows(5) };
  const { find, data } = searchOver(pages);
  const ranks = () => [...data.texts].filter(([key]) => key.startsWith('rank/'));

  await find({ ...board, dryRun: true });
  await find(keyword);
  expect(ranks()).toEqual([]);
  await find(board);

  const places = ['9', '8', '7'].map((post_id) => ({ board: 'national', post_id }));
  expect(ranks().map(([key, text]) => [key, JSON.parse(text) as unknown])).toEqual([
    [`rank/${board.batch}/${board.part}.json`, { batch: board.batch, site: 'bobaedream', posts: places }],
  ]);
});

it('leaves the ranks that it saw before it broke off', async () => {
  const { find, data } = searchOver({ [boardPage(1)]: rows(9, 8), [boardPage(2)]: new PageFetchError('cut') });

  await find(board).catch(() => undefined);

  expect([...data.texts.keys()].filter((key) => key.startsWith('rank/'))).toHaveLength(1);
});

describe('a list that is sorted by time', () => {
  it('is followed to the first page that reaches something older than the window', async () => {
    const { find, asked } = searchOver({ [boardPage(1)]: rows(9, 8), [boardPage(2)]: [...rows(7), ['6', '2026-11-16']] });

    expect(await find(board)).toMatchObject({ found: 3, added: 3 });
    expect(asked).toEqual([boardPage(1), boardPage(2)]);
  });

  it('is followed to the first page that reaches something that an earlier batch knew', async () => {
    const known = memoryPosts(statePost('7', read));
    const { find, asked } = searchOver(
      { [boardPage(1)]: rows(9, 8), [boardPage(2)]: rows(7, 6), [boardPage(3)]: rows(5) },
      { posts: known },
    );

    expect(await find(board)).toMatchObject({ found: 4, added: 3 });
    expect(asked).toEqual([boardPage(1), boardPage(2)]);
  });

  it('goes on past what another search of this batch, or a backfill, has added', async () => {
    const known = memoryPosts(
      statePost('9', { due_site: 'bobaedream', next_due_at: AT }),
      statePost('7', { due_site: 'backfill#2026-11-01#2026-11-20#bobaedream', next_due_at: '2026-11-20T02:00:00Z' }),
    );
    const { find, asked, posts } = searchOver(
      { [boardPage(1)]: rows(9, 8), [boardPage(2)]: rows(7), [boardPage(3)]: [] },
      { posts: known },
    );

    expect(await find(board)).toMatchObject({ found: 3, added: 2 });
    expect(asked).toHaveLength(3);
    expect(posts.posts.get('post#bobaedream#national#7')).toMatchObject({ due_site: 'bobaedream', next_due_at: AT });
  });

  it('ends at five pages of a board, and three of a search', async () => {
    const pages: Record<string, Row[]> = { [searchPage('KONA', 1)]: [] };
    for (let number = 1; number <= 9; number += 1)
      for (const path of [boardPage(number), searchPage('코나', number)]) pages[path] = rows(100 - number);
    const { find, asked, manifest } = searchOver(pages);
    await find(board);
    await find(keyword);

    expect(manifest(board)).toMatchObject({
      problems: [{ kind: 'more_pages', message: expect.stringContaining('all of 5 pages was new') as string }],
    });
    expect(asked.filter((path) => path.startsWith('/board'))).toHaveLength(5);
    expect(asked.filter((path) => path.startsWith(searchPage('코나', 1).slice(0, -1)))).toHaveLength(3);
  });

  it('ends where its last page comes again, or where there is none', async () => {
    const repeating = searchOver({ [boardPage(1)]: rows(9, 8), [boardPage(2)]: rows(7), [boardPage(3)]: rows(7), [boardPage(4)]: rows(7) });
    const ending = searchOver({ [boardPage(1)]: rows(9, 8) });

    expect(await repeating.find(board)).toMatchObject({ found: 3 });
    expect(await ending.find(board)).toMatchObject({ found: 2 });
    expect([repeating.asked.length, ending.asked.length]).toEqual([3, 2]);
  });
});

it('follows a list in another order while a page brings something new, old posts or not', async () => {
  const known = memoryPosts(statePost('8', read), statePost('5', read), statePost('4', read));
  const pages = {
    [boardPage(1)]: [['1', '2026-11-01'] as const, ...rows(9, 8)],
    [boardPage(2)]: rows(7),
    [boardPage(3)]: rows(5, 4),
    [boardPage(4)]: rows(3),
  };
  const { find, asked } = searchOver(pages, { posts: known, site: listSite({ listOrder: 'other' }) });

  expect(await find(board)).toMatchObject({ found: 5, added: 2 });
  expect(asked).toEqual([boardPage(1), boardPage(2), boardPage(3)]);
});

it('reads the first page alone in DEV', async () => {
  const { find, asked } = searchOver({ [boardPage(1)]: rows(9), [boardPage(2)]: rows(8) });
  await find({ ...board, environment: 'DEV' });

  expect(asked).toEqual([boardPage(1)]);
});

describe('a known post', () => {
  const find = async (state: PostState, comments: number) => {
    const search = searchOver({ [boardPage(1)]: [['1', '2026-11-20', '제목', comments]] }, { posts: memoryPosts(state) });
    await search.find(board);
    const { next_due_at, due_site } = search.posts.posts.get('post#bobaedream#national#1') ?? {};
    return { hastened: search.manifest(board).counts['hastened'], next_due_at, due_site };
  };
  const done = () => {
    const state = statePost('1', { status: 'done', last_checked_at: AT });
    delete state.next_due_at;
    return state;
  };

  it.each([
    ['has more comments now', statePost('1', { ...read, comment_count: 5 }), 6, 1, AT],
    ['has as many comments', statePost('1', { ...read, comment_count: 6 }), 6, 0, LATER],
    ['was done and has more comments now', done(), 6, 1, AT],
    ['is gone', statePost('1', { ...read, status: 'gone' }), 6, 0, LATER],
    ['was refused by robots.txt', statePost('1', { ...read, status: 'refused' }), 0, 1, AT],
    ['is due already', statePost('1', { ...read, next_due_at: '2026-11-20T04:30:00Z' }), 6, 0, '2026-11-20T04:30:00Z'],
  ])('that %s', async (_, state, comments, hastened, next_due_at) => {
    expect(await find(state, comments)).toMatchObject({ hastened, next_due_at });
  });

  it('comes back from a backfill that has read it, when it grows', async () => {
    const state = statePost('1', { ...read, next_due_at: '2026-11-20T04:30:00Z', due_site: 'backfill#2026-11-01#2026-11-20#bobaedream' });

    expect(await find(state, 6)).toEqual({ hastened: 1, next_due_at: AT, due_site: 'bobaedream' });
  });
});

it('stores nothing in a dry run, and counts what it would', async () => {
  const known = memoryPosts(statePost('8', { ...read, comment_count: 1 }));
  const { find, posts, manifest } = searchOver({ [boardPage(1)]: [...rows(9), ['8', '2026-11-20', '제목', 2]] }, { posts: known });

  expect(await find({ ...board, dryRun: true })).toMatchObject({ found: 2, added: 1 });
  expect(manifest(board).counts).toMatchObject({ found: 2, added: 1, hastened: 1 });
  expect([...posts.posts.values()]).toEqual([statePost('8', { ...read, comment_count: 1 })]);
});

describe('what a run did not come to', () => {
  const NEXT = { ...board, batch: '20261120T053000Z' };
  const moved = {
    [boardPage(1)]: rows(10, 9),
    [boardPage(2)]: rows(8, 7),
    [boardPage(3)]: rows(6, 5),
    [boardPage(4)]: [...rows(4), ['1', '2026-11-16'] as const],
  };
  const ids = (posts: Map<string, PostState>) => [...posts.values()].map(({ post_id }) => Number(post_id)).sort((a, b) => b - a);

  it.each([
    ['because a page could not be read', new PageFetchError('three tries, at last: answered 503')],
    ['because it was killed', new Error('killed')],
  ])('%s is found by the next one', async (_why, page) => {
    const posts = memoryPosts();
    await searchOver({ [boardPage(1)]: rows(9, 8), [boardPage(2)]: page }, { posts })
      .find(board)
      .catch(() => undefined);
    const second = searchOver(moved, { posts });
    await second.find(NEXT);

    expect(ids(posts.posts)).toEqual([10, 9, 8, 7, 6, 5, 4]);
    expect(second.asked).toHaveLength(4);
  });

  it('is not looked for again by the one after that', async () => {
    const posts = memoryPosts();
    await searchOver({ [boardPage(1)]: rows(9, 8), [boardPage(2)]: new PageFetchError('cut') }, { posts }).find(board);
    await searchOver(moved, { posts }).find(NEXT);
    const third = searchOver(moved, { posts });
    await third.find({ ...board, batch: '20261120T060000Z' });

    expect(third.asked).toEqual([boardPage(1)]);
  });
});
