import { EnvironmentError } from '../../../common/errors.ts';
import { readEnvironment } from '../../../common/environment.ts';
import { prepareLoadEnvironment } from './dependencies.ts';
import { prepareLoad, type PrepareLoadDependencies } from './prepare-load.ts';

const BATCH = '20261120T053000Z';
const EVENT = { batch: BATCH, executionName: BATCH };
const ALL = ['outcome', 'post', 'comment', 'score', 'summary'].map((table) => `processed/${table}/batch=${BATCH}/part-0.snappy.parquet`);

const MANIFESTS = ['extract-clien-0001', 'extract-clien-0002', 'plan-all'].map((name) => `manifest/${BATCH}/${name}.json`);

function manifestAt(key: string) {
  const [, stage = '', part = ''] = /\/(\w+)-([\w-]+)\.json$/.exec(key) ?? [];
  return { batch: BATCH, stage, part, site: null, counts: { posts: 10, comments: 120, requests: 9 }, problems: [] };
}

function bucketOf(keys: readonly string[]): PrepareLoadDependencies {
  return {
    store: {
      bucket: 'data-bucket',
      list: (prefix) => Promise.resolve([...keys, ...MANIFESTS].filter((key) => key.startsWith(prefix))),
      readJson: (key, schema) => Promise.resolve(schema.parse(manifestAt(key))),
    },
    copyRoleArn: 'arn:aws:iam::000000000000:role/copy',
  };
}

it('copies every table that has objects, from its own prefix', async () => {
  const { sqls } = await prepareLoad(EVENT, bucketOf(ALL));

  expect(sqls.filter((sql) => sql.startsWith('copy'))).toEqual(
    ['outcome', 'summary', 'post', 'comment', 'score'].map(
      (table) =>
        `copy staging_${table}\nfrom 's3://data-bucket/processed/${table}/batch=${BATCH}/'\niam_role 'arn:aws:iam::000000000000:role/copy'\nformat as parquet`,
    ),
  );
});

it('stays within the limits of the Data API and of the state machine', async () => {
  const gone = `raw/gone/batch=${BATCH}/site=clien/clien-0001.ndjson.gz`;
  const { sqls, clientToken, statementName } = await prepareLoad(EVENT, bucketOf([...ALL, gone]));

  expect(sqls.length).toBeLessThanOrEqual(40);
  expect(Buffer.byteLength(JSON.stringify(sqls))).toBeLessThan(24 * 1024);
  expect(clientToken).toMatch(/^[0-9a-f]{64}$/);
  expect(statementName).toBe(`load-${BATCH}`);
});

it('copies the posts that are gone from what extraction wrote, also when nothing else came', async () => {
  const { sqls } = await prepareLoad(EVENT, bucketOf([`raw/gone/batch=${BATCH}/site=clien/clien-0001.ndjson.gz`]));

  expect(sqls.map((sql) => sql.split(' ')[0])).toEqual([
    'lock',
    'create',
    'create',
    'copy',
    'select',
    'select',
    'select',
    'insert',
    'insert',
  ]);
  expect(sqls.find((sql) => sql.startsWith('copy'))).toContain(`s3://data-bucket/raw/gone/batch=${BATCH}/'`);
});

it('leaves no place open, no comment, and no parameter', async () => {
  const { sqls } = await prepareLoad(EVENT, bucketOf(ALL));

  for (const sql of sqls) expect(sql.replaceAll(/'[^']*'/g, '')).not.toMatch(/\$\{|--|;|:\w/);
});

it('leaves out tables without objects and passes over marker files', async () => {
  const { sqls } = await prepareLoad(
    EVENT,
    bucketOf([...ALL.slice(0, 1), `processed/score/batch=${BATCH}/_SUCCESS`, `processed/comment/batch=${BATCH}/`]),
  );

  expect(sqls.filter((sql) => sql.startsWith('copy'))).toHaveLength(1);
  expect(sqls.join().replaceAll('staging_outcome', '')).not.toMatch(/staging_(comment|score|summary)|batch_(comment|score|summary)/);
});

it('asks the gates and writes the ledger row of a batch without objects', async () => {
  const { sqls } = await prepareLoad(EVENT, bucketOf([]));

  expect(sqls.map((sql) => sql.split(' ')[0])).toEqual(['lock', 'create', 'select', 'select', 'select', 'insert']);
  expect(sqls.at(-1)).toContain(BATCH);
});

it('puts the gates behind every copy and before every change of the warehouse, with what all extract manifests say', async () => {
  const { sqls } = await prepareLoad(EVENT, bucketOf(ALL));
  const gates = sqls.flatMap((sql, index) => (sql.includes("'quality gate: '") ? [index] : []));
  const lastCopy = sqls.findLastIndex((sql) => sql.startsWith('copy'));
  const firstChange = sqls.findIndex((sql) => /^(merge|delete|insert)/.test(sql));

  expect(gates).toHaveLength(5);
  expect([lastCopy, ...gates, firstChange]).toEqual([lastCopy, ...gates, firstChange].toSorted((a, b) => a - b));
  expect(sqls.join()).toContain('the manifests say 20;');
  expect(sqls.join()).toContain('the manifests say 240;');
});

it('gives a retried task the same token and a rerun another', async () => {
  const token = async (executionName: string) => (await prepareLoad({ batch: BATCH, executionName }, bucketOf(ALL))).clientToken;

  expect(await token(BATCH)).toBe(await token(BATCH));
  expect(await token(`${BATCH}-r1`)).not.toBe(await token(BATCH));
});

it.each([
  ['DATA_BUCKET', `bucket'/`],
  ['COPY_ROLE_ARN', `arn:aws:iam::000000000000:role/a' format as csv --`],
])('refuses a %s that would change the statement', (name, value) => {
  const variables = { DATA_BUCKET: 'data-bucket', COPY_ROLE_ARN: 'arn:aws:iam::000000000000:role/copy', [name]: value };

  expect(() => readEnvironment(prepareLoadEnvironment, variables)).toThrow(EnvironmentError);
});
