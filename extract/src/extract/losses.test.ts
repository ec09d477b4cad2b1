import { HostBannedError, HostBusyError, PostGoneError } from '../../../common/errors.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { statePost } from '../crawl/memory-posts.ts';
import { siteNamed } from '../sites/registry.ts';
import type { Site } from '../sites/site.ts';
import type { ExtractDependencies } from './dependencies.ts';
import { bare, page, path, setUp } from './part-fixture.ts';

it('goes on after posts that are gone, refused or broken, and says what became of each', async () => {
  const gone = { text: '<script>alert(1)</script>' };
  const answers = { [path('1')]: [gone], [path('2')]: [{ text: '<html>cut' }], [path('3')]: [{ text: page }] };
  const { run, state, manifest, problems, lines, asked } = setUp(answers, ['1', '13', '2', '3']);

  expect(await run()).toMatchObject({ posts: 1, gone: 1, failed: 1, undone: 0 });

  expect(state('1')).toMatchObject({ status: 'gone', failures: 0 });
  expect(state('13')).toMatchObject({ status: 'refused', failures: 0 });
  expect(state('2')).toMatchObject({ status: 'due', failures: 1, next_due_at: '2026-11-20T05:05:07Z' });
  expect(state('3')).toMatchObject({ status: 'due', failures: 0 });
  expect(manifest().counts).toMatchObject({ refused: 1, failed: 1 });
  expect(lines(objectKeys.rawGone('20261120T050000Z', 'bobaedream', 'bobaedream-0001'))).toEqual([
    { site: 'bobaedream', board: 'national', post_id: '1', seen_at: '2026-11-20T05:00:07Z', evidence: 'said' },
  ]);
  expect(problems()).toEqual([
    ['refused', 'bobaedream/national/13'],
    ['PageFetchError', 'bobaedream/national/2'],
  ]);
  expect(asked.map((request) => request.path)).not.toContain(path('13'));
});

it('gives a post up after its fifth failure in a row', async () => {
  const { run, posts, state } = setUp({ [path('2')]: [{ status: 502 }] }, ['2']);
  posts.posts.set('post#bobaedream#national#2', statePost('2', { failures: 4 }));

  await run();

  expect(state('2')).toMatchObject({ status: 'failed', failures: 5 });
  expect(state('2')).not.toHaveProperty('next_due_at');
});

describe('a page that is not understood', () => {
  const changed = page.replace('class="nickName"', 'class="nick"');

  it('is kept, counted as changed layout, and its post stays due', async () => {
    const { run, state, manifest, problems, kept, lines } = setUp({ [path('1')]: [{ text: changed }], [path('2')]: [{ text: page }] }, [
      '1',
      '2',
    ]);

    expect(await run()).toMatchObject({ posts: 1, failed: 1 });

    expect(manifest().counts).toMatchObject({ layoutChanged: 1, failed: 1, posts: 1 });
    expect(problems()).toEqual([['LayoutChangedError', 'bobaedream/national/1']]);
    expect(state('1')).toMatchObject({ status: 'due', failures: 1, next_due_at: '2026-11-20T05:05:07Z' });
    expect(kept('1')).toMatchObject({ collected_at: '2026-11-20T05:00:07Z', pages: [{ text: changed }] });
    expect(lines('raw')).toEqual([]);
  });

  it('is the same when the parser stumbles over it, whose words never reach the manifest', async () => {
    const { run, deps, manifest, kept } = setUp({ [path('1')]: [{ text: page }] }, ['1']);
    const site = {
      ...siteNamed(deps.sites, 'bobaedream'),
      parsePost: () => {
        throw new SyntaxError('Unexpected token in 졸린감자');
      },
    };

    expect(await run({}, { sites: new Map([['bobaedream', site]]) })).toMatchObject({ failed: 1 });

    expect(manifest().counts).toMatchObject({ layoutChanged: 1 });
    expect(manifest().problems).toMatchObject([{ kind: 'LayoutChangedError', message: expect.stringContaining('SyntaxError') as string }]);
    expect(JSON.stringify(manifest())).not.toContain('졸린감자');
    expect(kept('1')).toBeDefined();
  });
});

describe('posts that look gone because their page lacks parts', () => {
  const blinded = { text: bare };
  const whole = { text: page };
  /** A site that takes a bare page for a blinded post. */
  const inferring = ({ sites }: Pick<ExtractDependencies, 'sites'>) => {
    const site = siteNamed(sites, 'bobaedream');
    const parsePost: Site['parsePost'] = (html, now) => {
      if (html === bare) throw new PostGoneError('the page has no body', { certain: false });
      return site.parsePost(html, now);
    };
    return new Map([['bobaedream', { ...site, parsePost }]]);
  };

  it('are gone as long as most posts of the part are there, and their pages are kept', async () => {
    const answers = { [path('1')]: [blinded], [path('2')]: [whole], [path('3')]: [blinded] };
    const { run, deps, state, manifest, kept } = setUp(answers, ['1', '2', '3']);

    expect(await run({}, { sites: inferring(deps) })).toMatchObject({ posts: 1, gone: 2, failed: 0 });

    expect(state('1')).toMatchObject({ status: 'gone' });
    expect(manifest().counts).toMatchObject({ layoutChanged: 0 });
    expect(kept('1')).toMatchObject({ pages: [{ text: bare }] });
  });

  it('are a changed layout when most posts of the part are: they stay due', async () => {
    const answers = { [path('1')]: [blinded], [path('2')]: [whole], [path('3')]: [blinded], [path('4')]: [blinded] };
    const { run, deps, state, manifest, problems, kept } = setUp(answers, ['1', '2', '3', '4', '5']);

    // The last one answers 404: that is certain, and no sign of a changed layout.
    expect(await run({}, { sites: inferring(deps) })).toMatchObject({ posts: 1, gone: 1, failed: 3 });

    expect(manifest().counts).toMatchObject({ layoutChanged: 3, gone: 1 });
    expect(['1', '3', '4'].map((id) => state(id)?.status)).toEqual(['due', 'due', 'due']);
    expect(state('5')).toMatchObject({ status: 'gone' });
    expect(problems().map(([kind]) => kind)).toEqual(['LayoutChangedError', 'LayoutChangedError', 'LayoutChangedError']);
    expect([kept('4'), kept('5')]).toMatchObject([{ pages: [{ text: bare }] }, undefined]);
  });

  it('are gone when they are as many as those that are there', async () => {
    const answers = Object.fromEntries(['1', '2', '3', '4', '5', '6'].map((id) => [path(id), [Number(id) <= 3 ? blinded : whole]]));
    const { run, deps } = setUp(answers, ['1', '2', '3', '4', '5', '6']);

    expect(await run({}, { sites: inferring(deps) })).toMatchObject({ posts: 3, gone: 3, failed: 0 });
  });
});

describe('a host that wants to be left alone', () => {
  it('ends the part: the post that met the ban fails, the others stay as they were', async () => {
    const { run, state, problems, manifest, lines } = setUp({ [path('1')]: [{ text: page }], [path('2')]: [{ status: 403 }] }, [
      '1',
      '2',
      '3',
    ]);

    expect(await run()).toMatchObject({ posts: 1, failed: 1, undone: 1 });

    expect(state('2')).toMatchObject({ status: 'due', failures: 1 });
    expect(state('3')).toEqual(statePost('3'));
    expect(problems()).toEqual([['HostBannedError', 'bobaedream/national/2']]);
    expect(manifest().counts).toMatchObject({ failed: 1, undone: 1, layoutChanged: 0 });
    expect(lines('raw')).toEqual([]);
  });

  it('fails no post that was not asked for', async () => {
    const { run, deps, state, problems } = setUp({}, ['1', '2']);
    const openReader: typeof deps.openReader = (task) => ({
      ...deps.openReader(task),
      read: () => Promise.reject(new HostBannedError('127.0.0.1:9', 429, deps.clock.now())),
    });

    expect(await run({}, { openReader })).toMatchObject({ posts: 0, failed: 0, undone: 2 });

    expect([state('1'), state('2')]).toEqual([statePost('1'), statePost('2')]);
    expect(problems()).toEqual([['HostBannedError', 'bobaedream/national/1']]);
  });
});

it('hands back what time does not reach, also in the middle of a post, whose half is not kept', async () => {
  const { run, deps, state, kept, manifest } = setUp({ [path('1')]: [{ text: page }], [path('2')]: [{ text: page }] }, ['1', '2', '3']);
  let reads = 0;
  const openReader: typeof deps.openReader = (task) => {
    const reader = deps.openReader(task);
    return {
      ...reader,
      read: (request) => ((reads += 1) === 2 ? Promise.reject(new HostBusyError('h', deps.clock.now())) : reader.read(request)),
    };
  };

  expect(await run({}, { openReader })).toMatchObject({ posts: 1, failed: 0, undone: 2 });

  expect([state('2'), state('3')]).toEqual([statePost('2'), statePost('3')]);
  expect(kept('2')).toBeUndefined();
  expect(manifest().problems).toMatchObject([{ kind: 'HostBusyError', subject: 'bobaedream/national/2' }]);
});
