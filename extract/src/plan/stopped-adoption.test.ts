import { objectKeys } from '../../../common/object-keys.ts';
import type { CrawlState } from '../crawl/crawl-state.ts';
import type { PlanDependencies } from './dependencies.ts';
import { BATCH, bring, commentRecord, planWorld, postRecord, rawRecords } from './plan-fixture.ts';
import { planParts } from './plan-parts.ts';

const NEXT = '20261120T053000Z';
const LATER = '20261120T060000Z';
const uploads = ['clien-c00000001', 'clien-c00000002', 'clien-cbad00000'];
const event = { environment: 'PROD' as const, backfill: null, detailBatchSize: 2, detailFunctions: ['read'] };

async function worldWithUploads() {
  const world = planWorld();
  await bring(world.data, 'clien-c00000001', [postRecord('1'), { ...postRecord('8'), views: null }], [commentRecord('1', '11')]);
  await bring(world.data, 'clien-c00000002', [postRecord('2')], [commentRecord('2', '21')]);
  await bring(world.data, 'clien-cbad00000', [], []);
  await world.data.writeBytes('collected/clien-cbad00000/post.ndjson.gz', Buffer.from('not gzip'));
  return world;
}

/** Makes the n-th call of the store or the crawl state fail, before it does anything or just after it has. */
function stopping(deps: PlanDependencies, at: number, when: 'before' | 'after'): { deps: PlanDependencies; calls: () => number } {
  let calls = 0;
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get:
        (_, name) =>
        async (...given: unknown[]) => {
          calls += 1;
          const isFatal = calls === at;
          if (calls > at || (isFatal && when === 'before')) throw new Error('stopped');
          const result: unknown = await (Reflect.get(target, name) as (...all: unknown[]) => Promise<unknown>)(...given);
          if (isFatal) throw new Error('stopped');
          return result;
        },
    });
  return { deps: { ...deps, data: wrap(deps.data), posts: wrap(deps.posts as CrawlState) }, calls: () => calls };
}

const healthy = Number.POSITIVE_INFINITY;

it('makes some fifty calls, so that the tests below stop it at as many places', async () => {
  const { deps } = await worldWithUploads();
  const counted = stopping(deps, healthy, 'before');

  expect(await planParts({ ...event, batch: BATCH }, counted.deps)).toMatchObject({ collected: 2 });

  expect(counted.calls()).toBeGreaterThan(40);
});

describe.each(['before', 'after'] as const)('stopped just %s a call', (when) => {
  it.each([
    ['the same batch', BATCH],
    ['the next batch', NEXT],
  ])('loses and doubles nothing when it goes on in %s', async (_, batch) => {
    let stops = 0;
    for (let at = 1; ; at += 1) {
      const world = await worldWithUploads();
      const first = stopping(world.deps, at, when);
      const isStopped = await planParts({ ...event, batch: BATCH }, first.deps).then(
        () => false,
        () => true,
      );
      if (!isStopped) break;
      const wasFinished = world.data.texts.has(objectKeys.planIndex(BATCH));
      stops += 1;

      await planParts({ ...event, batch }, world.deps);
      await planParts({ ...event, batch: LATER }, world.deps);

      const ids = rawRecords(world.data).map((record) => record.replace(/ \S+ /, ' '));
      expect([at, ids]).toEqual([at, ['comment 1/11', 'comment 2/21', 'post 1', 'post 2']]);
      const keys = [...world.data.texts.keys(), ...world.data.bytes.keys()];
      expect([at, keys.filter((key) => key.startsWith('collected/'))]).toEqual([at, []]);
      const manifests = keys.filter((key) => uploads.some((name) => key.endsWith(`extract-${name}.json`)));
      expect([at, manifests]).toHaveProperty('1.length', 2);
      expect([...world.posts.posts.values()].map(({ last_checked_at }) => last_checked_at)).toEqual(Array(2).fill('2026-11-20T04:50:00Z'));
      // Each record lies in a batch whose plan was finished, and whose manifest tells of it.
      const batches = new Set(rawRecords(world.data).map((record) => record.split(' ')[1] ?? ''));
      expect([at, [...batches].filter((one) => !keys.includes(objectKeys.planIndex(one)))]).toEqual([at, []]);
      const told = manifests.map((key) => key.split('/')[1]).sort();
      expect(told).toEqual(
        rawRecords(world.data)
          .filter((record) => record.startsWith('post'))
          .map((record) => record.split(' ')[1])
          .sort(),
      );
      expect(keys.filter((key) => key.includes(`quarantine/`) && key.endsWith('clien-cbad00000/post.ndjson.gz')).length).toBeGreaterThan(0);
      // A finished plan is loaded: nothing of it moves to another batch any more.
      expect([at, [...batches]]).toEqual([at, wasFinished ? [BATCH] : expect.any(Array)]);
    }
    expect(stops).toBeGreaterThan(40);
  });
});
