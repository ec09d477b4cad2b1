import { Temporal } from 'temporal-polyfill';
import { HostBannedError, HostBusyError } from '../../../common/errors.ts';
import type { HostTable, Seat } from './host-table.ts';
import type { RealTime } from './real-time.ts';

export interface TurnOptions {
  /** Requests under way at once, of all functions. */
  readonly concurrency: number;
  readonly remainingMilliseconds: () => number;
  readonly inBackground: boolean;
}

/** Lets requests of all functions to a host go one delay apart, and no more at once than its concurrency. */
export interface HostTurns {
  /** Waits until the host may be asked once, now. @throws HostBannedError, or HostBusyError when that would outlast the invocation */
  take(host: string, delayMs: number): Promise<Seat>;
}

/** Longest that a request may be under way. */
export const TIMEOUT_MS = 20_000;
/** When the seat of a function that was killed is free again. */
const SEAT_MS = TIMEOUT_MS + 5000;
/** How late a request may leave after its slot begins: a share of the delay, a tenth of a second at most. */
const WINDOW_SHARE = 0.3;
const MAX_WINDOW_MS = 100;
/** Longest that the table is reckoned to need. */
const MAX_TABLE_MS = 2000;
/** Between two looks for a seat where no delay spaces them. */
const POLL_MS = 20;

/**
 * Slot → wait → seat → send. A slot is a short window, and the next one begins a whole delay after its end: who is not ready within it
 * takes another with a longer window, so that requests never come closer than the delay, however slow the table or this process is.
 * In the background, slots are taken only while nobody waits, never two in a row, and one seat is left to others.
 */
export function hostTurns(hosts: HostTable, realTime: RealTime, options: TurnOptions): HostTurns {
  const seats = options.inBackground ? Math.max(1, options.concurrency - 1) : options.concurrency;
  // What the table took last: a slot that begins at once would be over before its answers are here.
  let slotTableMs = 0;
  let seatTableMs = 0;

  async function timed<T>(work: Promise<T>, record: (milliseconds: number) => void): Promise<T> {
    const start = realTime.now();
    const result = await work;
    record(Math.min(MAX_TABLE_MS, realTime.now() - start));
    return result;
  }

  async function sleepUntil(time: number): Promise<void> {
    const wait = time - realTime.now();
    if (wait > 0) await realTime.sleep(wait);
  }

  /** The wait until `time`, when the invocation outlasts it. */
  async function refuseToWait(host: string, time: number): Promise<never> {
    const { notBefore, status } = await hosts.read(host);
    const isHeldOff = notBefore > realTime.now() && status !== 0 && status !== 503;
    if (isHeldOff) throw new HostBannedError(host, status, Temporal.Instant.fromEpochMilliseconds(notBefore));
    throw new HostBusyError(host, Temporal.Instant.fromEpochMilliseconds(Math.round(time)));
  }

  /** The next slot in time for this invocation; null when background work has to stand back. */
  async function takeSlot(host: string, stepMs: number): Promise<number | null> {
    const from = realTime.now() + slotTableMs + seatTableMs;
    const latest = realTime.now() + options.remainingMilliseconds();
    const taking = options.inBackground ? hosts.takeIdleSlot(host, from, stepMs) : hosts.takeSlot(host, from, stepMs, latest);
    const slot = await timed(taking, (milliseconds) => (slotTableMs = milliseconds));
    return slot !== null && slot >= latest ? refuseToWait(host, slot) : slot;
  }

  /** After a seat was not to be had: nobody waits for the end of a ban, and without a delay looks are spaced here. */
  async function standBack(host: string, leastMs: number): Promise<void> {
    const { notBefore, status, isBan } = await hosts.read(host);
    const now = realTime.now();
    if (isBan && notBefore > now) throw new HostBannedError(host, status, Temporal.Instant.fromEpochMilliseconds(notBefore));
    const wait = leastMs === 0 ? 0 : Math.max(leastMs, notBefore - now);
    if (wait >= options.remainingMilliseconds()) await refuseToWait(host, now + wait);
    if (wait > 0) await realTime.sleep(wait);
  }

  return {
    async take(host, delayMs) {
      let windowMs = Math.min(MAX_WINDOW_MS, Math.round(delayMs * WINDOW_SHARE));
      for (;;) {
        const slot = delayMs === 0 ? realTime.now() : await takeSlot(host, delayMs + windowMs);
        if (slot === null) {
          await standBack(host, delayMs + windowMs);
          continue;
        }
        await sleepUntil(slot - seatTableMs);
        const sendAt = Math.max(slot, realTime.now());
        const taking = hosts.takeSeat(host, seats, sendAt, sendAt + SEAT_MS);
        const seat = await timed(taking, (milliseconds) => (seatTableMs = milliseconds));
        if (seat === null) {
          await standBack(host, delayMs === 0 ? POLL_MS : 0);
          continue;
        }
        await sleepUntil(slot);
        if (delayMs === 0 || realTime.now() <= slot + windowMs) return seat;
        await hosts.leaveSeat(host, seat, false);
        // A process that is always late would never be let in; the next slot waits for the end of this longer window.
        windowMs = Math.max(1, windowMs) * 2;
      }
    },
  };
}
