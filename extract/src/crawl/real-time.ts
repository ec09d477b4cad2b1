import { setTimeout as sleep } from 'node:timers/promises';

/** The machine's clock, for slots, delays and time-outs (never for what records say; that is common/clock). Epoch milliseconds. */
export interface RealTime {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const realTime: RealTime = {
  now: () => Date.now(),
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
  },
};
