import { commentRecordSchema, postRecordSchema } from '../../../common/contracts/records.ts';
import { bare, page, path } from '../extract/part-fixture.ts';
import { collectBoard } from './collect-board.ts';
import { listPage, listPath, scriptedCrawl } from './collect-fixture.ts';
import { lossLines } from './collect-report.ts';

const there = [{ text: page }];
/** The site's frame around nothing. */
const framed = '<!DOCTYPE html><html><body><ul><li><a href="/list?code=national">국산차</a></li></ul></body></html>';

it('follows the list to its end and writes each post once, with its comments', async () => {
  const { task, deps, written, kept } = scriptedCrawl({
    [listPath(1)]: [listPage(['103', '102'])],
    [listPath(2)]: [listPage(['102', '101'])],
    [listPath(3)]: [listPage(['101'])],
    [path('101')]: there,
    [path('102')]: there,
    [path('103')]: there,
  });

  const report = await collectBoard(task, deps);

  expect(report).toMatchObject({ lists: 3, posts: 3, comments: 12 });
  expect(lossLines(report)).toEqual([]);
  expect(written.map(({ post, comments }) => [post.post_id, comments.length])).toEqual([
    ['103', 4],
    ['102', 4],
    ['101', 4],
  ]);
  expect(written.every(({ post }) => postRecordSchema.safeParse(post).success)).toBe(true);
  expect(written.flatMap(({ comments }) => comments).every((comment) => commentRecordSchema.safeParse(comment).success)).toBe(true);
  expect(kept).toEqual(['103', '102', '101']);
});

it('reads as many pages of the list as it was told, with many workers too', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => String(200 + index));
  const { task, deps, written, asked } = scriptedCrawl(
    { [listPath(1)]: [listPage(ids)], ...Object.fromEntries(ids.map((id) => [path(id), there])) },
    { pages: 1, workers: 2 },
  );

  const report = await collectBoard(task, deps);

  expect(report.posts).toBe(20);
  expect(new Set(written.map(({ post }) => post.post_id))).toEqual(new Set(ids));
  expect(asked.filter((request) => request.path.startsWith('/list'))).toHaveLength(1);
});

it('says in a line for each kind what it could not read, and goes on', async () => {
  const { task, deps, written, kept } = scriptedCrawl(
    {
      [listPath(1)]: [listPage(['101', '102', '103', '131', '104', '105', '106'])],
      [path('101')]: [{ status: 404 }],
      [path('102')]: [{ text: bare }],
      [path('103')]: [{ text: page.replace('nickName', 'newName') }],
      [path('104')]: [{ status: 500 }],
      [path('105')]: [{ text: framed }],
      [path('106')]: there,
    },
    { pages: 1 },
  );

  const report = await collectBoard(task, deps);

  expect(written.map(({ post }) => post.post_id)).toEqual(['106']);
  expect(lossLines(report)).toEqual([
    expect.stringMatching(/^gone: bobaedream\/national\/101: .*404/),
    expect.stringMatching(/^layout changed: 2, first bobaedream\/national\/102: .*\.writerProfile/),
    expect.stringMatching(/^refused by robots.txt: bobaedream\/national\/131: /),
    expect.stringMatching(/^skipped: bobaedream\/national\/104: .*3 tries.*500/),
    expect.stringMatching(/^gone, or the layout has changed: bobaedream\/national\/105: /),
  ]);
  expect(kept).toEqual(['102', '103', '105', '106']);
});

it('ends when the host wants to be left alone, and keeps what it has', async () => {
  const { task, deps, written, ends, asked } = scriptedCrawl({
    [listPath(1)]: [listPage(['101', '102', '103'])],
    [path('101')]: there,
    [path('102')]: [{ status: 403 }],
    [path('103')]: there,
  });

  const report = await collectBoard(task, deps);

  expect(written.map(({ post }) => post.post_id)).toEqual(['101']);
  expect(lossLines(report)).toEqual([
    expect.stringMatching(/^banned: bobaedream\/national\/102: www\.bobaedream\.co\.kr keeps us out \(403\)/),
  ]);
  expect(asked.map((request) => request.path)).not.toContain(path('103'));
  expect(ends).toEqual(['closed']);
});

it('goes on behind a page of the list that it cannot read, but not behind two', async () => {
  const { task, deps, written } = scriptedCrawl({
    [listPath(1)]: [listPage(['101'])],
    [listPath(2)]: [{ status: 500 }],
    [listPath(3)]: [listPage(['102'])],
    [listPath(4)]: [{ text: bare }],
    [listPath(5)]: [{ text: bare }],
    [listPath(6)]: [listPage(['103'])],
    [path('101')]: there,
    [path('102')]: there,
    [path('103')]: there,
  });

  const report = await collectBoard(task, deps);

  expect(written.map(({ post }) => post.post_id)).toEqual(['101', '102']);
  expect(lossLines(report)).toEqual([
    expect.stringMatching(/^skipped: bobaedream\/national, page 2 of the list: /),
    expect.stringMatching(/^layout changed: 2, first bobaedream\/national, page 4 of the list: /),
  ]);
});

it('closes the sink and throws when the sink takes no more', async () => {
  const { task, deps, ends } = scriptedCrawl({
    [listPath(1)]: [listPage(['101', '102'])],
    [path('101')]: there,
    [path('102')]: there,
  });
  const sink = { ...deps.sink, write: () => Promise.reject(new Error('ENOSPC')) };

  await expect(collectBoard(task, { ...deps, sink })).rejects.toThrow('ENOSPC');
  expect(ends).toEqual(['closed']);
});

it('begins nothing new once it is told to end', async () => {
  const { task, deps, written, stop, ends } = scriptedCrawl({
    [listPath(1)]: [listPage(['101', '102'])],
    [path('101')]: there,
    [path('102')]: there,
  });

  await collectBoard(task, { ...deps, onPost: () => stop.abort() });

  expect(written.map(({ post }) => post.post_id)).toEqual(['101']);
  expect(ends).toEqual(['closed']);
});

it('does not blame the site for what it was told to leave', async () => {
  const { task, deps, stop } = scriptedCrawl({ [listPath(1)]: [listPage(['101'])], [path('101')]: there });
  const stopped: typeof deps.reader = {
    ...deps.reader,
    read(request) {
      if (request.url.includes('No=101')) stop.abort();
      return deps.reader.read(request);
    },
  };

  expect(lossLines(await collectBoard(task, { ...deps, reader: stopped }))).toEqual([]);
});
