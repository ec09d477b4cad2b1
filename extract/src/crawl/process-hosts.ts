import type { HostState, HostTable, StoredRobots } from './host-table.ts';

/** The hosts within one process. */
export function processHosts(): HostTable {
  type Item = { nextFreeAt: number; notBefore: number; crawlDelayMs: number | null; robots: StoredRobots | null; claim: string };
  const items = new Map<string, Item>();
  const item = (host: string) => {
    const found = items.get(host) ?? { nextFreeAt: 0, notBefore: 0, crawlDelayMs: null, robots: null, claim: '' };
    items.set(host, found);
    return found;
  };
  return {
    read: (host) => Promise.resolve<HostState>({ ...item(host) }),
    takeSlot(host, from, stepMs) {
      const slot = Math.max(item(host).nextFreeAt, from);
      item(host).nextFreeAt = slot + stepMs;
      return Promise.resolve(slot);
    },
    holdOff(host, until) {
      const state = item(host);
      state.notBefore = Math.max(state.notBefore, until);
      state.nextFreeAt = Math.max(state.nextFreeAt, until);
      return Promise.resolve();
    },
    claimRobots(host, batch) {
      const isOpen = item(host).claim !== batch;
      item(host).claim = batch;
      return Promise.resolve(isOpen);
    },
    storeRobots(host, robots, crawlDelayMs) {
      Object.assign(item(host), { robots, crawlDelayMs });
      return Promise.resolve();
    },
  };
}
