import { TEST_SEED } from '../../../common/seed-fixture.ts';
import { NoAnswerError } from '../crawl/transport.ts';
import { politeReader } from '../crawl/polite-reader.ts';
import { commentsPath, keys, page, pageWith, path, rows, seal, setUp } from './part-fixture.ts';

const ids = ['1', '2', '13', '3', '4'];
const answers = {
  [path('1')]: [{ text: page }],
  [path('2')]: [{ text: pageWith(205) }],
  [commentsPath('2', 1)]: [{ text: rows(0, 100) }],
  [commentsPath('2', 2)]: [{ text: rows(100, 200) }],
  [path('3')]: [{ status: 404 }],
  [path('4')]: [{ text: pageWith(105) }],
  [commentsPath('4', 1)]: [{ text: rows(300, 400) }],
};
const RUNS = 20;

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same thing, but each different call may fail once: before it did its work, or after it, as when only the answer is lost. */
function failingOnce<T extends object>(target: T, chance: () => number, error: () => Error): T {
  const failed = new Set<string>();
  return new Proxy(target, {
    get(object, name, receiver) {
      const value: unknown = Reflect.get(object, name, receiver);
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]) => {
        const call = `${String(name)} ${callOf(given[0])}`;
        const draw = failed.has(call) ? 1 : chance();
        if (draw < 0.2) failed.add(call);
        if (draw < 0.1) throw error();
        const result: unknown = await Reflect.apply(value, object, given);
        if (draw < 0.2) throw error();
        return result;
      };
    },
  });
}

/** What tells one call from another: the key, address or post that it is about; time-outs differ each time. */
function callOf(subject: unknown): string {
  if (typeof subject === 'object' && subject !== null && 'url' in subject) return String(subject.url);
  return JSON.stringify(subject).slice(0, 300);
}

/** Runs until it succeeds; answers what is stored then. */
async function storedBy(seed: number | null) {
  const world = setUp(answers, ids, { until: 3_600_000 });
  const chance = seed === null ? () => 1 : random(seed);
  const away = () => new Error('the line is down');
  const transport = failingOnce(world.transport, chance, () => new NoAnswerError('connection reset'));
  const hosts = failingOnce(world.hosts, chance, away);
  const changed = {
    data: failingOnce(world.data, chance, away),
    assets: failingOnce(world.deps.assets, chance, away),
    posts: failingOnce(world.posts, chance, away),
    openReader: (task: Parameters<typeof politeReader>[1]) => politeReader({ hosts, transport, realTime: world.time }, task),
  };
  let interruptions = 0;
  for (;;) {
    try {
      await world.run({}, changed);
      break;
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'the line is down') throw error;
      interruptions += 1;
    }
  }
  const kept = (id: string) => {
    const sealed = world.data.bytes.get(keys.page(id));
    return sealed && seal.open(sealed, id);
  };
  const stored = {
    posts: world.data.texts.get(keys.posts),
    comments: world.data.texts.get(keys.comments),
    pages: ids.map(kept),
    states: ['1', '2', '4'].map((id) => world.state(id)),
    counts: ['posts', 'comments', 'quarantined', 'layoutChanged'].map((name) => world.manifest().counts[name]),
  };
  return { stored, interruptions };
}

it('stores the same, however often and wherever it is interrupted', async () => {
  const undisturbed = await storedBy(null);
  expect(undisturbed.stored.counts).toEqual([3, 4 + 204 + 104, 0, 0]);

  let interruptions = 0;
  for (let seed = TEST_SEED; seed < TEST_SEED + RUNS; seed += 1) {
    const disturbed = await storedBy(seed);
    interruptions += disturbed.interruptions;
    try {
      expect(disturbed.stored).toEqual(undisturbed.stored);
    } catch (error) {
      throw new Error(`with seed ${seed}: ${(error as Error).message}`, { cause: error });
    }
  }
  expect(interruptions).toBeGreaterThan(RUNS);
});

it('commits nothing when the bucket fails in the middle, and all of it the next time', async () => {
  const { run, deps, data, posts, state } = setUp(answers, ids);
  const failing = { ...deps.data, writeBytes: () => Promise.reject(new Error('no space left')) };
  const before = state('1');

  await expect(run({}, { data: failing })).rejects.toThrow('no space left');

  expect([data.texts.has(keys.posts), posts.recorded, state('1')]).toEqual([false, [], before]);
  expect(await run()).toMatchObject({ posts: 3, gone: 1, undone: 0 });
});
