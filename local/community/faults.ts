import { randomFor } from './world/random.ts';

export type FaultKind = 'unavailable' | 'too-many' | 'reset' | 'truncated' | 'cut' | 'slow';

/** Shares of requests (0–1, together at most 1) that meet a fault. robots.txt never does: a host without it may not be read at all. */
export interface Faults {
  /** The same seed plants the same faults at the same request numbers. */
  readonly seed: string;
  /** Answered 503. */
  readonly unavailable?: number;
  /** Answered 429 with `Retry-After: 1`. */
  readonly tooMany?: number;
  /** The connection is reset without an answer. */
  readonly reset?: number;
  /** The connection breaks in the middle of a body whose Content-Length said more. */
  readonly truncated?: number;
  /** The first half of a page as if it were whole. */
  readonly cut?: number;
  /** Answered as it should be, two seconds late. */
  readonly slow?: number;
}

/** Says which fault the next request meets: one call a request. @throws RangeError when the shares exceed 1. */
export function faultPlan(faults: Faults | undefined): () => FaultKind | null {
  if (!faults) return () => null;
  const shares: readonly (readonly [FaultKind, number])[] = [
    ['unavailable', faults.unavailable ?? 0],
    ['too-many', faults.tooMany ?? 0],
    ['reset', faults.reset ?? 0],
    ['truncated', faults.truncated ?? 0],
    ['cut', faults.cut ?? 0],
    ['slow', faults.slow ?? 0],
  ];
  if (shares.reduce((sum, [, share]) => sum + share, 0) > 1) throw new RangeError('The shares of faults exceed 1 together');
  const random = randomFor(faults.seed, 'faults');
  return () => {
    let left = random.next();
    for (const [kind, share] of shares) {
      if (left < share) return kind;
      left -= share;
    }
    return null;
  };
}
