/** Whether all that a page shows lies after the range. A page that does not exist does not. */
export type LiesAfterRange = (page: number) => Promise<boolean>;

/**
 * The last page of a list, newest first, that still lies after a range of time, or `from` when that page reaches the range already: where
 * reading begins. Gallops, then halves: about 2·log2(pages) looks instead of a page-by-page walk from today.
 */
export async function firstPageOfRange(from: number, liesAfter: LiesAfterRange): Promise<number> {
  if (!(await liesAfter(from))) return from;
  let after = from;
  let step = 1;
  while (await liesAfter(after + step)) {
    after += step;
    step *= 2;
  }
  for (let reaches = after + step; reaches - after > 1;) {
    const middle = Math.floor((after + reaches) / 2);
    if (await liesAfter(middle)) after = middle;
    else reaches = middle;
  }
  return after;
}
