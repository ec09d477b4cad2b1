import { MissingObjectError } from '../../common/errors.ts';
import { batchLines, runLines, type AlertedPost } from './runs.ts';

const BATCH = '20260914T043000Z';
const past = [
  { name: BATCH, status: 'FAILED' },
  { name: `${BATCH}-r1`, status: 'SUCCEEDED' },
  { name: '20260914T050000Z', status: 'SUCCEEDED' },
];
const loaded = new Map([[BATCH, { batch: BATCH, posts: 12, comments: 340, scores: 12 }]]);
const alert: AlertedPost = { site: 'clien', board: 'cm_car', post_id: '7', batch: BATCH, level: 'hot', title: '코나' };

function bucketOf(objects: Record<string, unknown>) {
  return {
    bucket: 'data',
    list: (prefix: string) => Promise.resolve(Object.keys(objects).filter((key) => key.startsWith(prefix))),
    readText: (key: string) => Promise.resolve(String(objects[key])),
    readJson: <T>(key: string, schema: { parse(value: unknown): T }) =>
      key in objects ? Promise.resolve(schema.parse(objects[key])) : Promise.reject(new MissingObjectError(key)),
  };
}

it('lists every execution, the latest first, with what its batch brought', () => {
  expect(runLines(past, loaded, [alert])).toEqual([
    '20260914T050000Z      SUCCEEDED  not loaded',
    '20260914T043000Z-r1   SUCCEEDED  12 posts, 340 comments, 1 alerts',
    '20260914T043000Z      FAILED     12 posts, 340 comments, 1 alerts',
  ]);
  expect(runLines([], loaded, [])).toEqual(['No batch has run yet; npm start plays the first ones.']);
});

it('leads from an alert back to its batch, its raw part and its page', async () => {
  const page = `raw/page/batch=${BATCH}/site=clien/cm_car-7.sealed`;
  const lines = ['6', '7'].map((post_id) => JSON.stringify({ site: 'clien', board: 'cm_car', post_id }));
  const problems = [{ kind: 'refused', subject: 'fmkorea', message: 'robots.txt refuses it' }];
  const task = { batch: BATCH, stage: 'search', part: 'x', site: 'fmkorea', counts: {}, problems };
  const data = bucketOf({
    [`raw/post/batch=${BATCH}/site=clien/clien-0001.ndjson.gz`]: '',
    [`raw/post/batch=${BATCH}/site=clien/clien-0002.ndjson.gz`]: `${lines.join('\n')}\n`,
    [`manifest/${BATCH}.json`]: {
      batch: BATCH,
      status: 'SUCCEEDED',
      failure: null,
      counts: { extract: { posts: 12, gone: 0 } },
      tasks: [task, task],
      unreadable: [],
    },
    [page]: {},
  });

  expect((await batchLines(BATCH, past, loaded, [alert], data)).slice(2)).toEqual([
    '  extract    posts 12',
    '  ! search refused: robots.txt refuses it',
    '  hot clien/cm_car/7 코나',
    `    record  s3://data/raw/post/batch=${BATCH}/site=clien/clien-0002.ndjson.gz`,
    `    page    s3://data/${page} (sealed; npm start -- reparse --batch ${BATCH} reads it)`,
  ]);
});

it('says what is kept no longer, and refuses a batch that never ran', async () => {
  const lines = await batchLines(BATCH, past, loaded, [alert], bucketOf({}));

  expect(lines.slice(2)).toEqual([
    'It left no manifest.',
    '  hot clien/cm_car/7 코나',
    '    record  kept no longer',
    '    page    kept no longer',
  ]);
  await expect(batchLines('20260101T000000Z', past, loaded, [], bucketOf({}))).rejects.toThrow('Batch 20260101T000000Z never ran here.');
});
