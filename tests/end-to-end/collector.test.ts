import { instantOf } from '../../common/contracts/batch.ts';
import { objectStore } from '../../common/object-store.ts';
import { runCommand } from '../../local/commands/command-fixture.ts';
import type { Laptop } from '../../local/run/laptop.ts';
import { FIRST_BATCH } from '../../local/run/timeline.ts';
import { communityLog, laptopOn, playNext, removeDirectories, temporaryDirectories } from './laptop-fixture.ts';
import { expectedRows, lastReadings, storedRows } from './truth.ts';

jest.setTimeout(600_000);

const directories = temporaryDirectories();
let laptop: Laptop;

beforeAll(async () => {
  laptop = await laptopOn(directories);
  laptop.setTime(instantOf(FIRST_BATCH));
});

afterAll(async () => {
  await laptop.close();
  removeDirectories(directories);
});

it('takes what a collector brought into the next scheduled run, which then asks for none of it', async () => {
  const bucket = laptop.application.outputs['DataBucketName'] ?? '';
  const crawl = ['crawl', '--site', 'clien', '--board', 'cm_car', '--base-url', laptop.community.urls.clien, '--delay', '0'];

  const brought = await runCommand([...crawl, '--to', `s3://${bucket}`], '', await asTheOffice());

  expect(brought).toMatchObject({ status: 0, err: '' });
  const posts = () => communityLog(directories).filter(({ site, kind }) => site === 'clien' && kind === 'post').length;
  const collected = posts();
  expect(collected).toBeGreaterThan(3);

  const [batch] = await playNext(laptop, 1);

  expect(batch?.status).toBe('SUCCEEDED');
  expect(posts()).toBe(collected);
  expect(await storedRows(laptop)).toEqual(expectedRows(laptop, lastReadings(communityLog(directories))));
  expect(await objectStore(bucket, laptop.s3).list('collected/')).toEqual([]);
});

/** The environment of a machine that has the deployment's key and may write into its bucket, at the community's time. */
async function asTheOffice(): Promise<Record<string, string>> {
  const endpoint = await laptop.stepFunctions.config.endpoint?.();
  const { accessKeyId, secretAccessKey } = await laptop.stepFunctions.config.credentials();
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${endpoint?.port ?? 0}`,
    AWS_REGION: 'ap-northeast-2',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    HOTPOST_AUTHOR_HASH_KEY: laptop.functionNamed('ExtractFunction').environment['AUTHOR_HASH_KEY'] ?? '',
    CLOCK_OFFSET_SECONDS: String(Math.ceil((instantOf(FIRST_BATCH).epochMilliseconds - Date.now()) / 1000)),
  };
}
