import { LayoutChangedError } from '../../../common/errors.ts';
import type { CheerioAPI, Selection } from './page.ts';

/** The elements of a selection, each as a selection. */
export function each($: CheerioAPI, selection: Selection): Selection[] {
  return selection.toArray().map((element) => $(element));
}

/**
 * What the rows of a list say. A row that cannot be read is passed over, as long as it is an odd one out.
 * @throws LayoutChangedError of the first such row when half of the rows or more cannot be read.
 */
export function readRows<T>(rows: readonly Selection[], read: (row: Selection) => T): T[] {
  const result: T[] = [];
  const failures: LayoutChangedError[] = [];
  for (const row of rows) {
    try {
      result.push(read(row));
    } catch (error) {
      if (!(error instanceof LayoutChangedError)) throw error;
      failures.push(error);
    }
  }
  const [first] = failures;
  if (first && failures.length >= result.length) throw first;
  return result;
}
