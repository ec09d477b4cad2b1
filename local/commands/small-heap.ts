import { setFlagsFromString } from 'node:v8';

/** How much the old generation may grow between two collections, in percent. */
const GROWTH_PERCENT = 60;

/**
 * Has V8 collect early, from here on. A crawl keeps 20–30 MB alive and makes some megabytes of garbage a page; on a large machine V8
 * lets that pile up to 350 MB of process, against 150 MB with these two flags, for a fifth to a quarter more processor time. They say when to
 * collect and are read anew each time; they are no limit that a large page could meet.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
