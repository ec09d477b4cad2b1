import type { HotPostReport } from '../report-data.ts';
import { batchInstant, seoulClock } from '../seoul-time.ts';
import { padToWidth, printable, textWidth } from './text-width.ts';

interface Column {
  readonly heading: string;
  readonly side: 'left' | 'right';
  readonly text: (post: HotPostReport) => string;
  /** Columns at most; no limit when absent. */
  readonly most?: number;
}

const TITLE = 'Post';
const GAP = '  ';
const LEAST_TITLE = 16;

const COLUMNS: readonly Column[] = [
  { heading: 'Level', side: 'left', text: (post) => post.level },
  { heading: TITLE, side: 'left', text: (post) => `${post.isGone ? '(gone) ' : ''}${post.title || `(no title, ${post.postId})`}` },
  { heading: 'Site', side: 'left', text: (post) => post.site, most: 12 },
  { heading: 'Comments/K', side: 'right', text: (post) => `${post.commentsSeen}/${post.threshold}` },
  { heading: 'Impact', side: 'right', text: (post) => `${post.impact >= 0 ? '+' : '-'}${Math.abs(post.impact).toFixed(2)}` },
  { heading: 'Prob.', side: 'right', text: (post) => `${Math.round(post.probability * 100)}%` },
  { heading: 'Keywords', side: 'left', text: (post) => post.keywords.join(', '), most: 18 },
  { heading: 'Alerted', side: 'left', text: (post) => firstAlert(post) },
];

/** Hot posts as a table for a terminal of `width` columns; the title gives way first. One line when there is none. */
export function renderHotTable(posts: readonly HotPostReport[], width = 100): string {
  if (posts.length === 0) return 'No hot post.';
  const rows = posts.map((post) => COLUMNS.map((column) => printable(column.text(post))));
  const needed = COLUMNS.map(({ heading, most = Infinity }, index) =>
    Math.min(most, Math.max(heading.length, ...rows.map((row) => textWidth(row[index] ?? '')))),
  );
  const title = COLUMNS.findIndex(({ heading }) => heading === TITLE);
  const others = needed.reduce((sum, columns, index) => (index === title ? sum : sum + columns), GAP.length * (COLUMNS.length - 1));
  const widths = needed.map((columns, index) => (index === title ? Math.min(columns, Math.max(LEAST_TITLE, width - others)) : columns));

  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => padToWidth(cell, widths[index] ?? 0, COLUMNS[index]?.side))
      .join(GAP)
      .trimEnd();
  const rule = widths.map((columns) => '─'.repeat(columns)).join(GAP);
  return [line(COLUMNS.map(({ heading }) => heading)), rule, ...rows.map(line)].join('\n');
}

function firstAlert({ alertedAt }: HotPostReport): string {
  const first = alertedAt[0];
  return first ? seoulClock(batchInstant(first.batch)) : '–';
}
