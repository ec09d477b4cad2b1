import { HostBusyError } from '../../../common/errors.ts';
import { statePost } from '../crawl/memory-posts.ts';
import { bare, commentsPath, keys, page, pageWith, path, row, rows, setUp } from './part-fixture.ts';

/** 104 comments: five rows (one deleted) on the post's own page, 100 on another one. */
const post = pageWith(105);
const other = commentsPath('1', 1);
const fragment = rows(0, 100);
const ids = (lines: Record<string, unknown>[]) => lines.map((comment) => comment['comment_id']);

it('reads the other pages of comments, and keeps them with the post', async () => {
  const { run, lines, problems, kept } = setUp({ [path('1')]: [{ text: post }], [other]: [{ text: fragment }] }, ['1']);

  expect(await run()).toMatchObject({ posts: 1, comments: 104 });

  expect(new Set(ids(lines(keys.comments))).size).toBe(104);
  expect(problems()).toEqual([]);
  expect(kept('1')?.pages.map(({ url, text }) => [new URL(url).pathname, text])).toEqual([
    ['/view', post],
    ['/board_renew/bulletin/comment_list.php', fragment],
  ]);
});

it('reads a page of comments again while it is short; the longest try counts', async () => {
  const answers = [{ text: rows(0, 40) }, { text: rows(0, 20) }, { text: rows(0, 60) }];
  const { run, asked, problems, manifest, kept } = setUp({ [path('1')]: [{ text: post }], [other]: answers }, ['1']);

  expect(await run()).toMatchObject({ posts: 1, comments: 64 });

  expect(asked.filter((request) => request.path === other)).toHaveLength(3);
  expect(problems()).toEqual([['comments_missing', 'bobaedream/national/1']]);
  expect(manifest().problems[0]?.message).toBe('40 of 105 comments did not come');
  expect(kept('1')?.pages[1]?.text).toBe(rows(0, 60));
});

it('stops asking when two tries agree: then that is how the site counts', async () => {
  const { run, asked } = setUp({ [path('1')]: [{ text: post }], [other]: [{ text: rows(0, 97) }] }, ['1']);

  expect(await run()).toMatchObject({ comments: 101 });

  expect(asked.filter((request) => request.path === other)).toHaveLength(2);
});

it("reads the post's own page again when it shows fewer comments than are left to it", async () => {
  const short = page.replace(/<li><dl><dt><span class="author">졸린감자[^]*?<\/li>/, '');
  const { run, asked, problems, kept } = setUp({ [path('1')]: [{ text: short }, { text: page }] }, ['1']);

  expect(await run()).toMatchObject({ comments: 4 });

  expect(asked.filter((request) => request.path === path('1'))).toHaveLength(2);
  expect(problems()).toEqual([]);
  expect(kept('1')?.pages).toMatchObject([{ text: page }]);
});

it('keeps what a first try brought when a later one finds the post changed', async () => {
  const { run, problems } = setUp({ [path('1')]: [{ text: pageWith(8) }, { text: bare }] }, ['1']);

  expect(await run()).toMatchObject({ posts: 1, comments: 4, gone: 0 });

  expect(problems()).toEqual([['comments_missing', 'bobaedream/national/1']]);
});

describe('when the pages move while they are read', () => {
  const two = [commentsPath('1', 1), commentsPath('1', 2)] as const;
  const moving = pageWith(205);

  it('counts a comment once that an arrival pushed to the next page', async () => {
    // Newest first: 500 arrives after the first page, and pushes 99 over to the second.
    const answers = { [path('1')]: [{ text: moving }], [two[0]]: [{ text: rows(0, 100) }], [two[1]]: [{ text: rows(99, 199) }] };
    const again = { ...answers, [two[0]]: [{ text: rows(0, 100) }, { text: row(500) + rows(0, 99) }], [two[1]]: [{ text: rows(99, 199) }] };
    const { run, lines } = setUp(again, ['1']);

    await run();

    const found = ids(lines(keys.comments));
    expect(new Set(found).size).toBe(found.length);
    expect(found).toEqual(expect.arrayContaining(Array.from({ length: 199 }, (_, index) => String(index))));
  });

  it('reads once more for the comment that a deletion pulled onto a page that was read', async () => {
    // 100 slides from page 2 to page 1 when 7 goes; 701 from the own page to page 2, which shows the movement.
    const answers = {
      [path('1')]: [{ text: moving }],
      [two[0]]: [{ text: rows(0, 100) }, { text: `${rows(0, 7)}\n${rows(8, 101)}` }],
      [two[1]]: [{ text: `${rows(101, 200)}\n${row(701)}` }],
    };
    const { run, lines, problems, asked } = setUp(answers, ['1']);

    await run();

    expect(ids(lines(keys.comments))).toEqual(expect.arrayContaining(['7', '100', '199', '701']));
    expect(problems()).toEqual([]);
    expect(asked.filter((request) => request.path === two[1])).toHaveLength(2);
  });
});

describe('what does not come', () => {
  it('makes the post due sooner when it is much, two times at most', async () => {
    // Three of eight are missing; the ordinary next reading is later than in five minutes.
    const answers = { [path('1')]: [{ text: pageWith(8) }] };
    const { run, state } = setUp(answers, ['1']);
    await run();
    expect(state('1')).toMatchObject({ status: 'due', failures: 1, next_due_at: '2026-11-20T05:05:07Z', comment_count: 8 });

    const later = setUp(answers, ['1']);
    later.posts.posts.set('post#bobaedream#national#1', statePost('1', { failures: 2 }));
    await later.run();

    expect(later.state('1')).toMatchObject({ status: 'due', failures: 0 });
    expect((later.state('1')?.next_due_at ?? '') > '2026-11-20T05:05:07Z').toBe(true);
  });

  it('changes nothing about the next reading when it is little', async () => {
    const whole = setUp({ [path('1')]: [{ text: post }], [other]: [{ text: fragment }] }, ['1']);
    const { run, state } = setUp({ [path('1')]: [{ text: post }], [other]: [{ text: rows(0, 99) }] }, ['1']);
    await whole.run();

    await run();

    expect(state('1')).toEqual(whole.state('1'));
  });

  it('is named when robots.txt keeps it back; the post itself is read', async () => {
    const refusing = { text: 'User-agent: *\nDisallow: /board_renew' };
    const { run, problems, state, asked } = setUp({ [path('1')]: [{ text: post }], '/robots.txt': [refusing] }, ['1']);

    expect(await run()).toMatchObject({ posts: 1, comments: 4, failed: 0 });

    expect(problems()).toEqual([['refused', 'comments of bobaedream/national/1']]);
    expect(state('1')).toMatchObject({ failures: 0 });
    expect(asked.map((request) => request.path)).not.toContain(other);
  });

  it.each([
    ['answers 404', { status: 404 }],
    ['does not answer', { status: 502 }],
  ])('leaves the rest of the post readable when a page of comments %s', async (_, answer) => {
    const { run, problems } = setUp({ [path('1')]: [{ text: post }], [other]: [answer] }, ['1']);

    expect(await run()).toMatchObject({ posts: 1, comments: 4, failed: 0 });

    expect(problems()).toEqual([['comments_missing', 'bobaedream/national/1']]);
  });
});

describe('a post whose comments outlast the invocation', () => {
  const answers = {
    [path('1')]: [{ text: pageWith(505) }],
    [path('2')]: [{ text: page }],
    ...Object.fromEntries([0, 1, 2, 3, 4].map((n) => [commentsPath('1', n + 1), [{ text: rows(n * 100, n * 100 + 100) }]])),
  };
  /** Time is over after so many pages. */
  const runFor = (pages: number, ids: readonly string[]) => {
    const world = setUp(answers, ids);
    let read = 0;
    const openReader: typeof world.deps.openReader = (task) => {
      const reader = world.deps.openReader(task);
      const busy = () => Promise.reject(new HostBusyError('127.0.0.1:9', world.deps.clock.now()));
      return { ...reader, read: (request) => ((read += 1) > pages ? busy() : reader.read(request)) };
    };
    return { ...world, result: world.run({}, { openReader }) };
  };

  it('counts with what came when it had all the time of the part; it is due again soon', async () => {
    const { result, problems, state } = runFor(4, ['1', '2']);

    expect(await result).toMatchObject({ posts: 1, comments: 304, failed: 0, undone: 1 });

    expect(problems()).toEqual([
      ['comments_missing', 'bobaedream/national/1'],
      ['HostBusyError', 'bobaedream/national/2'],
    ]);
    expect(state('1')).toMatchObject({ status: 'due', failures: 1 });
    expect(state('2')).toEqual(statePost('2'));
  });

  it('is left for another time when others came before it', async () => {
    const { result, state } = runFor(4, ['2', '1']);

    expect(await result).toMatchObject({ posts: 1, comments: 4, undone: 1 });

    expect(state('1')).toEqual(statePost('1'));
  });
});

it('asks for a fragment in the encoding that the page of the post came in', async () => {
  const { run, deps } = setUp({ [path('1')]: [{ text: post, encoding: 'cp949' }], [other]: [{ text: fragment }] }, ['1']);
  const encodings: Record<string, string> = {};
  const openReader: typeof deps.openReader = (task) => {
    const reader = deps.openReader(task);
    return {
      ...reader,
      read: (request) => {
        encodings[new URL(request.url).pathname] = request.encoding;
        return reader.read(request);
      },
    };
  };

  await run({}, { openReader });

  expect(encodings).toEqual({ '/view': 'utf-8', '/board_renew/bulletin/comment_list.php': 'cp949' });
});
