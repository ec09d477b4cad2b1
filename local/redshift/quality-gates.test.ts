import { objectKeys } from '../../common/object-keys.ts';
import { humanFailure } from '../../alarm/src/notify-failure/human-cause.ts';
import { selectOf, warehouseFixture, type WarehouseFixture } from './processed-fixture.ts';

const BATCH = '20261120T053000Z';

let warehouse: WarehouseFixture;
beforeAll(async () => {
  warehouse = await warehouseFixture();
});
beforeEach(() => warehouse.clear());
afterAll(() => warehouse.remove());

/** A batch of so many posts with a comment and a score each. */
async function put(posts: number, changes: { post?: object; comment?: object } = {}): Promise<void> {
  const ids = Array.from({ length: posts }, (_, index) => ({ post_id: `p${index}` }));
  await warehouse.put('post', BATCH, ...ids.map((id, index) => ({ ...id, ...(index === 0 ? changes.post : {}) })));
  await warehouse.put('comment', BATCH, ...ids.map((id, index) => ({ ...id, ...(index === 0 ? changes.comment : {}) })));
  await warehouse.put('score', BATCH, ...ids);
}

/** Replaces what the job says became of its lines. */
const outcomes = (...rows: { kind?: string; outcome?: string; lines: number }[]) =>
  warehouse.putParquet(`${objectKeys.processed('outcome', BATCH)}part-0.parquet`, selectOf('outcome', ...rows));

async function failureOf(): Promise<string> {
  const statement = await warehouse.batch(...(await warehouse.statementsOf(BATCH)));
  return humanFailure({ Load: { Error: 'LoadFailed', Cause: statement.Error ?? 'it was loaded' } }).cause;
}

it('lets a batch through that is as everybody says', async () => {
  await put(3);

  expect(await failureOf()).toBe('it was loaded');
  expect((await warehouse.everything())['post']).toHaveLength(3);
});

it.each([
  [
    'more lines than extraction wrote',
    () => outcomes({ lines: 4 }, { kind: 'comment', lines: 3 }),
    'quality gate: 4 lines of posts were processed, the manifests say 3; run the batch again from transform',
  ],
  [
    'more comments than extraction wrote',
    () => outcomes({ lines: 3 }, { kind: 'comment', lines: 4 }),
    'quality gate: 4 lines of comments were processed, the manifests say 3; run the batch again from transform',
  ],
  [
    'other rows than the job kept',
    () => outcomes({ lines: 2 }, { outcome: 'duplicate', lines: 1 }, { kind: 'comment', lines: 3 }),
    'quality gate: 3 posts were copied, the job kept 2; run the batch again from transform',
  ],
  [
    'a post without a score',
    () => warehouse.removeObjects(objectKeys.processed('score', BATCH)),
    'quality gate: 0 scores were copied for 3 posts; run the batch again from transform',
  ],
  [
    'no word of the job',
    () => warehouse.removeObjects(objectKeys.processed('outcome', BATCH)),
    'quality gate: 0 lines of posts were processed, the manifests say 3; run the batch again from transform',
  ],
])('refuses a batch with %s, and keeps nothing of it', async (_what, spoil, message) => {
  await put(3);
  await spoil();

  expect(await failureOf()).toBe(message);
  expect(Object.values(await warehouse.everything()).flat()).toEqual([]);
});

it.each([
  ['without a time', { post: { created_at: null } }, 'created_at'],
  ['without a title', { post: { title: '' } }, '1 of 2 posts have no title; look at processed/post/batch='],
  ['read in the future', { post: { collected_at: '2999-01-01 00:00:00' } }, '1 of 2 posts were read later than now; set the clock'],
  ['of a comment read in the future', { comment: { collected_at: '2999-01-01 00:00:00' } }, '1 of 2 comments were read later than now'],
  ['of a comment without a time', { comment: { created_at: null } }, 'created_at'],
])('refuses a batch with a post %s', async (_what, changes, message) => {
  await put(2, changes);

  expect(await failureOf()).toContain(message);
  expect((await warehouse.everything())['load_ledger']).toEqual([]);
});

it('refuses a batch of which more than a fifth was refused, but not one of a few lines', async () => {
  await put(6);
  await warehouse.refuse(BATCH, 7);
  expect(await failureOf()).toBe('it was loaded');

  await put(6, { comment: {} });
  await warehouse.refuse(BATCH, 1);
  expect(await failureOf()).toBe(
    `quality gate: 8 of 32 lines were refused; look at quarantine/transform/batch=${BATCH}, mend the cause, and run the batch again from transform`,
  );
});
