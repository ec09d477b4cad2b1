import { S3Client } from '@aws-sdk/client-s3';
import { commentRecordSchema, postRecordSchema } from '../../common/contracts/records.ts';
import { objectStore } from '../../common/object-store.ts';
import { pageSeal } from '../../extract/src/crawl/page-seal.ts';
import { linesOf } from '../../extract/src/extract/records.ts';
import { afterMinutes, openCommunity, testWorld } from '../community/test-community.ts';
import { clientOf, CREDENTIALS, endpointFixture } from '../endpoint/endpoint-fixture.ts';
import { runCommand } from './command-fixture.ts';

const BUCKET = 'data-bucket';
const KEY = 'the key of a deployment';

it('brings a board to the data bucket as an upload that a scheduled run takes', async () => {
  const fixture = await endpointFixture();
  const community = await openCommunity(testWorld());
  community.setTime(afterMinutes(300));
  try {
    const endpoint = await fixture.start();
    endpoint.s3.createBuckets([BUCKET]);
    const place = ['--site', 'clien', '--board', 'cm_car', '--base-url', community.urls.clien];
    const credentials = {
      AWS_ENDPOINT_URL: endpoint.url,
      AWS_REGION: CREDENTIALS.region,
      AWS_ACCESS_KEY_ID: CREDENTIALS.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: 'unchecked',
      HOTPOST_AUTHOR_HASH_KEY: KEY,
    };
    const crawl = (bucket: string) => runCommand(['crawl', ...place, '--delay', '0', '--to', `s3://${bucket}`], '', credentials);
    const ended = await crawl(BUCKET);
    const refused = await crawl('no-such-bucket');

    const data = objectStore(BUCKET, new S3Client({ ...clientOf(endpoint), forcePathStyle: true }));
    const keys = await data.list('collected/');
    const [comments = '', posts = ''] = keys;
    const read = linesOf(await data.readText(posts), postRecordSchema);
    expect(ended).toMatchObject({ status: 0, err: expect.stringMatching(/^( {2}gone: .*\n)?$/) as unknown });
    expect(keys.map((key) => key.replace(/c[0-9a-f]{8}/, 'c…'))).toEqual([
      'collected/clien-c…/comment.ndjson.gz',
      'collected/clien-c…/post.ndjson.gz',
    ]);
    expect(read.length).toBeGreaterThan(5);
    expect(linesOf(await data.readText(comments), commentRecordSchema).length).toBeGreaterThan(20);

    const pages = await data.list('raw/page/');
    expect(pages.length).toBe(read.length);
    expect(pageSeal(KEY).open(await data.readBytes(pages[0] ?? ''), 'page').key?.site).toBe('clien');
    expect(refused).toMatchObject({
      status: 1,
      err: expect.stringContaining('s3://no-such-bucket cannot be written (NoSuchBucket') as unknown,
    });
  } finally {
    await community.close();
    await fixture.remove();
  }
});
