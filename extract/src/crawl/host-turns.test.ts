import * as fc from 'fast-check';
import type { HostTable } from './host-table.ts';
import { hostTurns } from './host-turns.ts';
import { processHosts } from './process-hosts.ts';
import { sharedTime } from './reading-fixture.ts';

const HOST = 'a:80';

/** A table of which every answer takes its time. */
function slowTable(table: HostTable, pause: () => Promise<void>): HostTable {
  return new Proxy(table, {
    get:
      (target, name: keyof HostTable) =>
      async (...given: never[]) => {
        await pause();
        const answer: unknown = await (target[name] as (...all: never[]) => Promise<unknown>)(...given);
        await pause();
        return answer;
      },
  });
}

interface World {
  readonly delayMs: number;
  readonly concurrency: number;
  readonly readers: readonly boolean[];
  readonly lateness: readonly number[];
  readonly tableMs: readonly number[];
  readonly answerMs: readonly number[];
}

/** Several functions read four pages each; some die in the middle of a request. Returns when each request began and ended. */
async function readAll(world: World) {
  const time = sharedTime();
  const next = (values: readonly number[]) => {
    let count = 0;
    return () => values[(count += 1) % values.length] ?? 0;
  };
  const [late, tableMs, answerMs] = [next(world.lateness), next(world.tableMs), next(world.answerMs)];
  const realTime = { now: () => time.now(), sleep: (milliseconds: number) => time.sleep(milliseconds + late()) };
  const table = processHosts();
  const log: { start: number; end: number }[] = [];

  const reader = async (inBackground: boolean) => {
    const slow = slowTable(table, () => time.sleep(tableMs()));
    const turns = hostTurns(slow, realTime, { concurrency: world.concurrency, remainingMilliseconds: () => 1e9, inBackground });
    for (let page = 0; page < 4; page += 1) {
      const seat = await turns.take(HOST, world.delayMs);
      const start = time.now();
      const milliseconds = answerMs();
      await time.sleep(milliseconds);
      log.push({ start, end: time.now() });
      // One answer in seven kills its function before it can leave its seat.
      if (milliseconds % 7 !== 1) await slow.leaveSeat(HOST, seat, true);
    }
  };
  await time.over(Promise.all(world.readers.map(reader)));
  return log.toSorted((a, b) => a.start - b.start);
}

const upTo = (max: number) => fc.array(fc.integer({ min: 0, max }), { minLength: 1, maxLength: 20 });
const worlds: fc.Arbitrary<World> = fc.record({
  delayMs: fc.oneof(fc.constant(0), fc.integer({ min: 20, max: 1200 })),
  concurrency: fc.integer({ min: 1, max: 3 }),
  readers: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  lateness: upTo(120),
  tableMs: upTo(60),
  answerMs: upTo(1500),
});

it('lets no two requests come closer than the delay and no more than the concurrency be under way, whatever comes late', async () => {
  const property = fc.asyncProperty(worlds, async (world) => {
    const log = await readAll(world);

    expect(log).toHaveLength(world.readers.length * 4);
    for (const [index, { start }] of log.entries()) {
      const before = log[index - 1];
      if (before) expect(start - before.start).toBeGreaterThanOrEqual(world.delayMs);
      expect(log.filter((other) => other.start <= start && other.end > start).length).toBeLessThanOrEqual(world.concurrency);
    }
  });

  // Shrinking a world takes minutes; the seed says which one it was.
  await fc.assert(property, { numRuns: 100, endOnFailure: true });
});

it('needs no more than a delay a request while the table is quick', async () => {
  const log = await readAll({
    delayMs: 1000,
    concurrency: 2,
    readers: [false, false, false],
    lateness: [0],
    tableMs: [0],
    answerMs: [300],
  });

  expect((log.at(-1)?.start ?? 0) - (log[0]?.start ?? 0)).toBe(11 * 1100);
});

it('leaves the live readers their pace beside a background reader', async () => {
  const quick = { delayMs: 1000, concurrency: 2, lateness: [0], tableMs: [0], answerMs: [300] };
  const alone = await readAll({ ...quick, readers: [false, false] });
  const beside = await readAll({ ...quick, readers: [false, false, true] });

  // Eight live requests; at most one of the background reader comes before the last of them.
  const first = beside[0]?.start ?? 0;
  const lastAlone = (alone.at(-1)?.start ?? 0) - (alone[0]?.start ?? 0);
  expect(beside.filter(({ start }) => start - first <= lastAlone + 1100).length).toBeLessThanOrEqual(9);
});

it('asks a host without delay as fast as its seats allow', async () => {
  const log = await readAll({
    delayMs: 0,
    concurrency: 2,
    readers: [false, false, false, false],
    lateness: [0],
    tableMs: [0],
    answerMs: [100],
  });

  expect((log.at(-1)?.end ?? 0) - (log[0]?.start ?? 0)).toBeLessThanOrEqual(16 * 50 + 8 * 20);
});
