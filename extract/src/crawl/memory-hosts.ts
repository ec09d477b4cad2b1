import type { HostState, HostTable, StoredRobots } from './host-table.ts';
import type { RealTime } from './real-time.ts';
import type { Answer, Transport } from './transport.ts';

/** For tests: the host items in memory. */
export function memoryHosts(): HostTable {
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

/** For tests: a clock that sleeping alone moves. */
export function skippingTime(start = 1_700_000_000_000): RealTime {
  let now = start;
  return {
    now: () => now,
    sleep(milliseconds) {
      now += milliseconds;
      return Promise.resolve();
    },
  };
}

export type Scripted = Partial<Answer> | Error;

/** For tests: answers by path, one after the other, the last one again and again; what was asked and when stands in `asked`. */
export function scriptedTransport(answers: Readonly<Record<string, readonly Scripted[]>>, time: RealTime) {
  const asked: { path: string; at: number; form?: Readonly<Record<string, string>> }[] = [];
  const transport: Transport = {
    send({ url, form }) {
      const { pathname, search } = new URL(url);
      const path = pathname + search;
      const before = asked.filter((request) => request.path === path).length;
      asked.push({ path, at: time.now(), ...(form ? { form } : {}) });
      const script = answers[path] ?? [{ status: 404 }];
      const answer = script[Math.min(before, script.length - 1)] ?? {};
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve({ status: 200, text: '', retryAfter: null, location: null, ...answer });
    },
  };
  return { transport, asked };
}
