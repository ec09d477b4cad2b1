/*
 * Loads one batch of so many comments into a warehouse of its own, twice, and copies its comments alone: `node bench/load-size.ts 10000` prints the
 * figures as one line of JSON. A process of its own, so that its peak memory is that of this size.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

// As esbuild's text loader gives them to the functions.
registerHooks({
  load: (url, context, next) =>
    url.endsWith('.sql')
      ? { format: 'module', shortCircuit: true, source: `export default ${JSON.stringify(readFileSync(fileURLToPath(url), 'utf8'))};` }
      : next(url, context),
});
const { warehouseFixture } = await import('../local/redshift/processed-fixture.ts');
const { COPY_ROLE_ARN, BUCKET } = await import('../local/redshift/redshift-fixture.ts');

const BATCH = '20261120T053000Z';
const COMMENTS_A_POST = 20;
const comments = Number(process.argv[2]);
if (!Number.isInteger(comments) || comments < COMMENTS_A_POST)
  throw new Error(`Give a number of comments, ${COMMENTS_A_POST} at least, not ${process.argv[2] ?? ''}`);
const posts = comments / COMMENTS_A_POST;

const warehouse = await warehouseFixture();
await warehouse.put('summary', BATCH, {}, { keyword: '*', posts });
await warehouse.putMany('post', BATCH, posts, 'n::varchar as post_id');
await warehouse.putMany('score', BATCH, posts, 'n::varchar as post_id');
// Sixty characters of Hangul, no two comments alike.
const body = `repeat('주차장에서 시동이 꺼졌습니다 ', 4) || n as body`;
await warehouse.putMany('comment', BATCH, comments, `(n % ${posts})::varchar as post_id, n::varchar as comment_id, ${body}`);

const timed = async (doing: () => Promise<unknown>) => {
  const began = performance.now();
  await doing();
  return (performance.now() - began) / 1000;
};
const first = await timed(() => warehouse.load(BATCH));
const peakBytes = process.resourceUsage().maxRSS * 1024;
const rows = await counted();
const again = await timed(() => warehouse.load(BATCH));
const staging = (await warehouse.statementsOf(BATCH)).find((sql) => sql.includes('staging_comment')) ?? '';
const copy = `copy staging_comment from 's3://${BUCKET}/processed/comment/batch=${BATCH}/' iam_role '${COPY_ROLE_ARN}' format as parquet`;
const copyAlone = await timed(() => warehouse.batch(staging, copy));
const same = JSON.stringify(await counted()) === JSON.stringify(rows);
const { length: statements } = await warehouse.statementsOf(BATCH);
await warehouse.remove();
if (!same) throw new Error('Loading the batch again changed the number of rows');
console.log(JSON.stringify({ comments, first, again, copyAlone, peakBytes, statements, rows }));

async function counted(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ['post', 'comment', 'score', 'post_snapshot', 'summary_hourly'])
    counts[table] = Number((await warehouse.warehouse.read(`select count(*) as n from community.${table}`))[0]?.['n']);
  return counts;
}
