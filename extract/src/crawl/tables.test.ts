import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Temporal } from 'temporal-polyfill';
import { crawlState, postId, type StateChange } from './crawl-state.ts';
import { hostTable } from './host-table.ts';
import { startCrawlTable, TABLE } from './crawl-table-fixture.ts';

let client: DynamoDBDocumentClient;
let stop: () => Promise<void>;
let nowText = '2026-11-20T05:00:00Z';
const clock = { now: () => Temporal.Instant.from(nowText) };

beforeAll(async () => ({ client, stop } = await startCrawlTable()));
afterAll(() => stop());
beforeEach(() => {
  nowText = '2026-11-20T05:00:00Z';
});

describe('the slots of a host', () => {
  it('go to one caller each, one delay apart, however many ask at once', async () => {
    const callers = Array.from({ length: 40 }, () => hostTable(TABLE, client));

    const slots = await Promise.all(callers.map((table) => table.takeSlot('a:80', 1_000_000, 100)));

    expect(slots.toSorted((a, b) => a - b)).toEqual(callers.map((_, index) => 1_000_000 + index * 100));
  });

  it('begin anew when the host has been left alone', async () => {
    const table = hostTable(TABLE, client);
    await table.takeSlot('b:80', 1000, 100);

    expect(await table.takeSlot('b:80', 50_000, 100)).toBe(50_000);
  });

  it('come after a ban, for everybody', async () => {
    const table = hostTable(TABLE, client);
    await table.takeSlot('c:80', 1000, 100);
    await table.holdOff('c:80', 9000);
    await table.holdOff('c:80', 5000);

    expect([await table.takeSlot('c:80', 1001, 100), await table.takeSlot('c:80', 1002, 100)]).toEqual([9000, 9100]);
    expect((await table.read('c:80')).notBefore).toBe(9000);
  });
});

it('lets one caller a batch fetch robots.txt, and another when the first died', async () => {
  const table = hostTable(TABLE, client);

  const claims = await Promise.all([1, 2, 3].map(() => table.claimRobots('d:80', 'B1', 1000, 21_000)));

  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await table.claimRobots('d:80', 'B2', 1000, 21_000)).toBe(true);
  expect(await table.claimRobots('d:80', 'B2', 22_000, 42_000)).toBe(true);
  await table.storeRobots('d:80', { batch: 'B2', status: 200, text: 'User-agent: *', fetchedAt: 5 }, 100);
  expect(await table.read('d:80')).toEqual({
    notBefore: 0,
    crawlDelayMs: 100,
    robots: { batch: 'B2', status: 200, text: 'User-agent: *', fetchedAt: 5 },
  });
});

describe('the state of posts', () => {
  const key = (post_id: string, site = 'clien') => ({ site, board: 'park', post_id });
  const added = (post_id: string, site?: string) => ({ ...key(post_id, site), url: `https://www.clien.net/${post_id}`, matched: false });
  const reading = (post_id: string, change: Partial<StateChange> = {}): StateChange => ({
    ...added(post_id),
    status: 'due',
    next_due_at: '2026-11-20T06:00:00Z',
    last_checked_at: '2026-11-20T05:00:10Z',
    created_at: '2026-11-20T04:00:00Z',
    comment_count: 7,
    failures: 0,
    ...change,
  });

  it('finds what is due by a time, most overdue first, over many posts', async () => {
    const posts = crawlState(TABLE, client, clock);
    const many = Array.from({ length: 130 }, (_, index) => added(String(1000 + index), 'site_a'));
    await posts.add([...many, many[0] ?? added('0')], '2026-11-20T05:00:00Z');
    await posts.add([added('1', 'site_a')], '2026-11-20T04:30:00Z');
    await posts.add([added('2', 'site_a')], '2026-11-20T05:00:01Z');

    const due = await posts.due('site_a', '2026-11-20T05:00:00Z');

    expect(due).toHaveLength(131);
    expect(due[0]).toMatchObject({ post_id: '1', status: 'due', comment_count: 0, failures: 0 });
    expect((await posts.known(many)).size).toBe(130);
  });

  it('takes an expired post for absent', async () => {
    const posts = crawlState(TABLE, client, clock);
    await posts.add([added('3', 'site_b')], '2026-11-20T05:00:00Z');
    nowText = '2026-12-20T05:00:00Z';

    expect(await posts.due('site_b', '2026-12-20T05:00:00Z')).toEqual([]);
    expect((await posts.known([key('3', 'site_b')])).size).toBe(0);
  });

  it('records a reading once, and never an older one over a later', async () => {
    const posts = crawlState(TABLE, client, clock);
    await posts.record(reading('4'));
    await posts.record(reading('4', { last_checked_at: '2026-11-20T04:59:00Z', comment_count: 1 }));
    await posts.record(reading('4', { comment_count: 2 }));

    expect((await posts.known([key('4')])).get(postId(key('4')))).toMatchObject({ comment_count: 7, created_at: '2026-11-20T04:00:00Z' });
  });

  it('no longer finds a post due that is done', async () => {
    const posts = crawlState(TABLE, client, clock);
    const done: StateChange = { ...added('5', 'site_c'), status: 'done', last_checked_at: nowText, comment_count: 7, failures: 0 };
    await posts.add([added('5', 'site_c')], '2026-11-20T05:00:00Z');
    await posts.record(done);

    expect(await posts.due('site_c', '2026-12-31T00:00:00Z')).toEqual([]);
  });

  it('makes a post due sooner, never later', async () => {
    const posts = crawlState(TABLE, client, clock);
    await posts.record(reading('6'));
    await posts.hasten(key('6'), '2026-11-20T05:30:00Z');
    await posts.hasten(key('6'), '2026-11-20T05:45:00Z');
    await posts.hasten(key('absent'), '2026-11-20T05:45:00Z');

    expect((await posts.known([key('6'), key('absent')])).size).toBe(1);
    expect((await posts.known([key('6')])).get(postId(key('6')))?.next_due_at).toBe('2026-11-20T05:30:00Z');
  });
});
