import { PostGoneError } from '../../../common/errors.ts';
import { assetKeys } from '../../../common/object-keys.ts';
import { pageSeal } from '../crawl/page-seal.ts';
import { batch, commentsPath, keys, keywordSet, page, pageWith, path, rows } from '../extract/part-fixture.ts';
import { quarantineKey } from '../extract/records.ts';
import { memoryStore } from '../memory-store.ts';
import type { Site } from '../sites/site.ts';
import { setUp } from './reparse-fixture.ts';

/** A page that parsers without `nick` do not understand. */
const renamed = page.replace('class="nickName"', 'class="nick"');
const quarantine = quarantineKey(batch, 'bobaedream-0001');

/** Today's parser knows the new name of the author. */
const repaired = (site: Site): Site['parsePost'] => {
  return (html, now) => site.parsePost(html.replace('class="nick"', 'class="nickName"'), now);
};

it('writes the same records with the same parsers, and leaves site and schedule alone', async () => {
  const answers = {
    [path('1')]: [{ text: page }],
    [path('2')]: [{ text: pageWith(205) }],
    [commentsPath('2', 1)]: [{ text: rows(0, 100) }],
    [commentsPath('2', 2)]: [{ text: rows(100, 200) }],
  };
  const { reparse, files, asked, posts, manifest } = await setUp(answers, ['1', '2', '13', '4']);
  const [before, requests, recorded, told] = [files(), asked.length, posts.recorded.length, manifest()];

  expect(await reparse()).toEqual({ parts: 1, posts: 2, comments: 208, failed: 0, missingPages: 0 });

  expect(files()).toEqual(before);
  expect([asked.length, posts.recorded.length]).toEqual([requests, recorded]);
  expect(manifest()).toEqual(told);
});

it('brings posts that could not be read before, at the time at which they were fetched', async () => {
  const { reparse, sites, lines, manifest } = await setUp({ [path('1')]: [{ text: page }], [path('2')]: [{ text: renamed }] }, ['1', '2']);
  expect(manifest().counts).toMatchObject({ posts: 1, failed: 1, layoutChanged: 1 });

  expect(await reparse({}, { sites: sites(repaired) })).toEqual({ parts: 1, posts: 2, comments: 8, failed: 0, missingPages: 0 });

  expect(lines(keys.posts).map((post) => [post['post_id'], post['collected_at']])).toEqual([
    ['1', '2026-11-20T05:00:07Z'],
    ['2', '2026-11-20T05:00:07Z'],
  ]);
  expect(manifest().counts).toMatchObject({ posts: 2, comments: 8, failed: 0, layoutChanged: 0, undone: 0, requests: 3 });
  expect(manifest().problems).toEqual([]);
});

it('replaces what yesterday read wrongly', async () => {
  const { reparse, sites, lines } = await setUp({ [path('1')]: [{ text: page }] }, ['1']);
  const better = (site: Site): Site['parsePost'] => {
    return (html, now) => ({ ...site.parsePost(html, now), title: '제목', body: '고장', comments: [], rows: 5 });
  };

  await reparse({}, { sites: sites(better) });

  expect(lines(keys.posts)).toMatchObject([{ title: '제목', body: '고장', keywords: [] }]);
  expect(lines(keys.comments)).toEqual([]);
});

it('matches keywords anew, also for posts whose page is kept no longer', async () => {
  const { reparse, data, lines } = await setUp({ [path('1')]: [{ text: page }], [path('2')]: [{ text: page }] }, ['1', '2']);
  data.bytes.delete(keys.page('2'));
  const other = { ...keywordSet, keywords: [{ name: '충전', spellings: ['충전'] }] };
  const assets = memoryStore(new Map([[assetKeys.keywordSets, JSON.stringify({ other })]]));

  expect(await reparse({ keywordSetName: 'other' }, { assets })).toEqual({ parts: 1, posts: 1, comments: 4, failed: 0, missingPages: 1 });

  expect(lines(keys.posts).map((post) => post['keywords'])).toEqual([['충전'], ['충전']]);
});

describe('loses nothing that is stored', () => {
  it('when a page is kept no longer', async () => {
    const { reparse, data, files, manifest } = await setUp({ [path('1')]: [{ text: page }] }, ['1']);
    const before = files();
    data.bytes.delete(keys.page('1'));

    expect(await reparse()).toEqual({ parts: 1, posts: 0, comments: 0, failed: 0, missingPages: 1 });

    expect(files()).toEqual(before);
    expect(manifest().counts).toMatchObject({ posts: 1, comments: 4, gone: 0, undone: 0 });
  });

  it("when today's parser does not understand a page", async () => {
    const { reparse, sites, files, problems } = await setUp({ [path('1')]: [{ text: page }] }, ['1']);
    const before = files();
    const broken = () => () => {
      throw new TypeError('broken');
    };

    expect(await reparse({}, { sites: sites(broken) })).toEqual({ parts: 1, posts: 0, comments: 0, failed: 1, missingPages: 0 });

    expect(files()).toEqual(before);
    expect(problems()).toEqual([['LayoutChangedError', 'bobaedream/national/1']]);
  });

  it("when most posts look gone to today's parser", async () => {
    const ids = ['1', '2', '3'];
    const { reparse, sites, files } = await setUp(Object.fromEntries(ids.map((id) => [path(id), [{ text: page }]])), ids);
    const before = files();
    const blind = () => () => {
      throw new PostGoneError('no body', { certain: false });
    };

    expect(await reparse({}, { sites: sites(blind) })).toMatchObject({ posts: 0, failed: 3 });

    expect(files()).toEqual(before);
  });

  it('but what turns out to be no post at all', async () => {
    const { reparse, sites, files, manifest } = await setUp({ [path('1')]: [{ text: page }] }, ['1']);
    const knowing = () => () => {
      throw new PostGoneError('it says so', { certain: true });
    };

    expect(await reparse({}, { sites: sites(knowing) })).toMatchObject({ posts: 0, failed: 0 });

    expect(files()).toEqual(['', '']);
    expect(manifest().counts).toMatchObject({ posts: 0, gone: 1, failed: 0 });
  });
});

it('says of posts without a page what Extract said, and counts each post once', async () => {
  const answers = { [path('1')]: [{ text: page }], [path('2')]: [{ status: 502 }], [path('5')]: [{ text: renamed }] };
  const { reparse, manifest } = await setUp(answers, ['1', '2', '13', '4', '5']);
  const before = manifest();

  await reparse();

  expect(manifest().counts).toEqual(before.counts);
  expect(manifest().counts).toMatchObject({ posts: 1, failed: 2, refused: 1, gone: 1, undone: 0, layoutChanged: 1 });
  expect(
    manifest()
      .problems.map(({ kind }) => kind)
      .sort(),
  ).toEqual(before.problems.map(({ kind }) => kind).sort());
});

it('replaces the quarantine of the part: new refusals in, stale ones out', async () => {
  const { reparse, sites, lines, data, manifest } = await setUp({ [path('1')]: [{ text: page }] }, ['1']);
  const tooLong = (site: Site): Site['parsePost'] => {
    return (html, now) => {
      const post = site.parsePost(html, now);
      return { ...post, comments: post.comments.map((comment) => ({ ...comment, commentId: `${comment.commentId}${'x'.repeat(40)}` })) };
    };
  };

  await reparse({}, { sites: sites(tooLong) });
  expect(lines(quarantine)).toHaveLength(4);
  expect(manifest().counts).toMatchObject({ quarantined: 4, comments: 0 });

  await reparse();
  expect(data.texts.has(quarantine)).toBe(false);
  expect(manifest().counts).toMatchObject({ quarantined: 0, comments: 4 });
});

it('keeps what robots.txt refused apart from what is missing', async () => {
  const robots = { text: 'User-agent: *\nDisallow: /board_renew' };
  const { reparse, problems } = await setUp({ [path('1')]: [{ text: pageWith(105) }], '/robots.txt': [robots] }, ['1']);

  await reparse();

  expect(problems()).toEqual([['refused', 'comments of bobaedream/national/1']]);
});

it('stops before it changes anything when the pages were sealed with another key', async () => {
  const { reparse, files } = await setUp({ [path('1')]: [{ text: page }] }, ['1']);
  const before = files();

  await expect(reparse({}, { seal: pageSeal('another key of sixteen and more') })).rejects.toMatchObject({ name: 'InvalidObjectError' });

  expect(files()).toEqual(before);
});
