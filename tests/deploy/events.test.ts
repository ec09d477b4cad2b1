/*
 * Every sample event, invoked on the artefacts of `sam build`, against the laptop's stand-ins: what the function answers, what it did, and that
 * no file of events/ is left out. Each test goes on where the last ended.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ListClustersCommand, ListStepsCommand, type StepState } from '@aws-sdk/client-emr';
import { migrations } from '../../load/src/migrate/migrations.ts';
import { assetKeys } from '../../common/object-keys.ts';
import { objectStore, type ObjectStore } from '../../common/object-store.ts';
import { openAnswers, type CustomResourceAnswers } from '../../local/run/custom-resources.ts';
import type { Laptop } from '../../local/run/laptop.ts';
import { FIRST_BATCH } from '../../local/run/timeline.ts';
import { instantOf } from '../../common/contracts/batch.ts';
import { repository } from '../../local/run/directories.ts';
import { laptopWarehouse } from '../../local/run/warehouse-queries.ts';
import { communityLog, laptopOn, removeDirectories, rowsOf, temporaryDirectories, warehouseAs } from '../end-to-end/laptop-fixture.ts';
import { eventIn, invokeWith, runWith, usedEvents } from './events-fixture.ts';

jest.setTimeout(600_000);

const directories = temporaryDirectories();
let laptop: Laptop;
let answers: CustomResourceAnswers;
let assets: ObjectStore;
let data: ObjectStore;

beforeAll(async () => {
  laptop = await laptopOn(directories, { artefacts: process.env['HOTPOST_ARTEFACTS'] ?? '' });
  laptop.setTime(instantOf(FIRST_BATCH));
  answers = await openAnswers();
  data = objectStore(laptop.application.outputs['DataBucketName'] ?? '', laptop.s3);
  assets = objectStore(laptop.application.outputs['AssetsBucketName'] ?? '', laptop.s3);
});
afterAll(async () => {
  answers.close();
  await laptop.close();
  removeDirectories(directories);
});

const invoke = (logicalId: string, file: string, changes: object = {}) => invokeWith(laptop, logicalId, file, changes);
const run = (file: string) => runWith(laptop, file);
/** What a function tells CloudFormation. */
const create = async (logicalId: string, file: string, changes: object = {}) => {
  const ResponseURL = answers.newUrl();
  await invoke(logicalId, file, { ResponseURL, ...changes });
  return answers.at(ResponseURL);
};
const clusterStates = async () => {
  const { Clusters = [] } = await laptop.emr.send(new ListClustersCommand({}));
  return Clusters.map(({ Status }) => Status?.State);
};
const rows = async (table: string) => Number((await rowsOf(laptop, `select count(*) as n from community.${table}`))[0]?.['n']);

it('runs a batch to its end, once', async () => {
  expect(await run('events/start-scheduled.json')).toEqual({ began: 'started', status: 'SUCCEEDED', executionName: FIRST_BATCH });
  expect(await rows('post')).toBeGreaterThan(20);
  expect(await invoke('StartFunction', 'events/start-scheduled.json')).toMatchObject({ status: 'skipped' });
});

it('search: finds again what it found, and says so in its manifest', async () => {
  const answer = await invoke('SearchFunction', 'events/search.json');

  expect(answer).toMatchObject({ site: 'bobaedream', kind: 'keyword', term: '코나', refused: false, found: expect.any(Number) as number });
  expect(await data.list(`manifest/${FIRST_BATCH}/search-bobaedream-keyword-19a8fc93a988`)).toHaveLength(1);
});

it('plan: answers the plan that exists, because it was written once', async () => {
  const before = await data.list(`plan/${FIRST_BATCH}/`);

  const answer = await invoke('PlanFunction', 'events/plan.json');

  expect(answer).toMatchObject({ parts: expect.arrayContaining([expect.objectContaining({ part: 'bobaedream-0001' })]) as unknown });
  expect(await data.list(`plan/${FIRST_BATCH}/`)).toEqual(before);
});

it('extract: answers a part that was read from S3, without a request', async () => {
  const before = communityLog(directories).length;

  const answer = await invoke('ExtractFunction', 'events/extract.json');

  expect(communityLog(directories)).toHaveLength(before);
  expect(answer).toMatchObject({ site: 'bobaedream', part: 'bobaedream-0001', failed: 0 });
  expect((answer as { posts: number }).posts).toBeGreaterThan(0);
});

it('extract/events/event.json: reads its two posts without a plan, into a batch of its own', async () => {
  const before = communityLog(directories).length;

  const answer = await invoke('ExtractFunction', 'extract/events/event.json');

  const named = (eventIn('extract/events/event.json')['posts'] as { board: string; post_id: string }[]).map(
    ({ board, post_id }) => `${board} ${post_id}`,
  );
  const truth = laptop.world.truthAt(instantOf(FIRST_BATCH)).filter((post) => named.includes(`${post.board} ${post.post_id}`));
  const comments = truth.flatMap((post) => post.comments).filter((comment) => !comment.deleted).length;
  expect(answer).toEqual({ site: 'bobaedream', part: 'bobaedream-0001', posts: 2, comments, gone: 0, failed: 0, undone: 0 });
  const asked = communityLog(directories)
    .slice(before)
    .filter(({ kind }) => kind === 'post');
  expect(asked.map(({ board, post_id }) => `${board ?? ''} ${post_id ?? ''}`)).toEqual(named);
  const place = 'batch=20260914T040000Z/site=bobaedream';
  expect(await data.list('raw/post/batch=20260914T040000Z/')).toEqual([`raw/post/${place}/bobaedream-0001.ndjson.gz`]);
  expect(await data.list('raw/page/batch=20260914T040000Z/')).toEqual(
    named.map((post) => `raw/page/${place}/${post.replace(' ', '-')}.sealed`),
  );
  expect(await data.list('manifest/20260914T040000Z/')).toEqual(['manifest/20260914T040000Z/extract-bobaedream-0001.json']);
});

it('settle: counts what the batch holds', async () => {
  expect(await invoke('SettleFunction', 'events/settle.json')).toMatchObject({ missing: 0, posts: expect.any(Number) as number });
});

it('reparse: reads the kept pages again, and puts the records in place', async () => {
  expect(await invoke('ReparseFunction', 'events/reparse.json')).toMatchObject({ failed: 0, missingPages: 0 });
  expect((await data.list(`raw/post/batch=${FIRST_BATCH}/site=bobaedream/`)).length).toBeGreaterThan(0);
});

it('ensure-cluster, cancel-step: one cluster, and nothing left to cancel on it', async () => {
  const { clusterId } = (await invoke('EnsureClusterFunction', 'events/ensure-cluster.json')) as { clusterId: string };

  const { Clusters = [] } = await laptop.emr.send(new ListClustersCommand({}));
  expect(Clusters.map(({ Id }) => Id)).toEqual([clusterId]);
  expect(await invoke('CancelStepFunction', 'events/cancel-step.json', { clusterId })).toEqual({ cancelled: 0 });
  const { Steps = [] } = await laptop.emr.send(new ListStepsCommand({ ClusterId: clusterId }));
  expect(Steps.map(({ Status }) => Status?.State)).toEqual(['COMPLETED'] satisfies StepState[]);
});

it('prepare-load: the statements of the batch', async () => {
  const answer = (await invoke('PrepareLoadFunction', 'events/prepare-load.json')) as { sqls: string[]; clientToken: string };

  expect(answer.sqls.length).toBeGreaterThan(20);
  expect(answer.sqls.filter((sql) => sql.startsWith('copy')).length).toBeGreaterThan(3);
  expect(answer.clientToken.length).toBeLessThanOrEqual(64);
});

it('alarm: says nothing twice', async () => {
  const before = (await laptop.sink.messages()).length;

  expect(await invoke('AlarmFunction', 'events/alarm.json')).toMatchObject({ sent: 0 });
  expect(await laptop.sink.messages()).toHaveLength(before);
});

it('alarm-trial: a marked message to every destination', async () => {
  const before = (await laptop.sink.messages()).length;

  await invoke('AlarmFunction', 'events/alarm-trial.json');

  const told = (await laptop.sink.messages()).slice(before);
  expect(told.map(({ message }) => message.text?.slice(0, 4))).toEqual(['[시험]']);
});

it('notify-failure: says in Slack what failed, and how to run it again', async () => {
  const answer = await invoke('NotifyFailureFunction', 'events/notify-failure.json');

  expect(answer).toMatchObject({ state: 'Plan', error: 'MissingObjectError' });
  const last = (await laptop.sink.messages()).at(-1)?.message;
  expect(JSON.stringify(last)).toContain('MissingObjectError');
  expect(JSON.stringify(last)).toContain(FIRST_BATCH);
});

it('run-ended, alarm-rang: says in Slack what the state machine could not', async () => {
  const before = (await laptop.sink.messages()).length;

  expect(await invoke('NotifyFailureFunction', 'events/run-ended.json')).toMatchObject({ state: 'ABORTED' });
  expect(await invoke('NotifyFailureFunction', 'events/alarm-rang.json')).toMatchObject({ error: 'ALARM' });

  const told = (await laptop.sink.messages()).slice(before).map(({ message }) => message.text ?? '');
  expect(told).toEqual([expect.stringContaining('ABORTED'), expect.stringContaining('No run has begun in twice the schedule')]);
});

it.each([
  ['events/start.json', `${FIRST_BATCH}-r1`],
  ['events/start-rerun-from-load.json', `${FIRST_BATCH}-r2`],
  ['events/start-async.json', `${FIRST_BATCH}-r3`],
  ['events/start-dev.json', `${FIRST_BATCH}-r4`],
])('%s: runs the batch again, and loads no row twice', async (file, executionName) => {
  const before = await rows('post_snapshot');

  expect(await run(file)).toEqual({ began: 'started', status: 'SUCCEEDED', executionName });
  expect(await rows('post_snapshot')).toBe(before);
});

it.each(['events/start-backfill.json', 'events/start-backfill-dry-run.json'])('%s: a run of its own name', async (file) => {
  const { status, executionName } = await run(file);

  expect(executionName).toMatch(/^backfill-/);
  expect(status).toBe('SUCCEEDED');
});

it('assets: puts the job again that is missing', async () => {
  await assets.remove(assetKeys.job);

  expect(await create('AssetsFunction', 'events/assets.json')).toMatchObject({ Status: 'SUCCESS', Data: { Code: 'written' } });

  expect(await assets.readText(assetKeys.job)).toBe(readFileSync(join(repository, 'transform/spark-job-emr.py'), 'utf8'));
});

it('migrate: applies the migration that is missing, and grants what belongs to it', async () => {
  const warehouse = laptopWarehouse(laptop);
  await warehouse.execute('drop table community.post_gone');
  await warehouse.execute(`delete from community.schema_migration where version = ${migrations.length}`);

  expect(await create('MigrateFunction', 'events/migrate.json')).toMatchObject({ Status: 'SUCCESS', Data: { applied: 1 } });

  expect(await rows('post_gone')).toBe(0);
  expect(await rows('schema_migration')).toBe(migrations.length);
  await warehouseAs(laptop, 'PipelineStateMachine').read('select count(*) from community.post_gone');
});

it('grant: lets a role read that might not before', async () => {
  const { ResourceProperties } = eventIn('events/grant.json') as { ResourceProperties: object };
  const RoleName = laptop.functionNamed('ExtractFunction').roleArn.split('/').at(-1);
  const count = 'select count(*) as n from community.post';
  await expect(warehouseAs(laptop, 'ExtractFunction').read(count)).rejects.toThrow('permission denied for schema community');

  const changes = { ResourceProperties: { ...ResourceProperties, RoleName } };
  expect(await create('GrantFunction', 'events/grant.json', changes)).toMatchObject({ Status: 'SUCCESS' });

  expect(await warehouseAs(laptop, 'ExtractFunction').read(count)).toEqual([{ n: await rows('post') }]);
});

it('remove-cluster, remove-bucket: nothing at a creation; a deletion ends the cluster', async () => {
  for (const [logicalId, file] of [
    ['RemoveClusterFunction', 'events/remove-cluster.json'],
    ['RemoveBucketFunction', 'events/remove-bucket.json'],
  ] as const)
    expect([file, await create(logicalId, file)]).toMatchObject([file, { Status: 'SUCCESS' }]);
  expect((await data.list('raw/')).length).toBeGreaterThan(0);
  expect(await clusterStates()).toEqual(['WAITING']);

  // What the deletion of a bucket does, test_deploy.py shows: the laptop's S3 deletes none.
  const deletion = { RequestType: 'Delete', PhysicalResourceId: 'made-before' };
  expect(await create('RemoveClusterFunction', 'events/remove-cluster.json', deletion)).toMatchObject({ Status: 'SUCCESS' });
  expect(await clusterStates()).toEqual(['TERMINATED']);
});

it('uses every sample event', () => {
  const files = readdirSync(join(repository, 'events')).filter((file) => file !== 'local-env.json');

  expect([...usedEvents].sort()).toEqual(['extract/events/event.json', ...files.map((file) => `events/${file}`)].sort());
});
