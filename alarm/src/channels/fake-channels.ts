import { memoryLedger } from '../alert-state/memory-ledger.ts';
import type { Destination } from '../routes/alert-routes.ts';
import type { SlackMessage } from '../slack/blocks.ts';
import type { Channel, ChannelAnswer, Channels } from './channel.ts';
import type { SendOnceDependencies } from './send-once.ts';

const OK: ChannelAnswer = { status: 200, body: 'ok', retryAfter: null };
export const answer = (status: number, body: string, retryAfter: string | null = null): ChannelAnswer => ({ status, body, retryAfter });

/** Channels and real time for tests: each answers as planted, then `ok`; sleeping moves the time, and nothing else does. */
export function fakeChannels(planted: (ChannelAnswer | 'lost')[] = []) {
  const received: SlackMessage[] = [];
  const receivedBy = new Map<Destination, SlackMessage[]>();
  const slept: number[] = [];
  let now = 1_800_000_000_000;
  const channel = (to: Destination): Channel => ({
    name: to === 'sns' ? 'SNS' : 'Slack',
    post(message) {
      const next = planted.shift() ?? OK;
      if (next === 'lost') return Promise.reject(new Error('fetch failed: https://hooks.example/services/T0/B0/secret'));
      if (next.status === 200) {
        received.push(message);
        receivedBy.set(to, [...(receivedBy.get(to) ?? []), message]);
      }
      return Promise.resolve(next);
    },
    sleep(milliseconds) {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  });
  const channels: Channels = { to: channel, prepare: () => Promise.resolve([]) };
  const deps: SendOnceDependencies & { ledger: ReturnType<typeof memoryLedger>; channels: Channels } = {
    ledger: memoryLedger(),
    channels,
    realNow: () => now,
    domainNow: () => '2026-11-20T05:33:20Z',
  };
  const startedAt = now;
  return {
    deps,
    planted,
    received,
    /** What each destination took. */
    receivedBy,
    slept,
    /** What a function that started with 120 s has left. */
    remainingMilliseconds: () => 120_000 - (now - startedAt),
    pass(milliseconds: number) {
      now += milliseconds;
    },
  };
}
