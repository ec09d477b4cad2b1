import { Temporal } from 'temporal-polyfill';
import { instantOf } from '../../common/contracts/batch.ts';
import type { Laptop } from '../../local/run/laptop.ts';
import { startAndWait } from '../../local/run/play.ts';
import { FIRST_BATCH } from '../../local/run/timeline.ts';
import { communityLog, laptopOn, playNext, removeDirectories, rowsOf, temporaryDirectories, warehouseContents } from './laptop-fixture.ts';
import { nameOf } from './truth.ts';

jest.setTimeout(240_000);

const directories = temporaryDirectories();
const first = instantOf(FIRST_BATCH);
/** Everything in the community is younger than two days, and older than the window that the schedule follows is nothing. */
const backfill = { from: '2026-09-12', to: '2026-09-13', sites: ['bobaedream'] };
let laptop: Laptop;

beforeAll(async () => {
  laptop = await laptopOn(directories);
});

afterAll(async () => {
  await laptop.close();
  removeDirectories(directories);
});

const postsAsked = () => communityLog(directories).filter(({ kind }) => kind === 'post').length;
const storedPosts = async () =>
  (await rowsOf(laptop, 'select site, board, post_id from community.post')).map((row) => nameOf(row as never)).sort();

it('says in a dry run what there is, and reads and stores none of it', async () => {
  const ended = await startAndWait(laptop, first, { backfill, dryRun: true });

  expect(ended).toMatchObject({ status: 'SUCCEEDED', executionName: expect.stringMatching(/^backfill-/) as string });
  expect(postsAsked()).toBe(0);
  expect(await storedPosts()).toEqual([]);
});

it('reads every post of the range once, warns of none, and leaves the schedule alone', async () => {
  const ended = await startAndWait(laptop, first.add({ seconds: 60 }), { backfill });

  expect(ended.status).toBe('SUCCEEDED');
  const expected = laptop.world
    .truthAt(first)
    .filter(({ site, state, created_at: at }) => site === 'bobaedream' && state === 'there' && isInRange(at))
    .map(nameOf);
  expect(expected.length).toBeGreaterThan(2);
  const stored = await storedPosts();
  expect(expected.filter((name) => !stored.includes(name))).toEqual([]);
  expect(stored.length).toBe(postsAsked());
  expect(await laptop.sink.messages()).toEqual([]);
});

it('asks for no post a second time, and changes no row', async () => {
  const before = { asked: postsAsked(), rows: await rowsOfPosts() };

  const ended = await startAndWait(laptop, first.add({ seconds: 120 }), { backfill });

  expect(ended.status).toBe('SUCCEEDED');
  expect({ asked: postsAsked(), rows: await rowsOfPosts() }).toEqual(before);
});

it('lets the schedule go on as if nothing had been', async () => {
  const [batch] = await playNext(laptop, 1);

  expect(batch).toMatchObject({ batch: FIRST_BATCH, status: 'SUCCEEDED' });
});

/** All but the ledger, which names every batch. */
async function rowsOfPosts(): Promise<Record<string, string[]>> {
  return { ...(await warehouseContents(laptop)), load_ledger: [] };
}

function isInRange(createdAt: string): boolean {
  const day = Temporal.Instant.from(createdAt).toZonedDateTimeISO('Asia/Seoul').toPlainDate().toString();
  return day >= backfill.from && day <= backfill.to;
}
