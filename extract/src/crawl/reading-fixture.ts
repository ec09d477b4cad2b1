import { setImmediate } from 'node:timers/promises';
import type { RealTime } from './real-time.ts';
import type { Answer, Transport, TransportRequest } from './transport.ts';

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

const HOUR_MS = 3_600_000;

/** For tests: a clock for many sleepers, which goes on to the next of them when all are asleep. `over` drives it until work is done. */
export function sharedTime(start = 1_700_000_000_000): RealTime & { over<T>(work: Promise<T>): Promise<T> } {
  let now = start;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (milliseconds) => new Promise((wake) => sleepers.push({ at: now + milliseconds, wake })),
    async over(work) {
      let isDone = false;
      const end = () => (isDone = true);
      work.then(end, end);
      for (;;) {
        await setImmediate();
        // Changed by `end`, which the checker does not see.
        if (isDone as boolean) return work;
        const next = sleepers.toSorted((a, b) => a.at - b.at)[0];
        if (!next || now > start + HOUR_MS) throw new Error('this never ends');
        sleepers.splice(sleepers.indexOf(next), 1);
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
}

/** For tests: an answer that is a page, but for what is given. */
export function answerOf(change: Partial<Answer>): Answer {
  return {
    status: 200,
    text: '',
    encoding: 'utf-8',
    retryAfter: null,
    location: null,
    etag: null,
    lastModified: null,
    mitigated: null,
    ...change,
  };
}

export type Scripted = Partial<Answer> | Error;

interface Asked extends Pick<TransportRequest, 'form' | 'headers' | 'agent' | 'method' | 'encoding'> {
  readonly path: string;
  readonly at: number;
}

/** For tests: answers by path, one after the other, the last one again and again; what was asked and when stands in `asked`. */
export function scriptedTransport(answers: Readonly<Record<string, readonly Scripted[]>>, time: RealTime) {
  const asked: Asked[] = [];
  const transport: Transport = {
    send({ url, form, headers, agent, method, encoding }) {
      const { pathname, search } = new URL(url);
      const path = pathname + search;
      const before = asked.filter((request) => request.path === path).length;
      asked.push({ path, at: time.now(), agent, method, encoding, ...(form ? { form } : {}), ...(headers ? { headers } : {}) });
      const script = answers[path] ?? [{ status: 404 }];
      const answer = script[Math.min(before, script.length - 1)] ?? {};
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve(answerOf(answer));
    },
  };
  return { transport, asked };
}
