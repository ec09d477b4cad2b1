/** Tells how late an event of this process may be noticed because its loop was busy, in milliseconds. */
export interface Lateness {
  now(): number;
  stop(): void;
}

const BEAT_MS = 10;

/**
 * Watches the event loop: a beat that comes late was held up, and so was what came in meanwhile. It is noticed right after that beat, so
 * a stall counts for a short while after its end.
 */
export function watchLateness(): Lateness {
  let lastBeat = performance.now();
  let stall = { end: 0, milliseconds: 0 };
  const timer = setInterval(() => {
    const beat = performance.now();
    const milliseconds = beat - lastBeat - BEAT_MS;
    if (milliseconds > BEAT_MS) stall = { end: beat, milliseconds };
    lastBeat = beat;
  }, BEAT_MS).unref();
  return {
    now() {
      const now = performance.now();
      const sinceBeat = Math.max(0, now - lastBeat - BEAT_MS);
      return Math.ceil(now - stall.end < 3 * BEAT_MS ? stall.milliseconds + sinceBeat : sinceBeat);
    },
    stop: () => clearInterval(timer),
  };
}
