import { Logger } from '@aws-lambda-powertools/logger';
import type * as z from 'zod';
import type { Completion } from '../../../common/contracts/completion.ts';
import { settleEventSchema } from '../../../common/contracts/events.ts';
import type { Manifest } from '../../../common/contracts/manifest.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { skippingTime } from '../crawl/reading-fixture.ts';
import { memoryStore } from '../memory-store.ts';
import { settlePhase } from './settle-phase.ts';

type Event = z.input<typeof settleEventSchema>;

const batch = '20261120T050000Z';
const execution = `${batch}-r2`;
const sync: Event = { batch, stage: 'extract', invocation: 'sync', executionName: execution, parts: ['clien-0001'] };
const async: Event = { ...sync, invocation: 'async' };

function setUp({ until = 150_000 } = {}) {
  const time = skippingTime();
  const start = time.now();
  const data = memoryStore();
  const manifest = (stage: 'search' | 'extract', part: string, counts: Manifest['counts'], problems: Manifest['problems'] = []) => {
    const site = part.slice(0, part.indexOf('-'));
    data.texts.set(objectKeys.manifest(batch, stage, part), JSON.stringify({ batch, stage, part, site, counts, problems }));
  };
  const marker = (part: string, completion: Completion, stage = 'extract') =>
    data.texts.set(objectKeys.completion(batch, execution, stage, part), JSON.stringify(completion));
  /** What happens at the moments (ms after the beginning) that the wait passes. */
  const later: { at: number; happens: () => void }[] = [];
  const moving = {
    now: () => time.now(),
    async sleep(milliseconds: number) {
      await time.sleep(milliseconds);
      for (const { happens } of later.splice(0, later.filter(({ at }) => at <= time.now() - start).length)) happens();
    },
  };
  const settle = (event: Event) =>
    settlePhase(
      settleEventSchema.parse(event),
      { data, time: moving },
      { remainingMilliseconds: () => start + until - time.now(), logger: new Logger() },
    );
  return { settle, data, manifest, marker, later, elapsed: () => time.now() - start };
}

describe('when the machine waited itself', () => {
  it('counts the posts of all parts of the batch, collected ones too', async () => {
    const { settle, manifest } = setUp();
    manifest('extract', 'clien-0001', { posts: 3 });
    manifest('extract', 'bobaedream-0001', { posts: 4 });
    manifest('extract', 'clien-c0a1b2c3d', { posts: 20 });
    manifest('search', 'clien-board-cm_car', { lists: 1, posts: 100 });

    expect(await settle(sync)).toEqual({ posts: 27, missing: 0 });
  });

  it('counts the posts of a part that was stopped before its manifest', async () => {
    const { settle, data } = setUp();
    data.texts.set(objectKeys.rawPosts(batch, 'clien', 'clien-0001'), '{}\n{}\n');

    expect(await settle(sync)).toEqual({ posts: 2, missing: 0 });
  });

  it.each([
    ['a list was read', 'search', 'clien-board-cm_car', { lists: 1 }],
    ['a post is gone', 'extract', 'clien-0001', { gone: 1 }],
    ['a post is refused', 'extract', 'clien-0001', { refused: 1 }],
    ['a collector brought nothing new', 'extract', 'clien-c0a1b2c3d', { posts: 0 }],
  ] as const)('goes on without a post when %s', async (_, stage, part, counts) => {
    const { settle, manifest } = setUp();
    manifest(stage, part, counts);

    expect(await settle({ ...sync, parts: [] })).toEqual({ posts: 0, missing: 0 });
  });

  it('goes on when there was nothing to do', async () => {
    expect(await setUp().settle({ ...sync, parts: [] })).toEqual({ posts: 0, missing: 0 });
  });

  it('stops a run that could read nothing at all, and says why, site by site', async () => {
    const { settle, manifest } = setUp();
    const banned = { kind: 'HostBannedError', subject: 'bobaedream/national/1', message: 'www.bobaedream.co.kr keeps us out (403)' };
    const refused = { kind: 'refused', subject: 'clien', message: 'robots.txt does not let us read https://www.clien.net/service' };
    manifest('search', 'clien-board-cm_car', { lists: 0, found: 0 }, [refused, { ...refused, subject: 'other' }]);
    manifest('extract', 'bobaedream-0001', { posts: 0, undone: 3, failed: 1 }, [banned]);

    await expect(settle({ ...sync, parts: ['bobaedream-0001', 'fmkorea-0001'] })).rejects.toMatchObject({
      name: 'NothingReadError',
      message: [
        'Nothing could be read. bobaedream: HostBannedError (www.bobaedream.co.kr keeps us out (403));',
        'clien: refused by robots.txt; fmkorea: its function was stopped before it could say why.',
        `See manifest/${batch}/, then run the batch again`,
      ].join(' '),
    });
  });

  it('stops a run whose searches all died without a word', async () => {
    const { settle } = setUp();

    await expect(settle({ ...sync, parts: [], searches: ['clien-board-cm_car'] })).rejects.toMatchObject({
      name: 'NothingReadError',
      message: expect.stringContaining('clien: its function was stopped') as string,
    });
  });

  it('leaves a broken manifest to those who fold them', async () => {
    const { settle, data, manifest } = setUp();
    manifest('extract', 'clien-0002', { posts: 1 });
    data.texts.set(objectKeys.manifest(batch, 'extract', 'clien-0001'), '{"batch":7}');

    expect(await settle(sync)).toEqual({ posts: 1, missing: 0 });
  });
});

describe('when nobody waited', () => {
  it('waits for the last completion marker', async () => {
    const { settle, manifest, marker, later, elapsed } = setUp();
    marker('clien-0001', { ok: true });
    later.push({
      at: 42_000,
      happens: () => {
        manifest('extract', 'clien-0002', { posts: 5 });
        marker('clien-0002', { ok: true });
      },
    });

    expect(await settle({ ...async, parts: ['clien-0001', 'clien-0002'] })).toEqual({ posts: 5, missing: 0 });

    expect(elapsed()).toBe(42_000);
  });

  it('gives up after two minutes, and goes on with what there is', async () => {
    const { settle, manifest, marker, elapsed } = setUp();
    marker('clien-0001', { ok: true });
    manifest('extract', 'clien-0001', { posts: 2 });

    expect(await settle({ ...async, parts: ['clien-0001', 'clien-0002', 'clien-0003'] })).toEqual({ posts: 2, missing: 2 });

    expect([elapsed() > 115_000, elapsed() <= 120_000]).toEqual([true, true]);
  });

  it('never outlasts its own time', async () => {
    const { settle, manifest, elapsed } = setUp({ until: 60_000 });
    manifest('extract', 'clien-0002', { posts: 2 });

    expect(await settle(async)).toEqual({ posts: 2, missing: 1 });

    expect(elapsed()).toBeLessThanOrEqual(45_000);
  });

  it("takes no other execution's, stage's or part's marker for its own", async () => {
    const { settle, manifest, marker, data } = setUp();
    manifest('extract', 'clien-0002', { posts: 2 });
    marker('clien-0001', { ok: true }, 'search');
    marker('clien-00011', { ok: true });
    data.texts.set(objectKeys.completion(batch, batch, 'extract', 'clien-0001'), JSON.stringify({ ok: true }));

    expect(await settle(async)).toMatchObject({ missing: 1 });
  });

  it.each(['UnknownSiteError', 'InvalidEventError', 'EnvironmentError', 'PrivateAddressError', 'InvalidObjectError', 'MissingObjectError'])(
    'stops the run for a task that met %s',
    async (error) => {
      const { settle, marker } = setUp();
      marker('clien-0001', { ok: false, error, cause: 'the reason' });

      await expect(settle(async)).rejects.toMatchObject({ name: error, message: 'clien-0001: the reason' });
    },
  );

  it('goes on when one task failed in another way, and names it when nothing was read', async () => {
    const { settle, marker, manifest } = setUp();
    marker('clien-0001', { ok: false, error: 'TypeError', cause: 'the bucket is away' });

    await expect(settle(async)).rejects.toMatchObject({
      name: 'NothingReadError',
      message: expect.stringContaining('clien: TypeError (the bucket is away)') as string,
    });
    manifest('extract', 'bobaedream-0001', { posts: 1 });
    expect(await settle(async)).toEqual({ posts: 1, missing: 0 });
  });

  it('waits for searches, and judges nothing yet', async () => {
    const { settle, marker } = setUp();
    marker('clien-board-cm_car', { ok: true }, 'search');

    expect(await settle({ ...async, stage: 'search', parts: ['clien-board-cm_car'] })).toEqual({ posts: 0, missing: 0 });
  });
});
