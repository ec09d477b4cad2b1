import { randomUUID } from 'node:crypto';
import type { HostState, HostTable, Seat, StoredRobots } from './host-table.ts';

interface Host {
  state: HostState;
  nextFreeAt: number;
  idleAfter: number;
  bans: number;
  seats: Map<number, { holder: string; until: number }>;
  robots: StoredRobots | null;
  claim: { batch: string; until: number } | null;
}

/** The hosts for one process that reads alone, as the `crawl` command does. */
export function processHosts(): HostTable {
  const hosts = new Map<string, Host>();

  function at(name: string): Host {
    const known = hosts.get(name) ?? {
      state: { notBefore: 0, status: 0, isBan: false },
      nextFreeAt: 0,
      idleAfter: 0,
      bans: 0,
      seats: new Map(),
      robots: null,
      claim: null,
    };
    hosts.set(name, known);
    return known;
  }

  function hold(host: Host, state: HostState): void {
    if (state.notBefore > host.state.notBefore) host.state = state;
  }

  function freeSeat(host: Host, seats: number, now: number): Seat | null {
    if (host.state.notBefore > now) return null;
    for (let index = 0; index < seats; index += 1) {
      if ((host.seats.get(index)?.until ?? 0) <= now) return { index, holder: randomUUID(), bans: host.bans };
    }
    return null;
  }

  return {
    read: (name) => Promise.resolve(at(name).state),

    takeSlot(name, from, stepMs, latest) {
      const host = at(name);
      const slot = Math.max(host.nextFreeAt, from);
      if (slot === from || slot <= latest) host.nextFreeAt = slot + stepMs;
      return Promise.resolve(slot);
    },

    takeIdleSlot(name, from, stepMs) {
      const host = at(name);
      if (Math.max(host.nextFreeAt, host.idleAfter) > from) return Promise.resolve(null);
      host.nextFreeAt = from + stepMs;
      host.idleAfter = from + 2 * stepMs;
      return Promise.resolve(from);
    },

    takeSeat(name, seats, now, until) {
      const host = at(name);
      const seat = freeSeat(host, seats, now);
      if (seat) host.seats.set(seat.index, { holder: seat.holder, until });
      return Promise.resolve(seat);
    },

    leaveSeat(name, { index, holder, bans }, isGood) {
      const host = at(name);
      if (isGood && host.bans === bans) host.bans = 0;
      if (host.seats.get(index)?.holder === holder) host.seats.delete(index);
      return Promise.resolve();
    },

    holdOff(name, until, status) {
      const host = at(name);
      hold(host, { notBefore: until, status, isBan: false });
      host.nextFreeAt = Math.max(host.nextFreeAt, until);
      return Promise.resolve();
    },

    ban(name, until, status, { bans }) {
      const host = at(name);
      if (host.bans === bans) {
        host.bans += 1;
        hold(host, { notBefore: until, status, isBan: true });
      }
      return Promise.resolve();
    },

    readRobots: (name) => Promise.resolve(at(name).robots),

    claimRobots(name, batch, now, until) {
      const host = at(name);
      const isOpen = host.claim?.batch !== batch || host.claim.until <= now;
      if (isOpen) host.claim = { batch, until };
      return Promise.resolve(isOpen);
    },

    leaveRobots(name, batch) {
      const host = at(name);
      if (host.claim?.batch === batch) host.claim = null;
      return Promise.resolve();
    },

    storeRobots(name, robots) {
      at(name).robots = robots;
      return Promise.resolve();
    },
  };
}
