import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import parseRobots from 'robots-parser';
import { Temporal } from 'temporal-polyfill';
import { instantOf } from '../../common/contracts/batch.ts';
import { TEST_SEED } from '../../common/seed-fixture.ts';
import keywordSets from '../../config/keyword-sets.json' with { type: 'json' };
import { COMMUNITY_SITES } from '../../local/community/world/world-post.ts';
import type { Laptop } from '../../local/run/laptop.ts';
import { communityLog, laptopOn, playNext, removeDirectories, temporaryDirectories } from './laptop-fixture.ts';
import { disallowed, insideRetryAfter, mostAtOnce, requestsOf, shortestGap } from './server-log-rules.ts';
import { placesOf, storedTexts } from './stored-texts.ts';
import { expectedRows, lastReadings, nameOf, storedRows } from './truth.ts';

jest.setTimeout(600_000);

const SHARE = 0.02;
/** What the server notes comes a little later than what was sent. */
const JITTER_MS = 40;
/** Until a 429 has stopped the other function's next request, on a machine that is busy; who ignores it asks on for the whole second. */
const REACTION_MS = 150;
const CONCURRENCY = { bobaedream: 2, clien: 2, fmkorea: 1, dcinside: 1 } as const;

const directories = temporaryDirectories();
let laptop: Laptop;
let firstBatch = '';
let lastBatch = '';

beforeAll(async () => {
  process.stdout.write(`Faults of the community: seed ${TEST_SEED}\n`);
  laptop = await laptopOn(directories, {
    faults: { seed: String(TEST_SEED), unavailable: SHARE, tooMany: SHARE, reset: SHARE, truncated: SHARE, slow: SHARE, cut: SHARE },
    longThreads: 0.3,
  });
  const played = await playNext(laptop, 3);
  firstBatch = played[0]?.batch ?? '';
  lastBatch = played.at(-1)?.batch ?? '';
  expect(played.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
});

afterAll(async () => {
  await laptop.close();
  removeDirectories(directories);
});

const readingsOf = () => lastReadings(communityLog(directories), ({ fault }) => fault === undefined || fault === 'slow');

it('met every fault, and threads of more than one page of comments', () => {
  const log = communityLog(directories);

  expect([...new Set(log.flatMap(({ fault }) => fault ?? []))].sort()).toEqual([
    'cut',
    'reset',
    'slow',
    'too-many',
    'truncated',
    'unavailable',
  ]);
  const read = laptop.world.postsAt(Temporal.Instant.from(log.at(-1)?.community_time ?? '')).filter(({ state }) => state === 'there');
  expect(read.filter(({ comments }) => comments.length > 100).length / read.length).toBeGreaterThan(0.2);
});

it('read every post that it may and should, within three batches', () => {
  const readings = readingsOf();
  const at = instantOf(firstBatch);
  const watched = laptop.world
    .truthAt(at)
    .filter(
      ({ site, board, state, keywords }) => state === 'there' && (isWatched(site, board) || (site === 'bobaedream' && keywords.length > 0)),
    );

  expect(watched.length).toBeGreaterThan(20);
  expect(watched.map(nameOf).filter((name) => !readings.has(name))).toEqual([]);
});

it('stored every one of them with every comment, once a batch', async () => {
  const expected = expectedRows(laptop, readingsOf());
  const stored = await storedRows(laptop);

  expect(stored.posts).toEqual(expected.posts);
  expect(stored.comments).toEqual(expected.comments);
  for (const kind of ['post', 'comment'] as const) {
    const keys = await rawKeys(kind);
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.length - new Set(keys).size).toBe(0);
  }
});

it('kept no nickname and no member id anywhere', async () => {
  const posts = laptop.world.truthAt(instantOf(lastBatch));
  const people = posts.flatMap(({ author, comments }) => [
    author,
    ...comments.flatMap((each) => [each.author, each.author_id ?? each.author]),
  ]);
  const needles = [...new Set(people)].flatMap((name) => [
    name,
    name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  ]);
  const { url_path: path = '', author = '' } = posts.find(({ site, state }) => site === 'bobaedream' && state === 'there') ?? {};
  const page = await wholePage(laptop.community.urls.bobaedream + path);

  const texts = await storedTexts(laptop, directories);

  // The search finds what is there: names on the page as it was read, and what the posts say in what was stored.
  expect(placesOf(new Map([['page', page]]), needles).length + Number(page.includes(author))).toBeGreaterThan(0);
  expect(
    placesOf(
      texts,
      posts.map(({ title }) => title),
    ).length,
  ).toBeGreaterThan(3);
  expect([...texts.keys()].filter((name) => name.endsWith('.sealed')).length).toBeGreaterThan(20);
  expect(placesOf(texts, needles)).toEqual([]);
});

it.each(COMMUNITY_SITES)('asked %s as gently as it wants to be asked', async (site) => {
  const requests = requestsOf(communityLog(directories), site);
  const baseUrl = laptop.community.urls[site];
  const robots = await wholePage(`${baseUrl}/robots.txt`);

  expect(requests.length).toBeGreaterThan(20);
  expect(mostAtOnce(requests)).toBeLessThanOrEqual(CONCURRENCY[site]);
  expect(shortestGap(requests)).toBeGreaterThan(1000 * (parseRobots('', robots).getCrawlDelay('hotpost') ?? Infinity) - JITTER_MS);
  expect(insideRetryAfter(requests, REACTION_MS)).toEqual([]);
  expect(disallowed(requests, baseUrl, robots)).toEqual([]);
});

/** The test itself meets the faults, too. */
async function wholePage(url: string): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const response = await fetch(url, { headers: { connection: 'close' } }).catch(() => null);
    const text = (await response?.text().catch(() => '')) ?? '';
    if (response?.status === 200 && (text.includes('</html>') || text.startsWith('User-agent'))) return text;
  }
  throw new Error(`${url} met a fault twenty times`);
}

function isWatched(site: string, board: string): boolean {
  return keywordSets.default.boards.includes(`${site}/${board}`);
}

/** Batch and key of every raw record of a kind. */
async function rawKeys(kind: 'post' | 'comment'): Promise<string[]> {
  const Bucket = laptop.application.outputs['DataBucketName'] ?? '';
  const keys: string[] = [];
  for await (const page of paginateListObjectsV2({ client: laptop.s3 }, { Bucket, Prefix: `raw/${kind}/` })) {
    for (const { Key = '' } of page.Contents ?? []) {
      const { Body } = await laptop.s3.send(new GetObjectCommand({ Bucket, Key }));
      const lines = gunzipSync((await Body?.transformToByteArray()) ?? Buffer.of())
        .toString('utf8')
        .split('\n')
        .filter(Boolean);
      const batch = /batch=(\w+)/.exec(Key)?.[1] ?? '';
      keys.push(
        ...lines.map((line) => {
          const record = JSON.parse(line) as Readonly<Record<string, string>>;
          return [batch, record['site'], record['board'], record['post_id'], record['comment_id']].join('/');
        }),
      );
    }
  }
  return keys;
}
