import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Temporal } from 'temporal-polyfill';
import { crawlState, postId, queueOf, type StateChange } from './crawl-state.ts';
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
    pace: 7,
    failures: 0,
    ...change,
  });
  const without = ({ ...change }: StateChange): StateChange => {
    delete change.next_due_at;
    return change;
  };
  const posts = () => crawlState(TABLE, client, clock);
  const stateOf = async (post_id: string) => (await posts().known([key(post_id)])).get(postId(key(post_id)));
  const backfill = queueOf('clien', { from: '2026-11-01', to: '2026-11-10' });

  it('finds what is due by a time, most overdue first, over many posts', async () => {
    const many = Array.from({ length: 130 }, (_, index) => added(String(1000 + index), 'site_a'));
    await posts().add([...many, many[0] ?? added('0')], '2026-11-20T05:00:00Z', 'site_a');
    await posts().add([added('1', 'site_a')], '2026-11-20T04:30:00Z', 'site_a');
    await posts().add([added('2', 'site_a')], '2026-11-20T05:00:01Z', 'site_a');

    const due = await posts().due('site_a', '2026-11-20T05:00:00Z');

    expect(due).toHaveLength(131);
    expect(due[0]).toMatchObject({ post_id: '1', status: 'due', comment_count: 0, pace: 0, failures: 0 });
    expect((await posts().known(many)).size).toBe(130);
  });

  it('keeps what it knows of a post that is added again', async () => {
    await posts().record(reading('20'), 'clien');
    await posts().add([added('20')], '2026-11-20T05:00:00Z', 'clien');

    expect(await stateOf('20')).toMatchObject({ comment_count: 7, pace: 7, next_due_at: '2026-11-20T06:00:00Z' });
  });

  it('keeps what a list says of a post until it is read', async () => {
    await posts().add([{ ...added('21'), created_at: '2026-11-20T04:58:00Z', comment_count: 3 }], '2026-11-20T05:00:00Z', 'clien');

    expect(await stateOf('21')).toMatchObject({ created_at: '2026-11-20T04:58:00Z', comment_count: 3, due_site: 'clien' });
  });

  it('takes an expired post for absent, and adds it as if it had never been there', async () => {
    await posts().record(reading('3'), 'clien');
    nowText = '2026-12-20T05:00:00Z';

    expect(await posts().due('clien', '2026-11-20T06:00:00Z')).not.toContainEqual(expect.objectContaining({ post_id: '3' }));
    expect(await stateOf('3')).toBeUndefined();
    await posts().hasten(key('3'), nowText);
    expect(await stateOf('3')).toBeUndefined();
    await posts().add([added('3')], nowText, 'clien');
    expect(await stateOf('3')).toEqual({
      ...added('3'),
      status: 'due',
      next_due_at: nowText,
      due_site: 'clien',
      comment_count: 0,
      pace: 0,
      failures: 0,
      expires_at: Temporal.Instant.from(nowText).epochMilliseconds / 1000 + 14 * 24 * 3600,
    });
  });

  it('records a reading once, and never an older one over a later', async () => {
    await posts().record(reading('4'), 'clien');
    await posts().record(reading('4', { last_checked_at: '2026-11-20T04:59:00Z', comment_count: 1 }), 'clien');
    await posts().record(reading('4', { comment_count: 2 }), 'clien');

    expect(await stateOf('4')).toMatchObject({ comment_count: 7, created_at: '2026-11-20T04:00:00Z' });
  });

  it('no longer finds a post due that is done', async () => {
    await posts().add([added('5', 'site_c')], '2026-11-20T05:00:00Z', 'site_c');
    await posts().record(without(reading('5', { ...added('5', 'site_c'), status: 'done' })), 'site_c');

    expect(await posts().due('site_c', '2026-12-31T00:00:00Z')).toEqual([]);
  });

  it('makes a post due sooner, never later', async () => {
    await posts().record(reading('6'), 'clien');
    await posts().hasten(key('6'), '2026-11-20T05:30:00Z');
    await posts().hasten(key('6'), '2026-11-20T05:45:00Z');
    await posts().hasten(key('absent'), '2026-11-20T05:45:00Z');

    expect((await posts().known([key('6'), key('absent')])).size).toBe(1);
    expect((await stateOf('6'))?.next_due_at).toBe('2026-11-20T05:30:00Z');
  });

  describe('of a backfill', () => {
    const ids = async (queue: string) => (await posts().due(queue, '9999-12-31T00:00:00Z')).map(({ post_id }) => post_id);

    it('waits in a queue of its own, and leaves alone what is known', async () => {
      await posts().add([added('30')], '2026-11-20T06:00:00Z', 'clien');
      await posts().record(without(reading('31', { status: 'done' })), 'clien');

      await posts().add([added('30'), added('31'), added('32')], '2026-11-20T05:00:00Z', backfill);

      expect(await ids(backfill)).toEqual(['32']);
      expect(await ids('clien')).toEqual(expect.arrayContaining(['30']));
      expect(await ids('clien')).not.toEqual(expect.arrayContaining(['32']));
    });

    it.each([
      ['added', '33', () => posts().add([added('33')], '2026-11-20T07:00:00Z', 'clien')],
      ['hastened', '36', () => posts().hasten(key('36'), '2026-11-20T07:00:00Z')],
    ])('gives a post to the live queue when it is %s there, and its own reading then counts for nothing', async (_, id, take) => {
      await posts().add([added(id)], '2026-11-20T05:00:00Z', backfill);
      await take();
      await posts().record(without(reading(id, { status: 'done' })), backfill);

      expect(await stateOf(id)).toMatchObject({ status: 'due', due_site: 'clien', next_due_at: '2026-11-20T07:00:00Z' });
    });

    it('keeps a failed post for the next try, and not one that was read', async () => {
      await posts().add([added('34'), added('35')], '2026-11-20T05:00:00Z', backfill);
      await posts().record(reading('34', { failures: 1 }), backfill);
      await posts().record(without(reading('35', { status: 'done' })), backfill);

      expect((await posts().due(backfill, '9999-12-31T00:00:00Z')).map(({ post_id, failures }) => [post_id, failures])).toEqual(
        expect.arrayContaining([['34', 1]]),
      );
      expect(await ids(backfill)).not.toContain('35');
    });
  });
});

it('remembers how far a list was paged, for 14 days, never going back', async () => {
  const state = crawlState(TABLE, client, clock);
  expect(await state.cursor('list')).toBeNull();
  await state.setCursor('list', 4);
  await state.setCursor('list', 3);

  expect(await state.cursor('list')).toBe(4);
  nowText = '2026-12-20T05:00:00Z';
  expect(await state.cursor('list')).toBeNull();
  await state.setCursor('list', 1);
  expect(await state.cursor('list')).toBe(1);
});
