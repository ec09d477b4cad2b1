import { Temporal } from 'temporal-polyfill';
import { instantOf } from '../../common/contracts/batch.ts';
import { objectStore } from '../../common/object-store.ts';
import type { Laptop } from '../../local/run/laptop.ts';
import { startAndWait } from '../../local/run/play.ts';
import { FIRST_BATCH } from '../../local/run/timeline.ts';
import { communityLog, laptopOn, removeDirectories, rowsOf, temporaryDirectories, warehouseContents } from './laptop-fixture.ts';
import { expectedRows, lastReadings, nameOf, storedRows } from './truth.ts';

jest.setTimeout(600_000);

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

it('lets the schedule go on, with functions that nobody waits for', async () => {
  const ended = await startAndWait(laptop, first.add({ seconds: 180 }), { batch: FIRST_BATCH, invocation: 'async' });

  expect(ended).toMatchObject({ executionName: FIRST_BATCH, status: 'SUCCEEDED' });
  const expected = expectedRows(laptop, lastReadings(communityLog(directories)));
  const stored = await storedRows(laptop);
  expect(stored.posts.length).toBeGreaterThan(20);
  expect(stored).toEqual(expected);
  expect((await laptop.sink.messages()).length).toBeGreaterThan(0);
});

it('reads the same records once more from the kept pages, without a request', async () => {
  const before = { asked: communityLog(directories).length, raw: await rawRecords() };

  const result = await laptop.runner.invoke(laptop.functionNamed('ReparseFunction').arn, { batch: FIRST_BATCH, keywordSetName: 'default' });

  expect(result.payload).toMatchObject({ failed: 0, missingPages: 0 });
  expect(before.raw.size).toBeGreaterThan(4);
  expect({ asked: communityLog(directories).length, raw: await rawRecords() }).toEqual(before);
});

/** The lines of every raw object of the first batch, in a fixed order, by key. */
async function rawRecords(): Promise<Map<string, string[]>> {
  const store = objectStore(laptop.application.outputs['DataBucketName'] ?? '', laptop.s3);
  const kinds = await Promise.all(['raw/post/', 'raw/comment/'].map((kind) => store.list(`${kind}batch=${FIRST_BATCH}/`)));
  const entries = await Promise.all(kinds.flat().map(async (key) => [key, (await store.readText(key)).split('\n').sort()] as const));
  return new Map(entries);
}

/** All but the ledger, which names every batch. */
async function rowsOfPosts(): Promise<Record<string, string[]>> {
  return { ...(await warehouseContents(laptop)), load_ledger: [] };
}

function isInRange(createdAt: string): boolean {
  const day = Temporal.Instant.from(createdAt).toZonedDateTimeISO('Asia/Seoul').toPlainDate().toString();
  return day >= backfill.from && day <= backfill.to;
}
