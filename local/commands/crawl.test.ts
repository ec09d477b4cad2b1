import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commentRecordSchema, postRecordSchema } from '../../common/contracts/records.ts';
import { authorHash } from '../../extract/src/crawl/author-hash.ts';
import { pageSeal } from '../../extract/src/crawl/page-seal.ts';
import { openCommunity, testWorld, afterMinutes } from '../community/test-community.ts';
import { newFolder, runCommand, startCommand } from './command-fixture.ts';

const KEY = 'a key of more than sixteen characters';
const BOARD = ['crawl', '--site', 'bobaedream', '--board', 'national'];
const FAST = ['--delay', '0', '--concurrency', '4'];
const world = testWorld();
const now = afterMinutes(1000);
let community: Awaited<ReturnType<typeof openCommunity>>;

beforeAll(async () => {
  community = await openCommunity(world);
  community.setTime(now);
});
afterAll(() => community.close());

/** Waits for the first record, not beyond the end of the crawl. */
async function untilFilled(file: string, ended: Promise<unknown>): Promise<void> {
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (!(isOver as boolean) && (!existsSync(file) || readFileSync(file).length === 0)) await sleep(5);
}

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { type: string; post_id: string; comment_id?: string; author_hash: string });
const isThere = (post: { site: string; board: string; state: string }) =>
  post.site === 'bobaedream' && post.board === 'national' && post.state === 'there';

it('brings every post and comment of a board once, and keeps their pages locked up', async () => {
  const folder = newFolder();
  const out = join(folder, 'records.ndjson');
  const ended = await runCommand([...BOARD, ...FAST, '--pages', 'all', '--base-url', community.urls.bobaedream, '--out', out], '', {
    HOTPOST_AUTHOR_HASH_KEY: KEY,
  });
  const truth = world.truthAt(now).filter(isThere);
  const lines = linesOf(out);

  expect(ended).toMatchObject({ status: 0, out: expect.stringContaining(`bobaedream/national: ${truth.length} posts`) as unknown });
  for (const { type, ...record } of lines)
    expect(() => (type === 'post' ? postRecordSchema : commentRecordSchema).parse(record)).not.toThrow();
  expect(lines.map(({ type, post_id, comment_id }) => `${type} ${post_id} ${comment_id ?? ''}`).sort()).toEqual(
    truth
      .flatMap(({ post_id, comments }) => [
        `post ${post_id} `,
        ...comments.filter(({ deleted }) => !deleted).map(({ comment_id }) => `comment ${post_id} ${comment_id}`),
      ])
      .sort(),
  );
  const first = truth[0];
  expect(lines.find(({ type, post_id }) => type === 'post' && post_id === first?.post_id)?.author_hash).toBe(
    authorHash(KEY)('bobaedream', first?.author ?? ''),
  );
  const kept = readdirSync(join(folder, 'records-pages'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sealed'));
  expect(kept).toHaveLength(truth.length);
  const page = readFileSync(join(folder, 'records-pages', kept.find((name) => name.endsWith(`-${first?.post_id ?? ''}.sealed`)) ?? ''));
  expect(pageSeal(KEY).open(page, 'page').pages[0]?.text).toContain(`No=${first?.post_id ?? ''}`);
});

it('leaves whole lines behind when it is killed', async () => {
  const out = join(newFolder(), 'records.ndjson');
  const { child, ended } = startCommand([...BOARD, ...FAST, '--pages', 'all', '--base-url', community.urls.bobaedream, '--out', out]);
  await untilFilled(out, ended);
  child.kill('SIGKILL');
  await ended;

  const text = readFileSync(out, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  expect(linesOf(out).length).toBeGreaterThan(0);
});

it('keeps what it has when it is told to stop', async () => {
  const out = join(newFolder(), 'records.ndjson');
  const { child, ended } = startCommand([
    ...BOARD,
    '--delay',
    '0.05',
    '--pages',
    'all',
    '--base-url',
    community.urls.bobaedream,
    '--out',
    out,
  ]);
  await untilFilled(out, ended);
  child.kill('SIGTERM');

  expect(await ended).toMatchObject({ status: 130, err: expect.stringContaining('Stopping; what was read is kept.') as unknown });
  expect(linesOf(out).length).toBeGreaterThan(0);
});

it('serves the invented community itself when asked to', async () => {
  const out = join(newFolder(), 'records.ndjson');
  const ended = await runCommand([
    'crawl',
    '--community',
    '--site',
    'clien',
    '--board',
    'cm_car',
    ...FAST,
    '--out',
    out,
    '--no-keep-pages',
  ]);

  expect(ended.status).toBe(0);
  expect(linesOf(out).length).toBeGreaterThan(50);
  expect(existsSync(out.replace('.ndjson', '-pages'))).toBe(false);
});

it('fails when nothing could be read, and says why', async () => {
  const out = join(newFolder(), 'records.ndjson');
  const ended = await runCommand([
    'crawl',
    '--site',
    'clien',
    '--board',
    'sold',
    '--base-url',
    community.urls.clien,
    ...FAST,
    '--out',
    out,
  ]);

  expect(ended).toMatchObject({
    status: 1,
    out: expect.stringContaining('clien/sold: 0 posts') as unknown,
    err: expect.stringContaining('refused by robots.txt: clien/sold, page 1 of the list: ') as unknown,
  });
});

it.each([
  ['no place for the records', ['--contact', 'a@example.com'], 'Say where the records go: --out <file>, or --to s3://<data bucket>.'],
  [
    'a bucket without the key',
    ['--contact', 'a@example.com', '--to', 's3://data-bucket'],
    "needs the deployment's key in HOTPOST_AUTHOR_HASH_KEY",
  ],
  ['a real site without a contact', ['--out', 'never.ndjson'], 'say who reads it with --contact'],
  ['a server that is not there', ['--base-url', 'http://127.0.0.1:9', '--out', 'never.ndjson'], 'No server answers at http://127.0.0.1:9.'],
  [
    'an unknown keyword set',
    ['--contact', 'a@example.com', '--keyword-set', 'none', '--out', 'never.ndjson'],
    'There is no keyword set "none"',
  ],
])('refuses %s in one sentence', async (_, options, sentence) => {
  const ended = await runCommand([...BOARD, ...options]);

  expect(ended).toMatchObject({ status: 1, out: '' });
  expect(ended.err).toContain(sentence);
  expect(ended.err.trim().split('\n')).toHaveLength(1);
});
