import fc from 'fast-check';
import { setLevels } from '../../alarm/src/levels/warehouse-levels.ts';
import { batchOf } from '../../common/contracts/batch.ts';
import { Temporal } from 'temporal-polyfill';
import { warehouseFixture, type WarehouseFixture } from './processed-fixture.ts';

const NOW = Temporal.Instant.from('2026-11-20T06:00:00Z');
const BATCH = batchOf(NOW);
const PRIOR_POSTS = 100;
const PATIENCE_MILLISECONDS = 120_000;
const FIVE_HOURS = 300;

let warehouse: WarehouseFixture;
beforeAll(async () => {
  warehouse = await warehouseFixture();
});
beforeEach(() => warehouse.clear());
afterAll(() => warehouse.remove());

const before = (minutes: number) => NOW.subtract({ minutes });
const written = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'second' }).replace('T', ' ').replace('Z', '');

interface Reading {
  readonly exceedance?: number;
  readonly postAge?: number;
  readonly age?: number;
  readonly post?: Record<string, string | boolean | null>;
  readonly score?: Record<string, string | number>;
}

/** One post with one reading each, as if an earlier batch had loaded them; `postAge`: minutes before NOW, `age`: when it was read. */
async function store(readings: readonly Reading[], batch = batchOf(before(60))): Promise<void> {
  const posts = readings.map(({ postAge = FIVE_HOURS, post }, index) => ({
    post_id: `p${index}`,
    created_at: written(before(postAge)),
    ...post,
  }));
  const scores = readings.map(({ exceedance = 0.5, postAge = FIVE_HOURS, age = 60, score }, index) => ({
    post_id: `p${index}`,
    exceedance,
    age_minutes: age,
    collected_at: written(before(postAge - age)),
    ...score,
  }));
  await warehouse.put('post', batch, ...posts);
  await warehouse.put('score', batch, ...scores);
  await warehouse.load(batch);
}

/** The batch itself brings one new, quiet post. */
async function levels(maxAlertsPerDay = 10) {
  await warehouse.put('post', BATCH, { post_id: 'new', created_at: written(before(30)), collected_at: written(NOW) });
  await warehouse.put('score', BATCH, { post_id: 'new', exceedance: 0.9, collected_at: written(NOW) });
  await warehouse.load(BATCH);
  return setLevels(warehouse.warehouse, BATCH, maxAlertsPerDay);
}

/** The rule of docs/model-card.md by trying: the largest c of a fine grid with (posts below c) + 100 c <= share x (posts + 100). */
function cutByTrying(lowest: readonly number[], share: number): number {
  const grid = Array.from({ length: 4001 }, (_, step) => step / 4000);
  const fits = (cut: number) =>
    lowest.filter((one) => one < cut).length + PRIOR_POSTS * cut <= share * (lowest.length + PRIOR_POSTS) + 1e-9;
  return grid.findLast((cut) => fits(cut)) ?? 0;
}

it('begins a site that it knows nothing of with the share itself, and aims at the allowed number of the posts a day', async () => {
  await store(Array.from({ length: 199 }, () => ({ postAge: 30 })));

  const [cut] = (await levels(10)).cuts;

  // 200 posts within the six hours that are counted at least are 800 a day.
  expect(cut).toMatchObject({ site: 'bobaedream', posts_per_day: 800, hot_share: 0.0125, hot_cut: 0.0125 });
  expect(cut?.watch_cut).toBeCloseTo(0.0375, 12);
});

it('alarms at most a tenth of the posts, however few there are', async () => {
  expect((await levels(10)).cuts).toMatchObject([{ hot_share: 0.1, hot_cut: 0.1 }]);
});

it(
  'cuts at the largest exceedance that the share allows, with the prior of a hundred posts',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }), async (values) => {
        await warehouse.clear();
        await store(values.map((exceedance) => ({ exceedance })));

        const [cut] = (await levels(1000)).cuts;

        expect(Math.abs((cut?.hot_cut ?? NaN) - cutByTrying(values, 0.1))).toBeLessThan(1 / 3900);
        expect(Math.abs((cut?.watch_cut ?? NaN) - cutByTrying(values, 0.3))).toBeLessThan(1 / 3900);
      }),
      { numRuns: 8 },
    );
  },
  PATIENCE_MILLISECONDS,
);

it('learns only from finished posts that may alarm, were followed early, and were scored by the same model', async () => {
  const loud = { exceedance: 0.0001 };
  const many = (reading: Reading) => Array.from({ length: 30 }, () => reading);
  await store([
    ...many({ ...loud, postAge: 100 }),
    ...many({ ...loud, post: { may_alarm: false } }),
    ...many({ ...loud, postAge: 1000, age: 900 }),
    ...many({ ...loud, score: { model_version: 'older' } }),
    ...many({ ...loud, postAge: 91 * 1440 }),
  ]);

  expect((await levels(1000)).cuts).toMatchObject([{ hot_cut: 0.1 }]);
});

it('counts the posts a day that another model scored, and learns nothing else of them', async () => {
  const other = { exceedance: 0.0001, score: { model_version: 'newer' } };
  await store(Array.from({ length: 199 }, () => other));

  // As many as 200 posts of the batch's own model would be; the cut is the prior's alone.
  expect((await levels(10)).cuts).toMatchObject([{ posts_per_day: 800, hot_share: 0.0125, hot_cut: 0.0125, finished_posts: 0 }]);
});

it('looks further back than two weeks on a site with few posts, to its latest two hundred', async () => {
  const old = (count: number, exceedance: number) => Array.from({ length: count }, () => ({ exceedance, postAge: 20 * 1440 }));
  await store(old(150, 0.0001));

  const [few] = (await levels(1000)).cuts;
  await warehouse.clear();
  await store([...old(150, 0.0001), ...Array.from({ length: 200 }, () => ({ exceedance: 0.5 }))]);
  const [many] = (await levels(1000)).cuts;

  expect(few).toMatchObject({ finished_posts: 150 });
  expect(many).toMatchObject({ finished_posts: 200 });
});

it('lets a keyword decide for rows from before boards could alarm on all', async () => {
  const many = (keywords: string) => Array.from({ length: 30 }, () => ({ exceedance: 0.0001, post: { may_alarm: null, keywords } }));
  await store([...many('["코나"]'), ...many('[]')]);

  const [{ count } = { count: 0 }] = await warehouse.warehouse.read('select count(*) as count from community.post where may_alarm is null');
  const [cut] = (await levels(1000)).cuts;

  expect(Number(count)).toBe(60);
  // 30 posts below the cut use up what 130 x 0.1 allows.
  expect(cut?.hot_cut).toBeLessThan(0.0002);
});

it('gives the same levels when it is asked again, and none for a batch without scores', async () => {
  await store([{ exceedance: 0.02 }, { exceedance: 0.3 }]);
  const first = await levels();

  expect(await setLevels(warehouse.warehouse, BATCH, 10)).toEqual(first);
  expect(await setLevels(warehouse.warehouse, batchOf(before(6000)), 10)).toEqual({ cuts: [], stability: [] });
});

it('corrects the odds by what became of finished posts, ten hot posts as expected standing for the model', async () => {
  const finished = { postAge: 5000 };
  await store([
    ...Array.from({ length: 40 }, () => ({ ...finished, age: 60, score: { raw_probability: 0.5 } })),
    ...Array.from({ length: 5 }, () => ({ ...finished, age: 20, score: { raw_probability: 0.2 } })),
    { postAge: 4000, age: 60, score: { raw_probability: 0.5 } },
  ]);
  const reached = batchOf(before(50));
  const ten = Array.from({ length: 10 }, (_, index) => ({ post_id: `p${index}`, created_at: written(before(5000)) }));
  await warehouse.put('post', reached, ...ten);
  await warehouse.put(
    'score',
    reached,
    ...Array.from({ length: 10 }, (_, index) => ({ post_id: `p${index}`, raw_probability: 1, age_minutes: 200, exceedance: 0 })),
  );
  await warehouse.load(reached);

  await levels();

  const rows = await warehouse.warehouse.read('select * from community.calibration order by age_band');
  expect(rows).toMatchObject([
    { age_band: 0, posts: 5, hot_posts: 0, expected_hot_posts: 1, odds_factor: 10 / 11 },
    { age_band: 30, posts: 40, hot_posts: 10, expected_hot_posts: 20, odds_factor: 20 / 30 },
  ]);
});

it('finds readings that no longer look like those of the weeks before, and says nothing of few', async () => {
  const then = (index: number) => ({ postAge: 3000 + index, age: 60, score: { comments_seen: index % 8, recent: 0.3 } });
  const now = (seen: number) => (index: number) => ({
    postAge: 400 + index,
    age: 60,
    score: { comments_seen: seen * (index % 8), recent: 0.3 },
  });
  const history = Array.from({ length: 600 }, (_, index) => then(index));
  await store([...history, ...Array.from({ length: 120 }, (_, index) => now(1)(index))]);
  const calm = await levels();
  await warehouse.clear();
  await store([...history, ...Array.from({ length: 120 }, (_, index) => now(5)(index))]);
  const shifted = await levels();
  await warehouse.clear();
  await store(history.slice(0, 400));

  expect((await levels()).stability).toEqual([]);
  expect(calm.stability.map(({ measure, latest }) => [measure, latest < 0.25])).toEqual([
    ['comments', true],
    ['recent', true],
    ['score', true],
  ]);
  expect(shifted.stability.map(({ measure, latest }) => [measure, latest < 0.25])).toEqual([
    ['comments', false],
    ['recent', true],
    ['score', true],
  ]);
});
