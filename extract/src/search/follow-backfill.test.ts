import { Temporal } from 'temporal-polyfill';
import { HostBusyError, RefusedByRobotsError } from '../../../common/errors.ts';
import { memoryPosts, statePost } from '../crawl/memory-posts.ts';
import { AT, board, boardPage, keyword, listSite, searchOver, searchPage, type Row, type ScriptedPage } from './list-site-fixture.ts';

const backfill = { from: '2026-11-10', to: '2026-11-12' };
const QUEUE = 'backfill#2026-11-10#2026-11-12#bobaedream';
const event = { ...board, backfill };
/** A board with one post a page and five pages a day, from 2026-11-20 back to the day given. */
function dailyBoard(days: number, until = 1): Record<string, ScriptedPage> {
  const pages: [string, Row[]][] = [];
  for (let day = 20; day > 20 - days && day >= until; day -= 1)
    for (let post = 5; post > 0; post -= 1)
      pages.push([boardPage(pages.length + 1), [[`${day}0${post}`, `2026-11-${String(day).padStart(2, '0')}`]]]);
  return Object.fromEntries(pages);
}
const queued = (posts: ReturnType<typeof memoryPosts>) =>
  [...posts.posts.values()].filter(({ due_site }) => due_site === QUEUE).map(({ post_id }) => post_id);
const inRange = [12, 11, 10].flatMap((day) => [5, 4, 3, 2, 1].map((post) => `${day}0${post}`));

it('queues the posts of the range for the backfill, due at its batch, without walking there page by page', async () => {
  const { find, asked, posts, manifest } = searchOver(dailyBoard(20));

  expect(await find(event)).toMatchObject({ found: 15, added: 15 });

  expect(queued(posts)).toEqual(inRange);
  expect(posts.posts.get('post#bobaedream#national#1205')).toMatchObject({ status: 'due', next_due_at: AT, due_site: QUEUE });
  // Pages 41 to 55 hold the range and 56 ends it; 1 to 40 lie after it.
  expect(asked.filter((path) => Number(path.split('/').at(-1)) <= 40).length).toBeLessThan(12);
  expect(new Set(asked).size).toBe(asked.length);
  expect(manifest(board)).toMatchObject({ counts: { found: 15, added: 15, hastened: 0, lists: 1 }, problems: [] });
});

it('leaves posts alone that are read, or that somebody waits for', async () => {
  const known = memoryPosts(
    statePost('1205', { status: 'done', last_checked_at: AT }),
    statePost('1204', { due_site: 'bobaedream' }),
    statePost('1203', { due_site: QUEUE, failures: 2 }),
  );
  const before = [...known.posts.values()];
  const { find, posts } = searchOver(dailyBoard(20), { posts: known });

  expect(await find(event)).toMatchObject({ found: 15, added: 12 });
  expect([...posts.posts.values()].slice(0, 3)).toEqual(before);
});

it('counts by the day in Seoul', async () => {
  const { find, posts } = searchOver({
    [boardPage(1)]: [
      ['4', '2026-11-12T15:00:00Z'],
      ['3', '2026-11-12T14:59:59Z'],
      ['2', '2026-11-09T15:00:00Z'],
      ['1', '2026-11-09T14:59:59Z'],
    ],
    [boardPage(2)]: [['0', '2026-11-09']],
  });
  await find(event);

  expect(queued(posts)).toEqual(['3', '2']);
});

it('goes on where its time ran out, one page earlier', async () => {
  const search = searchOver(dailyBoard(20), { milliseconds: 32_000 });
  const first = await search.find(event);
  const problems = [...search.manifest(board).problems];
  const askedAtFirst = search.asked.length;
  const second = await search.find(event);

  expect(problems).toMatchObject([
    {
      kind: 'unfinished',
      subject: 'bobaedream board national',
      message: expect.stringContaining('the next backfill of this range') as string,
    },
  ]);
  expect(first.added).toBeLessThan(15);
  expect(search.asked[askedAtFirst]).toBe(search.asked[askedAtFirst - 1]);
  expect(first.added + second.added).toBe(15);
  expect(queued(search.posts)).toEqual(inRange);
  expect(search.manifest(board).problems).toEqual([]);
});

it('comes to a range that is far back, however little time each run has', async () => {
  const search = searchOver(dailyBoard(20), { milliseconds: 17_000 });
  let runs = 1;
  for (; runs < 20; runs += 1) {
    await search.find(event);
    if (search.manifest(board).problems.length === 0) break;
  }

  expect(queued(search.posts)).toEqual(inRange);
  expect(runs).toBeLessThan(10);
});

it('loses nothing when the list has moved on meanwhile', async () => {
  const pages = dailyBoard(20);
  const search = searchOver(pages, { milliseconds: 32_000 });
  await search.find(event);
  const texts = Object.values(pages);
  for (let number = texts.length; number > 0; number -= 1) pages[boardPage(number + 7)] = texts[number - 1] ?? [];
  for (let number = 1; number <= 7; number += 1) pages[boardPage(number)] = [[`new${number}`, '2026-11-20']];
  for (let run = 0; run < 3; run += 1) await search.find(event);

  expect(queued(search.posts)).toEqual(inRange);
});

it('takes a busy host for the end of its time, once it has read something', async () => {
  const busy = new HostBusyError('127.0.0.1:9', Temporal.Instant.from(AT));
  const begun = searchOver({ [boardPage(1)]: [['1', '2026-11-12']], [boardPage(2)]: busy });

  expect(await begun.find(event)).toMatchObject({ added: 1 });
  expect(begun.manifest(board).problems).toMatchObject([{ kind: 'unfinished' }]);
  await expect(searchOver({ [boardPage(1)]: busy }).find(event)).rejects.toThrow(busy);
});

it.each([
  ['has no second page', { boardList: (_: string, page: number) => (page === 1 ? listSite().boardList('national', 1) : null) }, {}],
  ['is not let to its second page', {}, { [boardPage(2)]: new RefusedByRobotsError('robots.txt does not let us read page 2') }],
])('says how far back it could see when it %s', async (_, change, answers) => {
  const first: Row[] = [
    ['3', '2026-11-13'],
    ['2', '2026-11-11'],
  ];
  const { find, posts, manifest, asked } = searchOver({ [boardPage(1)]: first, ...answers }, { site: listSite(change) });

  expect(await find(event)).toMatchObject({ found: 1, added: 1, refused: false });
  expect(queued(posts)).toEqual(['2']);
  expect(asked.filter((path) => path === boardPage(1))).toHaveLength(1);
  expect(manifest(board).problems).toEqual([
    {
      kind: 'out_of_reach',
      subject: 'bobaedream board national',
      message: 'it can be paged back to 2026-11-11 only; of 2026-11-10 to 2026-11-12, what is older cannot be had from this list',
    },
  ]);
});

it('does not call out of reach what its one page holds whole', async () => {
  const boardList = (_: string, page: number) => (page === 1 ? listSite().boardList('national', 1) : null);
  const { find, manifest } = searchOver(
    {
      [boardPage(1)]: [
        ['3', '2026-11-13'],
        ['2', '2026-11-11'],
        ['1', '2026-11-09'],
      ],
    },
    { site: listSite({ boardList }) },
  );
  await find(event);

  expect(manifest(board).problems).toEqual([]);
});

const pastTheEnd = (page: ScriptedPage) => Object.fromEntries(Array.from({ length: 60 }, (_, index) => [boardPage(16 + index), page]));

it.each([
  ['ends', {}],
  ['repeats its last page', pastTheEnd([['1801', '2026-11-18']])],
])('finds nothing in a list that %s before the range', async (_, past) => {
  const { find, manifest } = searchOver({ ...dailyBoard(3), ...past });

  expect(await find(event)).toMatchObject({ found: 0, added: 0 });
  expect(manifest(board)).toMatchObject({ counts: { layoutChanged: 0 }, problems: [] });
});

it('says that a list ends in what is none, and keeps it, but does not take it for a new layout', async () => {
  const { find, manifest, data } = searchOver({ ...dailyBoard(3), ...pastTheEnd('no list') });

  expect(await find(event)).toMatchObject({ found: 0 });
  expect(manifest(board)).toMatchObject({ counts: { layoutChanged: 0, lists: 1 }, problems: [{ kind: 'LayoutChangedError' }] });
  expect([...data.bytes.keys()]).toEqual(['raw/page/batch=20261120T050000Z/site=bobaedream/list-bobaedream-board-national-1.sealed']);
});

it('fails when the page where it came to is no list any more', async () => {
  const known = memoryPosts();
  known.cursors.set(`${QUEUE}#board#national`, 50);
  const { find, manifest } = searchOver({ [boardPage(50)]: 'no list' }, { posts: known });

  await expect(find(event)).rejects.toMatchObject({ name: 'LayoutChangedError' });
  expect(manifest(board).counts).toMatchObject({ layoutChanged: 1, lists: 0 });
});

it('is led astray neither by an old post at the top nor by a new one at the bottom of every page', async () => {
  const pages = Object.entries(dailyBoard(20)).map(([path, page]) => {
    const rows = page as Row[];
    const others = rows.map(([id, day]): Row => [`${id}x`, day]);
    return [
      path,
      [
        ['pinned', '2025-01-01'] as Row,
        ...rows,
        ...others,
        ...others.map(([id, day]): Row => [`${id}y`, day]),
        ['ad', '2026-11-20'] as Row,
      ],
    ];
  });
  const { find, asked, posts } = searchOver(Object.fromEntries(pages) as Record<string, Row[]>);

  expect(await find(event)).toMatchObject({ found: 45 });
  expect(queued(posts)).toHaveLength(45);
  expect(asked.length).toBeLessThan(30);
});

it('walks through a list in another order', async () => {
  const { find, asked, posts } = searchOver(dailyBoard(20), { site: listSite({ listOrder: 'other' }) });

  expect(await find(event)).toMatchObject({ added: 15 });
  expect(queued(posts)).toEqual(inRange);
  expect(asked).toEqual(Array.from({ length: 56 }, (_, index) => boardPage(index + 1)));
});

it('pages the searches of a keyword back, each from where it came to', async () => {
  const hits: Row[] = [
    ['9', '2026-11-13'],
    ['8', '2026-11-12', '코나 화재'],
    ['7', '2026-11-09'],
  ];
  const { find, posts } = searchOver({
    [searchPage('코나', 1)]: hits,
    [searchPage('KONA', 1)]: hits,
    [searchPage('코나', 2)]: [['6', '2026-11-08']],
  });

  expect(await find({ ...keyword, backfill })).toMatchObject({ found: 1, added: 1 });
  expect([...posts.cursors]).toEqual([
    [`${QUEUE}#keyword#코나#코나`, 2],
    [`${QUEUE}#keyword#코나#KONA`, 1],
  ]);
});

it('stores nothing in a dry run, and starts at the top', async () => {
  const known = memoryPosts(statePost('1205', { status: 'done', last_checked_at: AT }));
  known.cursors.set(`${QUEUE}#board#national`, 50);
  const { find, asked, posts, manifest } = searchOver(dailyBoard(20), { posts: known });

  expect(await find({ ...event, dryRun: true })).toMatchObject({ found: 15, added: 14 });
  expect(asked[0]).toBe(boardPage(1));
  expect(posts.posts.size).toBe(1);
  expect([...posts.cursors.values()]).toEqual([50]);
  expect(manifest(board).counts).toMatchObject({ found: 15, added: 14 });
});

it('reads one page of the range in DEV', async () => {
  const { find } = searchOver({ [boardPage(1)]: [['2', '2026-11-12']], [boardPage(2)]: [['1', '2026-11-11']] });

  expect(await find({ ...event, environment: 'DEV' })).toMatchObject({ found: 1, added: 1 });
});
