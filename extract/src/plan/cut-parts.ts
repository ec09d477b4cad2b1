import type { PartKey } from '../../../common/contracts/plan.ts';

/** The plan travels in the state machine's data, which stays below 32 KiB with its other contents (tests/templates). */
const MAX_BYTES = 24 * 1024;

/** How many entries of a plan fit into the state machine's data, the longest names taken for each. */
export function partsThatFit(sites: readonly string[], functions: readonly string[]): number {
  const longest = (names: readonly string[]) => names.reduce((a, b) => (b.length > a.length ? b : a), '');
  const site = longest(sites);
  const entry: PartKey & { function: string } = { site, part: `${site}-0000`, function: longest(functions) };
  return Math.floor(MAX_BYTES / (JSON.stringify(entry).length + 1));
}

/** Deals a total out in turn, one at a time, to those who still want: how many each gets. */
export function fairShares(wanted: readonly number[], total: number): number[] {
  const shares = wanted.map(() => 0);
  for (let left = total, isOpen = true; left > 0 && isOpen;) {
    isOpen = false;
    for (const [index, want] of wanted.entries()) {
      const share = shares[index] ?? 0;
      if (share >= want || left === 0) continue;
      shares[index] = share + 1;
      left -= 1;
      isOpen = true;
    }
  }
  return shares;
}

/** Takes one of each list in turn. */
export function roundRobin<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1))).flat();
}

/** Cuts into ceil(n / size) pieces. Pieces are worked on side by side, so what comes first in the list comes first in every piece. */
export function cutInto<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, piece) => items.filter((_item, position) => position % count === piece));
}
