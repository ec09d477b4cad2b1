import { objectKeys } from '../../../common/object-keys.ts';
import { batch, keys, page, path } from '../extract/part-fixture.ts';
import { setUp } from './reparse-fixture.ts';

describe('a part that was never committed', () => {
  it('gets the records of the pages that were kept before it died', async () => {
    const { reparse, data, lines, manifest } = await setUp({ [path('1')]: [{ text: page }] }, ['1', '2']);
    for (const key of [keys.posts, keys.comments, keys.manifest]) data.texts.delete(key);

    expect(await reparse()).toMatchObject({ parts: 1, posts: 1, comments: 4 });

    expect(lines(keys.posts)).toMatchObject([{ post_id: '1' }]);
    expect(manifest().counts).toMatchObject({ posts: 1, undone: 1 });
  });

  it('stays open to Extract when no page was kept', async () => {
    const { reparse, data, run } = await setUp({ [path('1')]: [{ text: page }] }, ['1'], { extract: false });

    expect(await reparse()).toEqual({ parts: 1, posts: 0, comments: 0, failed: 0, missingPages: 0 });

    expect([...data.texts.keys()]).toEqual([keys.part]);
    expect(await run()).toMatchObject({ posts: 1 });
  });
});

describe('a batch of several parts', () => {
  const second = {
    batch,
    site: 'clien',
    part: 'clien-0001',
    posts: [{ site: 'clien', board: 'cm_car', post_id: '9', url: 'http://127.0.0.1:8/9' }],
  };

  it('is read site by site when one is named', async () => {
    const { reparse, data } = await setUp({ [path('1')]: [{ text: page }] }, ['1']);
    data.texts.set(objectKeys.part(batch, 'clien-0001'), JSON.stringify(second)).set(objectKeys.planIndex(batch), '{}');

    expect(await reparse()).toMatchObject({ parts: 2 });
    expect(await reparse({ site: 'clien' })).toMatchObject({ parts: 1, posts: 0 });
    expect(await reparse({ site: 'dcinside' })).toMatchObject({ parts: 0 });
    await expect(reparse({ site: 'nowhere' })).rejects.toMatchObject({ name: 'UnknownSiteError' });
  });

  it('says how far it came when the time is over, and goes on from there', async () => {
    const { reparse, data } = await setUp({ [path('1')]: [{ text: page }] }, ['1']);
    data.texts.set(objectKeys.part(batch, 'clien-0001'), JSON.stringify(second));

    await expect(reparse({}, {}, 59_000)).rejects.toMatchObject({
      name: 'ReparseUnfinishedError',
      next: 'bobaedream-0001',
      message: `0 of 2 parts of ${batch} are read again, and stay so; go on with the same event and "from": "bobaedream-0001"`,
    });
    expect(await reparse({ from: 'clien-0001' })).toMatchObject({ parts: 1 });
  });

  it('is named when it has no plan', async () => {
    const { reparse, data } = await setUp({}, ['1'], { extract: false });
    data.texts.delete(keys.part);

    await expect(reparse()).rejects.toMatchObject({ name: 'MissingObjectError', message: expect.stringContaining('no plan') as string });
  });
});
