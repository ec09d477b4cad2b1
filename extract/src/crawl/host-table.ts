/** robots.txt as one batch found it. `status` 0 stands for no answer. `fetchedAt` in epoch milliseconds of real time. */
export interface StoredRobots {
  readonly batch: string;
  readonly status: number;
  readonly text: string;
  readonly fetchedAt: number;
  /** What a conditional request needs; null where the host sent none. */
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** Until when a host (`name:port`) wants to be left alone, in epoch milliseconds of real time. */
export interface HostState {
  readonly notBefore: number;
  /** The answer that said so; 0 for none. */
  readonly status: number;
  /** It keeps us out, which nobody waits for; otherwise it named a time. */
  readonly isBan: boolean;
}

/** The right to have one request under way. `bans`: how often the host has kept us out in a row, as of taking the seat. */
export interface Seat {
  readonly index: number;
  readonly holder: string;
  readonly bans: number;
}

/**
 * What all functions know of the hosts. Each method is atomic for one host, so that slots, seats and bans hold across functions.
 * The table has no clock: callers give times.
 */
export interface HostTable {
  read(host: string): Promise<HostState>;
  /**
   * Takes the next free slot, at `from` or later: the time at which the caller may ask the host once. The next one comes `stepMs` after
   * it. A slot after `latest` is not taken, only told.
   */
  takeSlot(host: string, from: number, stepMs: number, latest: number): Promise<number>;
  /** For background work: the slot at `from` when nobody waits for one and the slot before was not ours; else null. */
  takeIdleSlot(host: string, from: number, stepMs: number): Promise<number | null>;
  /** A seat among the first `seats` at the time `at`, lost at `until`; null while all are taken or the host is to be left alone. */
  takeSeat(host: string, seats: number, at: number, until: number): Promise<Seat | null>;
  /** Gives a seat back. After a good answer, bans that the seat's holder knew of are forgotten. */
  leaveSeat(host: string, seat: Seat, isGood: boolean): Promise<void>;
  /** Nobody asks the host before `until`, because an answer named that time. */
  holdOff(host: string, until: number, status: number): Promise<void>;
  /** As `holdOff`, and counts the ban, unless another request of that time has counted it: `seat` says how many there were. */
  ban(host: string, until: number, status: number, seat: Seat): Promise<void>;
  readRobots(host: string): Promise<StoredRobots | null>;
  /** True for the one caller that shall fetch robots.txt for this batch; the claim ends at `until`. */
  claimRobots(host: string, batch: string, now: number, until: number): Promise<boolean>;
  /** Ends the claim, so that others need not wait for it: it could not be fetched. */
  leaveRobots(host: string, batch: string): Promise<void>;
  /** Keeps what the claim's holder found. */
  storeRobots(host: string, robots: StoredRobots): Promise<void>;
}
