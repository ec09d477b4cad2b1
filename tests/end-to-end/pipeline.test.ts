import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Laptop } from '../../local/run/laptop.ts';
import { playBatch } from '../../local/run/play.ts';
import { communityLog, laptopOn, playNext, removeDirectories, rowsOf, temporaryDirectories, warehouseContents } from './laptop-fixture.ts';
import { expectedRows, goneWhenAsked, lastReadings, nameOf, storedRows } from './truth.ts';

jest.setTimeout(600_000);

const directories = temporaryDirectories();
let laptop: Laptop;

beforeAll(async () => {
  laptop = await laptopOn(directories);
});

afterAll(async () => {
  await laptop.close();
  removeDirectories(directories);
});

it('ends three batches with every post as the community was at its last reading, and warns', async () => {
  const played = await playNext(laptop, 3);

  expect(played.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
  const expected = expectedRows(laptop, lastReadings(communityLog(directories)));
  const stored = await storedRows(laptop);
  expect(stored.posts.length).toBeGreaterThan(20);
  expect(stored.posts).toEqual(expected.posts);
  expect(stored.comments).toEqual(expected.comments);
  expect((await laptop.sink.messages()).length).toBeGreaterThan(0);
  const gone = await rowsOf(laptop, 'select distinct site, board, post_id from community.post_gone');
  expect(gone.length).toBeGreaterThan(0);
  expect(gone.map((row) => nameOf(row as never)).sort()).toEqual(goneWhenAsked(laptop, communityLog(directories)));
});

it('sends the step with settings by which Spark reads thousands of small files, as EMR received them', () => {
  const text = readFileSync(join(directories.data, 'emr', 'clusters.json'), 'utf8');
  const [cluster] = JSON.parse(text) as { steps: { config: { HadoopJarStep: { Args: string[] } } }[] }[];
  const settings = new Set(cluster?.steps[0]?.config.HadoopJarStep.Args.filter((_, at, all) => all[at - 1] === '--conf'));

  // EMRFS (fs.s3) as far as a release has it, S3A after it; what they do: docs of EMRFS and of Hadoop 3.4.
  for (const setting of [
    'spark.hadoop.fs.s3.maxConnections=500',
    'spark.hadoop.fs.s3a.connection.maximum=500',
    'spark.hadoop.fs.s3a.threads.max=64',
    'spark.hadoop.fs.s3a.connection.timeout=60000',
    'spark.hadoop.fs.s3a.attempts.maximum=10',
  ])
    expect([...settings]).toContain(setting);
});

it('changes no row and sends nothing when a batch is run again', async () => {
  const [last] = await playNext(laptop, 1);
  const before = await warehouseContents(laptop);
  const messages = await laptop.sink.messages();
  const requests = communityLog(directories).filter(({ kind }) => kind === 'post').length;

  const again = await playBatch(laptop, { batch: last?.batch ?? '', rerun: true });

  expect(again).toMatchObject({ status: 'SUCCEEDED', executionName: `${last?.batch ?? ''}-r1` });
  expect(await warehouseContents(laptop)).toEqual(before);
  expect(await laptop.sink.messages()).toEqual(messages);
  expect(communityLog(directories).filter(({ kind }) => kind === 'post')).toHaveLength(requests);
});

it('equals the community, key by key, after a batch in which every post is due', async () => {
  const due = await makeEveryPostDue();
  const [last] = await playNext(laptop, 1);

  expect(last?.status).toBe('SUCCEEDED');
  const readings = lastReadings(communityLog(directories));
  const time = [...readings.values()].sort().at(-1) ?? '';
  const unread = due.filter((name) => readings.get(name) !== time);
  expect(unread).toEqual([]);
  const now = new Map([...readings].filter(([name]) => due.includes(name)).map(([name]) => [name, time]));
  const stored = await storedRows(laptop);
  const isDue = (row: Readonly<Record<string, unknown>>) => due.includes(nameOf(row as never));
  const expected = expectedRows(laptop, now);
  expect(stored.posts.filter(isDue)).toEqual(expected.posts);
  expect(stored.comments.filter(isDue)).toEqual(expected.comments);
});

/** Returns the names of the posts that are now due: all that are followed and not gone. */
async function makeEveryPostDue(): Promise<string[]> {
  const table = laptop.application.tables.find(({ logicalId }) => logicalId === 'CrawlStateTable')?.name ?? '';
  const endpoint = await laptop.stepFunctions.config.endpoint?.();
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${endpoint?.port ?? 0}`,
    region: 'ap-northeast-2',
    credentials: await laptop.stepFunctions.config.credentials(),
  });
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
  const posts = Items.filter(({ pk, status }) => pk?.S?.startsWith('post#') && (status?.S === 'due' || status?.S === 'done'));
  for (const post of posts) {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { pk: post['pk'] as never },
        UpdateExpression: 'SET next_due_at = :at, due_site = :site, #status = :due',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':at': { S: '2026-09-14T00:00:00Z' }, ':site': post['site'] as never, ':due': { S: 'due' } },
      }),
    );
  }
  client.destroy();
  return posts.map(({ site, board, post_id: postId }) => `${site?.S ?? ''}/${board?.S ?? ''}/${postId?.S ?? ''}`).sort();
}
