import { memoryLedger } from '../alert-state/memory-ledger.ts';
import type { SlackMessage } from './blocks.ts';
import type { SlackAnswer } from './post-message.ts';
import type { SendOnceDependencies } from './send-once.ts';

const OK: SlackAnswer = { status: 200, body: 'ok', retryAfter: null };
export const answer = (status: number, body: string, retryAfter: string | null = null): SlackAnswer => ({ status, body, retryAfter });

/** Slack and real time for tests: answers as planted, then `ok`; sleeping moves the time, and nothing else does. */
export function fakeSlack(planted: (SlackAnswer | 'lost')[] = []) {
  const received: SlackMessage[] = [];
  const slept: number[] = [];
  let now = 1_800_000_000_000;
  const deps: SendOnceDependencies & { ledger: ReturnType<typeof memoryLedger> } = {
    ledger: memoryLedger(),
    slack: {
      post(message) {
        const next = planted.shift() ?? OK;
        if (next === 'lost') return Promise.reject(new Error('fetch failed: https://hooks.example/services/T0/B0/secret'));
        if (next.status === 200) received.push(message);
        return Promise.resolve(next);
      },
      sleep(milliseconds) {
        slept.push(milliseconds);
        now += milliseconds;
        return Promise.resolve();
      },
    },
    realNow: () => now,
    domainNow: () => '2026-11-20T05:33:20Z',
  };
  const startedAt = now;
  return {
    deps,
    planted,
    received,
    slept,
    /** What a function that started with 120 s has left. */
    remainingMilliseconds: () => 120_000 - (now - startedAt),
    pass(milliseconds: number) {
      now += milliseconds;
    },
  };
}
