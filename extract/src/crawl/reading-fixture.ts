import type { RealTime } from './real-time.ts';
import type { Answer, Transport } from './transport.ts';

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
      return Promise.resolve({
        status: 200,
        text: '',
        encoding: 'utf-8',
        retryAfter: null,
        location: null,
        etag: null,
        lastModified: null,
        mitigated: null,
        ...answer,
      });
    },
  };
  return { transport, asked };
}
