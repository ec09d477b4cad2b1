import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dynamoLedger } from '../../alarm/src/alert-state/dynamo-ledger.ts';
import { startAlertTables, type AlertTables } from '../../alarm/src/alert-state/alert-table-fixture.ts';
import { warehouseFixture, type WarehouseFixture } from '../../local/redshift/processed-fixture.ts';
import { kills, loadAndAlarm, type Kills, type Outside } from './killable-run.ts';

/*
 * Load and alarm die behind everything that they do: each statement in Redshift, each write of the ledger, each message. What comes of the rerun
 * is compared with a run that was left alone.
 */
const [EARLIER, BATCH] = ['20261120T053000Z', '20261120T060000Z'];
const PATIENCE_MILLISECONDS = 900_000;
const MARK = '[반복일 수 있음] ';
/** Longer than a lease: whoever held a claim is known to be gone. */
const LATER_MILLISECONDS = 60_000;
/** Gaps are tried side by side, each in a warehouse of its own: most of the time is spent waiting for an answer. */
const WORLDS = 3;

let tables: AlertTables;
let worlds: World[];

beforeAll(async () => {
  tables = await startAlertTables();
  worlds = await Promise.all(Array.from({ length: WORLDS }, openWorld));
}, PATIENCE_MILLISECONDS);

afterAll(async () => {
  for (const { warehouse } of worlds) await warehouse.remove();
  await tables.stop();
});

interface World {
  readonly warehouse: WarehouseFixture;
  readonly kill: Kills;
  /** The warehouse before the batch. */
  readonly snapshot: string;
}

async function openWorld(): Promise<World> {
  const kill = kills();
  const warehouse = await warehouseFixture({ onStatement: () => kill.statement() });
  await putBatches(warehouse);
  await loadAndAlarm(EARLIER, { warehouse, outside: await newOutside(), kill, realNow: 0 });
  const snapshot = join(warehouse.directory, 'before.duckdb');
  await warehouse.restart(() => copyFile(warehouse.databaseFile, snapshot));
  return { warehouse, kill, snapshot };
}

/** One post is told as hot and becomes critical, another is hot now, a third is critical at once, a fourth is calm. */
async function putBatches(warehouse: WarehouseFixture): Promise<void> {
  const put = async (
    batch: string,
    collected_at: string,
    posts: Readonly<Record<string, { comments_seen: number; exceedance: number }>>,
  ) => {
    const of = (post_id: string) => ({ post_id, collected_at });
    const ids = Object.keys(posts);
    await warehouse.put('summary', batch, {}, { keyword: '*', posts: ids.length });
    await warehouse.put('post', batch, ...ids.map((id) => ({ ...of(id), title: `글 ${id}` })));
    await warehouse.put('comment', batch, ...ids.map((id) => ({ ...of(id), comment_id: `c${id}` })));
    await warehouse.put('score', batch, ...Object.entries(posts).map(([id, score]) => ({ ...of(id), ...score })));
  };
  const calm = { comments_seen: 1, exceedance: 0.9 };
  const hot = { comments_seen: 20, exceedance: 0.001 };
  const critical = { comments_seen: 50, exceedance: 0 };
  await put(EARLIER, '2026-11-20 05:30:00', { 1: hot, 2: calm, 4: calm });
  await put(BATCH, '2026-11-20 06:00:00', { 1: critical, 2: hot, 3: critical });
}

async function newOutside(): Promise<Outside> {
  return { ledger: dynamoLedger(await tables.create(), tables.client), received: [] };
}

/** From the state before the batch on: a run that dies in a gap (-1: in none), then one that is left alone. */
async function runDyingIn(gap: number, { warehouse, kill, snapshot }: World) {
  const outside = await newOutside();
  kill.dieIn(undefined);
  await warehouse.restart(() => copyFile(snapshot, warehouse.databaseFile));
  kill.dieIn(gap);
  const end = await Promise.race([kill.death, loadAndAlarm(BATCH, { warehouse, outside, kill, realNow: 0 })]);
  const before = [...kill.passed];
  kill.dieIn(undefined);
  if (end === 'dead') await warehouse.restart();
  await loadAndAlarm(BATCH, { warehouse, outside, kill, realNow: LATER_MILLISECONDS });
  return { died: end === 'dead', before, messages: outside.received.map(({ text }) => text), rows: await rowsOf(warehouse) };
}

/** Whether a message may have been a repeat is the one thing in which a run that died may differ. */
async function rowsOf(warehouse: WarehouseFixture): Promise<Record<string, unknown[]>> {
  const { alert = [], ...rest } = await warehouse.everything();
  return { ...rest, alert: alert.map((row) => ({ ...(row as object), repeated: '' })) };
}

it(
  'ends with equal rows and each message once, wherever load and alarm died',
  async () => {
    const [first] = worlds;
    if (first === undefined) throw new Error('There is no world to try it in');
    const alone = await runDyingIn(-1, first);
    const gaps = alone.before.map((_, gap) => gap);
    expect(alone.messages.map((text) => /글 \d/.exec(text)?.[0])).toEqual(['글 1', '글 3', '글 2']);

    const tryGap = async (gap: number, world: World) => {
      const { died, before, messages, rows } = await runDyingIn(gap, world);
      const behind = before.at(-1);

      expect([gap, died, before.length]).toEqual([gap, true, gap + 1]);
      expect([gap, behind, rows]).toEqual([gap, behind, alone.rows]);
      // Between Slack's answer and its record nobody can know: then, and only then, one message comes twice, and says so.
      const repeats = behind === 'slack' ? 1 : 0;
      expect([gap, behind, messages.length]).toEqual([gap, behind, alone.messages.length + repeats]);
      expect(new Set(messages.map((text) => text.replace(MARK, '')))).toEqual(new Set(alone.messages));
      const marked = messages.filter((text) => text.startsWith(MARK)).length;
      expect([gap, behind, marked >= repeats && marked <= 1]).toEqual([gap, behind, true]);
    };
    await Promise.all(
      worlds.map(async (world, index) => {
        for (const gap of gaps) if (gap % WORLDS === index) await tryGap(gap, world);
      }),
    );
    console.log(`${gaps.length} gaps, of these ${alone.before.filter((what) => what === 'statement').length} behind a statement`);
    expect(gaps.length).toBeGreaterThan(60);
  },
  PATIENCE_MILLISECONDS,
);
