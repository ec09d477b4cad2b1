import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { setLevels } from '../../alarm/src/levels/warehouse-levels.ts';
import { objectKeys } from '../../common/object-keys.ts';
import { ndjson } from '../../common/object-store.ts';
import { storeMark } from '../commands/alerts.ts';
import { warehouseFixture, type WarehouseFixture } from './processed-fixture.ts';

const ROOT = join(__dirname, '../..');
const B1 = '20261120T053000Z';
const B2 = '20261120T060000Z';
const POST = { site: 'bobaedream', board: 'freeb', post_id: '1' };
const sql = (path: string) => readFileSync(join(ROOT, path), 'utf8');

let warehouse: WarehouseFixture;
beforeAll(async () => {
  warehouse = await warehouseFixture();
  const later = { collected_at: '2026-11-20 06:00:00' };
  await warehouse.put('summary', B1, {}, { keyword: '*', posts: 3 });
  await warehouse.put(
    'post',
    B1,
    {},
    { post_id: '2', keywords: '[]', may_alarm: true },
    { post_id: '3' },
    { post_id: 'over', created_at: '2026-11-16 05:10:00' },
  );
  await warehouse.put('comment', B1, {}, { comment_id: '101' });
  await warehouse.put(
    'score',
    B1,
    {},
    { post_id: '2', exceedance: 0.2 },
    { post_id: '3', impact: -1, exceedance: 0.9 },
    { post_id: 'over', exceedance: 1 },
  );
  await warehouse.put('post', B2, { ...later, comment_count: 50 }, { ...later, post_id: '3' });
  await warehouse.put('comment', B2, later);
  await warehouse.put(
    'score',
    B2,
    { ...later, impact: 5, comments_seen: 50, exceedance: 0 },
    { ...later, post_id: '3', impact: -2, exceedance: 0.9 },
  );
  const gone = { site: 'bobaedream', board: 'freeb', post_id: 'over', seen_at: '2026-11-20T06:00:00Z', evidence: 'said' };
  await warehouse.putGzip(objectKeys.rawGone(B2, 'bobaedream', 'bobaedream-0001'), ndjson([gone]));
  await warehouse.load(B1);
  await warehouse.load(B2);
  await setLevels(warehouse.warehouse, B2, 10);
  const alert = { level: 'critical', batch: B2, sent_at: '2026-11-20 06:05:00', repeated: false, impact: 5, comments_seen: 50 };
  for (const level of ['hot', 'critical'])
    await warehouse.warehouse.execute(sql('alarm/sql/insert_alert.sql'), { ...POST, ...alert, level });
});
afterAll(() => warehouse.remove());

it('has a line of explanation at the top of every query, and every query runs', async () => {
  const files = readdirSync(join(ROOT, 'load/sql/queries'));

  for (const file of files) {
    const text = sql(`load/sql/queries/${file}`);
    const rows = await warehouse.warehouse.read(text, text.includes(':post_id') ? POST : {});

    expect(text).toMatch(/^-- \S.+\.\n/);
    expect([file, rows.length]).not.toEqual([file, 0]);
  }
  expect(files.length).toBeGreaterThan(4);
});

it('hot_posts gives the latest score and the highest level of each hot post, strongest first', async () => {
  const rows = await warehouse.warehouse.read(sql('load/sql/queries/hot_posts.sql'));

  expect(rows.map(({ post_id, level, impact }) => [post_id, level, impact])).toEqual([
    ['1', 'critical', 5],
    ['2', 'watch', 3.2],
  ]);
  expect(rows[0]).toEqual({
    ...POST,
    is_gone: false,
    title: '코나 급발진 의심',
    url: 'http://127.0.0.1/freeb/1',
    created_at: '2026-11-20 05:10:00',
    keywords: expect.stringMatching(/^\[".+"\]$/) as string,
    comments_seen: 50,
    hot_threshold: 40,
    impact: 5,
    raw_probability: 0.4,
    reasons: expect.stringMatching(/^\[/) as string,
    first_batch: B1,
    level: 'critical',
  });
});

it('comments_gone counts what was not on the page at the last reading', async () => {
  expect(await warehouse.warehouse.read(sql('load/sql/queries/comments_gone.sql'))).toEqual([
    { ...POST, title: '코나 급발진 의심', gone: 1 },
  ]);
});

it('the alarm finds the posts of a batch that may alarm and were not told of, and records a message once', async () => {
  const due = () => warehouse.warehouse.read(sql('alarm/sql/due_alerts.sql'), { batch: B2 });
  const again = { ...POST, level: 'hot', batch: B2, sent_at: '2026-11-20 07:00:00', repeated: true, impact: 5, comments_seen: 50 };

  expect(await due()).toEqual([]);
  expect(await warehouse.warehouse.execute(sql('alarm/sql/insert_alert.sql'), again)).toBe(0);
  await warehouse.warehouse.execute("delete from community.alert where level = 'critical'");
  expect((await due()).map(({ post_id, alert_level, told_level }) => [post_id, alert_level, told_level])).toEqual([
    ['1', 'critical', 'hot'],
  ]);
});

it('keeps the latest word on an alert, and none on a post that was never alerted', async () => {
  const marks = () => warehouse.warehouse.read('select post_id, verdict from community.feedback');
  const at = Temporal.Instant.from('2026-11-20T07:00:00Z');

  await storeMark(warehouse.warehouse, POST, 'noise', at);
  await storeMark(warehouse.warehouse, POST, 'useful', at);
  await storeMark(warehouse.warehouse, { ...POST, post_id: "3'; delete from community.alert; --" }, 'noise', at);

  expect(await marks()).toEqual([{ post_id: '1', verdict: 'useful' }]);
});

it('alert_outcomes knows when a post reached its level, and what was said of its alert', async () => {
  const seconds = Array.from({ length: 40 }, (_, index) => ({
    comment_id: `c${index}`,
    created_at: `2026-11-20 05:40:${String(index).padStart(2, '0')}`,
  }));
  await warehouse.put('comment', B2, ...seconds);
  await warehouse.load(B2);

  const outcomes = await warehouse.warehouse.read(sql('load/sql/queries/alert_outcomes.sql'));

  // 38 of the 40, after the two comments that came before.
  expect(outcomes).toMatchObject([
    { post_id: '1', may_alarm: true, reached_at: '2026-11-20 05:40:37', is_finished: false, verdict: 'useful' },
  ]);
});
