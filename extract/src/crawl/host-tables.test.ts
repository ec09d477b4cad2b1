import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { startCrawlTable, TABLE } from './crawl-table-fixture.ts';
import { dynamoHosts } from './dynamo-hosts.ts';
import type { HostTable, Seat } from './host-table.ts';
import { processHosts } from './process-hosts.ts';

let client: DynamoDBDocumentClient;
let stop: () => Promise<void>;
let hosts = 0;

beforeAll(async () => ({ client, stop } = await startCrawlTable()));
afterAll(() => stop());

/** Each time another host, so that no trial sees the one before. */
const host = () => `host-${(hosts += 1)}:80`;
const robots = { batch: 'B1', status: 200, text: 'User-agent: *', fetchedAt: 5, etag: '"1"', lastModified: null };

describe.each<[string, number, () => () => HostTable]>([
  ['DynamoDB', 12, () => () => dynamoHosts(TABLE, client)],
  [
    'one process',
    200,
    () => {
      const shared = processHosts();
      return () => shared;
    },
  ],
])('the hosts in %s', (_, numRuns, tables) => {
  const table = tables();
  const none: Seat = { index: 0, holder: 'nobody', bans: 0 };

  it('give slots one step apart, whoever asks at once for whatever time', async () => {
    const askers = fc.array(fc.record({ from: fc.integer({ min: 1000, max: 1600 }), isIdle: fc.boolean() }), {
      minLength: 1,
      maxLength: 14,
    });
    const rounds = fc.array(askers, { minLength: 1, maxLength: 3 });

    const property = fc.asyncProperty(rounds, fc.integer({ min: 1, max: 300 }), async (all, stepMs) => {
      const name = host();
      const slots: number[] = [];
      for (const [round, asking] of all.entries()) {
        const takes = asking.map(async ({ from, isIdle }) => {
          const at = from + round * 1000;
          const slot = isIdle ? await table().takeIdleSlot(name, at, stepMs) : await table().takeSlot(name, at, stepMs, at + 10_000);
          expect(slot === null || slot >= at).toBe(true);
          if (slot !== null) slots.push(slot);
        });
        await Promise.all(takes);
      }
      const sorted = slots.toSorted((a, b) => a - b);
      expect(sorted.slice(1).every((slot, index) => slot - (sorted[index] ?? 0) >= stepMs)).toBe(true);
    });

    await fc.assert(property, { numRuns });
  });

  it('give no more seats than there are, whoever takes, leaves or dies', async () => {
    const rounds = fc.array(
      fc.record({ takers: fc.integer({ min: 0, max: 6 }), leavers: fc.integer({ min: 0, max: 3 }), pass: fc.integer({ min: 0, max: 90 }) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );

    const property = fc.asyncProperty(rounds, fc.integer({ min: 1, max: 4 }), async (all, seats) => {
      const name = host();
      let now = 1000;
      let held: { seat: Seat; until: number }[] = [];
      for (const { takers, leavers, pass } of all) {
        const at = now;
        const leaving = held.splice(0, leavers);
        const taking = Array.from({ length: takers }, () => table().takeSeat(name, seats, at, at + 100));
        await Promise.all(leaving.map(({ seat }) => table().leaveSeat(name, seat, true)));
        held.push(...(await Promise.all(taking)).flatMap((seat) => (seat ? [{ seat, until: at + 100 }] : [])));
        now += pass;
        // Who has not left by then was killed; its seat is free again, and leaving it late takes nobody's.
        const dead = held.filter(({ until }) => until <= now);
        held = held.filter(({ until }) => until > now);
        await Promise.all(dead.map(({ seat }) => table().leaveSeat(name, seat, false)));
        expect(held.length).toBeLessThanOrEqual(seats);
        expect(new Set(held.map(({ seat }) => seat.index)).size).toBe(held.length);
      }
      const free = await Promise.all(Array.from({ length: seats + 2 }, () => table().takeSeat(name, seats, now, now + 100)));
      expect(free.filter(Boolean)).toHaveLength(seats - held.length);
    });

    await fc.assert(property, { numRuns });
  });

  it('give one slot each to forty who ask at once', async () => {
    const name = host();

    const slots = await Promise.all(Array.from({ length: 40 }, () => table().takeSlot(name, 1_000_000, 100, 2_000_000)));

    expect(slots.toSorted((a, b) => a - b)).toEqual(slots.map((__, index) => 1_000_000 + index * 100));
  });

  it('begin anew when a host has been left alone, and keep no slot that comes too late', async () => {
    const name = host();
    await table().takeSlot(name, 1000, 5000, 9000);

    expect(await table().takeSlot(name, 1000, 5000, 4000)).toBe(6000);
    expect(await table().takeSlot(name, 1000, 5000, 9000)).toBe(6000);
    expect(await table().takeSlot(name, 50_000, 5000, 60_000)).toBe(50_000);
  });

  it('let background work in only where nobody waits, and never twice in a row', async () => {
    const name = host();

    expect(await table().takeIdleSlot(name, 1000, 100)).toBe(1000);
    expect(await table().takeIdleSlot(name, 1100, 100)).toBeNull();
    expect(await table().takeSlot(name, 1050, 100, 9000)).toBe(1100);
    expect(await table().takeIdleSlot(name, 1199, 100)).toBeNull();
    expect(await table().takeIdleSlot(name, 1200, 100)).toBe(1200);
  });

  it('give no slot and no seat before the time that the host named, the latest of them', async () => {
    const name = host();
    await table().takeSlot(name, 1000, 100, 9999);
    await table().holdOff(name, 9000, 429);
    await table().holdOff(name, 5000, 503);

    expect([await table().takeSlot(name, 1001, 100, 9999), await table().takeSlot(name, 1002, 100, 9999)]).toEqual([9000, 9100]);
    expect([await table().takeSeat(name, 2, 8999, 9999), await table().takeSeat(name, 2, 9000, 9999)]).toEqual([null, expect.anything()]);
    expect(await table().read(name)).toEqual({ notBefore: 9000, status: 429, isBan: false });
  });

  it('count bans once for all requests of a time, and forget them after a good answer of a later one', async () => {
    const name = host();
    const first = (await table().takeSeat(name, 3, 1000, 2000)) ?? none;
    const second = (await table().takeSeat(name, 3, 1000, 2000)) ?? none;
    const third = (await table().takeSeat(name, 3, 1000, 2000)) ?? none;

    await table().ban(name, 5000, 403, first);
    await table().ban(name, 7000, 403, second);
    await table().leaveSeat(name, third, true);

    expect(await table().read(name)).toEqual({ notBefore: 5000, status: 403, isBan: true });
    const later = (await table().takeSeat(name, 3, 5000, 6000)) ?? none;
    expect(later.bans).toBe(1);
    await table().leaveSeat(name, later, true);
    expect((await table().takeSeat(name, 3, 5000, 6000))?.bans).toBe(0);
  });

  it('let one caller a batch fetch robots.txt, and another when the first died or gave up', async () => {
    const name = host();
    const claims = await Promise.all([1, 2, 3].map(() => table().claimRobots(name, 'B1', 1000, 21_000)));

    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await table().claimRobots(name, 'B2', 1000, 21_000)).toBe(true);
    expect(await table().claimRobots(name, 'B2', 22_000, 42_000)).toBe(true);
    await table().leaveRobots(name, 'B2');
    expect(await table().claimRobots(name, 'B2', 22_000, 42_000)).toBe(true);
  });

  it('keep robots.txt with what a conditional request needs', async () => {
    const name = host();
    const large = { ...robots, text: `${robots.text}\n${'Disallow: /가나다\n'.repeat(30_000)}` };
    expect(await table().readRobots(name)).toBeNull();
    await table().claimRobots(name, 'B1', 1000, 2000);
    expect(await table().readRobots(name)).toBeNull();

    await table().storeRobots(name, large);

    expect(await table().readRobots(name)).toEqual(large);
  });
});
