import type { WarehouseRow } from '../../common/warehouse.ts';
import { padToWidth, printable, textWidth } from '../report/terminal/text-width.ts';

const MOST_COLUMNS = 60;
const GAP = '  ';

/** Rows as a table for a terminal; texts are cut to 60 columns. One line when there is none. */
export function renderRows(rows: readonly WarehouseRow[]): string {
  const [first] = rows;
  if (first === undefined) return '(no row)';
  const names = Object.keys(first);
  const cells = rows.map((row) => names.map((name) => printable(row[name] === null ? '' : String(row[name]))));
  const widths = names.map((name, column) =>
    Math.min(MOST_COLUMNS, Math.max(name.length, ...cells.map((row) => textWidth(row[column] ?? '')))),
  );
  const isNumber = names.map((name) => rows.some((row) => typeof row[name] === 'number'));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => padToWidth(cell, widths[column] ?? 0, isNumber[column] ? 'right' : 'left'))
      .join(GAP)
      .trimEnd();
  const count = `(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`;
  return [line(names), widths.map((width) => '─'.repeat(width)).join(GAP), ...cells.map(line), count].join('\n');
}
