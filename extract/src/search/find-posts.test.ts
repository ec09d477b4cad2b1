import { Temporal } from 'temporal-polyfill';
import { HostBannedError, HostBusyError, LayoutChangedError, PageFetchError, RefusedByRobotsError } from '../../../common/errors.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { RobotsUnavailableError } from '../crawl/robots.ts';
import { AT, BATCH, board, boardPage, keyword, listSite, searchOver, searchPage, type Row } from './list-site-fixture.ts';

const fresh: Row = ['1002', '2026-11-20T04:05:00Z', '코나 & 친구들', 3];
const old: Row = ['7', '2026-11-01'];

it('searches by the spellings that are needed, and counts a post that several find once', async () => {
  const { find, asked, posts, manifest } = searchOver({
    [searchPage('코나', 1)]: [fresh, ['1001', '2026-11-20', '오늘의 차'], old],
    [searchPage('KONA', 1)]: [fresh, ['1000', '2026-11-19', '원두는 코나커피'], old],
  });

  expect(await find(keyword)).toEqual({ site: 'bobaedream', kind: 'keyword', term: '코나', found: 3, added: 3, refused: false });

  expect(asked).toEqual([searchPage('코나', 1), searchPage('KONA', 1)]);
  expect([...posts.posts.values()].map(({ post_id, matched }) => [post_id, matched])).toEqual([
    ['1002', true],
    ['1001', true],
    ['1000', false],
  ]);
  expect(manifest(keyword)).toEqual({
    batch: BATCH,
    stage: 'search',
    part: 'bobaedream-keyword-1',
    site: 'bobaedream',
    counts: { found: 3, added: 3, hastened: 0, layoutChanged: 0, lists: 2, requests: 2 },
    problems: [],
  });
});

it('overwrites its manifest when it runs again', async () => {
  const { find, manifest } = searchOver({ [boardPage(1)]: [fresh, old] });
  await find(board);
  await find(board);

  expect(manifest(board).counts).toMatchObject({ found: 1, added: 0 });
});

it('opens its reader for the site, in the background for a backfill alone', async () => {
  const { find, opened } = searchOver({ [boardPage(1)]: [fresh, old] });
  await find(board);
  await find({ ...board, backfill: { from: '2026-11-20', to: '2026-11-20' } });

  expect(opened.map(({ batch, site, inBackground }) => [batch, site.robotsSubject, inBackground])).toEqual([
    [BATCH, 'hotpost', false],
    [BATCH, 'hotpost', true],
  ]);
});

describe('a list that cannot be parsed', () => {
  it('is kept sealed and counted, while the others go on', async () => {
    const { find, manifest, data, seal } = searchOver({
      [searchPage('코나', 1)]: '<p>별명</p>',
      [searchPage('KONA', 1)]: [fresh, old],
    });

    expect(await find(keyword)).toMatchObject({ found: 1, added: 1, refused: false });

    expect(manifest(keyword)).toMatchObject({
      counts: { layoutChanged: 1, lists: 1 },
      problems: [{ kind: 'LayoutChangedError', subject: 'bobaedream keyword 코나: 코나', message: 'the list is missing' }],
    });
    const name = objectKeys.rawList(BATCH, 'bobaedream', keyword.part, 1);
    const sealed = data.bytes.get(name) ?? new Uint8Array();
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('<p>');
    expect(seal.open(sealed, name)).toEqual({
      key: null,
      collected_at: AT,
      pages: [{ url: `http://127.0.0.1:9${searchPage('코나', 1)}`, text: '<p>별명</p>' }],
    });
  });

  it('fails the task when it was the only one', async () => {
    const { find, manifest } = searchOver({ [boardPage(1)]: '<script>alert(1)</script>' });

    await expect(find(board)).rejects.toThrow(LayoutChangedError);

    expect(manifest(board)).toMatchObject({ counts: { layoutChanged: 1, lists: 0 }, problems: [{ kind: 'LayoutChangedError' }] });
  });

  it('may as well be a board without a post, but not a search without a hit', async () => {
    const { find, manifest } = searchOver({ [boardPage(1)]: [], [searchPage('코나', 1)]: [], [searchPage('KONA', 1)]: [] });

    await expect(find(board)).rejects.toThrow('bobaedream board national: its list holds no post');
    await find(keyword);

    expect(manifest(board).counts).toMatchObject({ layoutChanged: 1 });
    expect(manifest(keyword)).toMatchObject({ counts: { layoutChanged: 0, lists: 2, found: 0 }, problems: [] });
  });

  it('does not take back what its first pages brought', async () => {
    const { find, manifest } = searchOver({ [boardPage(1)]: [fresh], [boardPage(2)]: 'nothing' });

    expect(await find(board)).toMatchObject({ added: 1 });

    expect(manifest(board)).toMatchObject({ counts: { layoutChanged: 1, lists: 1 }, problems: [{ kind: 'LayoutChangedError' }] });
  });
});

it('goes on with its other lists when one does not answer', async () => {
  const { find, manifest } = searchOver({
    [searchPage('코나', 1)]: new PageFetchError('3 tries'),
    [searchPage('KONA', 1)]: [fresh, old],
  });

  expect(await find(keyword)).toMatchObject({ added: 1 });
  expect(manifest(keyword).problems).toMatchObject([{ kind: 'PageFetchError', message: '3 tries' }]);
});

it('fails on a board that is not there', async () => {
  await expect(searchOver({}).find(board)).rejects.toThrow(/answered 404; correct the keyword set's boards/);
});

it('says what robots.txt refuses, which is no failure', async () => {
  const refusal = new RefusedByRobotsError('robots.txt does not let us read /search');
  const { find, manifest } = searchOver({ [searchPage('코나', 1)]: refusal, [searchPage('KONA', 1)]: refusal });

  expect(await find(keyword)).toMatchObject({ found: 0, refused: true });
  expect(manifest(keyword).problems[0]).toMatchObject({ kind: 'refused', message: refusal.message });
});

it('says that a site has no search, without asking for it', async () => {
  const { find, asked, manifest } = searchOver({}, { site: listSite({ search: () => null }) });

  expect(await find(keyword)).toMatchObject({ found: 0, refused: true });
  expect(asked).toEqual([]);
  expect(manifest(keyword).problems).toMatchObject([{ kind: 'refused', subject: 'bobaedream keyword' }]);
});

it.each([
  ['HostBannedError', new HostBannedError('127.0.0.1:9', 403, Temporal.Instant.from(AT))],
  ['HostBusyError', new HostBusyError('127.0.0.1:9', Temporal.Instant.from(AT))],
  ['RobotsUnavailableError', new RobotsUnavailableError('127.0.0.1:9', 500)],
])('ends with %s, and says so in the manifest', async (kind, error) => {
  const { find, asked, manifest } = searchOver({ [searchPage('코나', 1)]: [fresh, old], [searchPage('KONA', 1)]: error });

  await expect(find(keyword)).rejects.toThrow(error);

  expect(asked).toHaveLength(2);
  expect(manifest(keyword)).toMatchObject({ counts: { added: 1, lists: 1 }, problems: [{ kind }] });
});

it('begins no page that it cannot finish, and says so', async () => {
  const { find, asked, manifest } = searchOver({ [searchPage('코나', 1)]: [fresh, old] }, { milliseconds: 12_500 });

  expect(await find(keyword)).toMatchObject({ added: 1 });
  expect(asked).toHaveLength(1);
  expect(manifest(keyword).problems).toMatchObject([{ kind: 'unfinished', subject: 'bobaedream keyword 코나: KONA' }]);
});

it('fails when there was time for nothing', async () => {
  await expect(searchOver({}, { milliseconds: 9000 }).find(board)).rejects.toMatchObject({ name: 'OutOfTimeError' });
});

it.each([
  [{ ...board, site: 'naver' }, 'Site "naver" is unknown'],
  [{ ...keyword, term: '소나타' }, 'Keyword "소나타" is not in the keyword set; it has 코나'],
  [{ ...board, term: '../x' }, 'Board "../x" is no board'],
  [{ ...board, keywordSetName: 'other' }, 'Keyword set "other" is not in config/keyword-sets.json of the assets bucket, which has default'],
])('refuses %j', async (event, message) => {
  await expect(searchOver({}).find(event)).rejects.toThrow(message);
});
