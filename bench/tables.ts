import type { Measurement } from './measure-crawler.ts';

type Measurements = ReadonlyMap<string, readonly Measurement[]>;
interface Truth {
  readonly posts: number;
  readonly comments: number;
}

const REFERENCE = 'Scrapy';
const MEBIBYTE = 1024 * 1024;

/** Medians of each crawler as a Markdown table; a page is a list page, a post or a fragment of comments. */
export function costTable({ measurements }: { measurements: Measurements }): string {
  const perPage = (runs: readonly Measurement[]) => median(runs.map(({ cpuSeconds, requests }) => (cpuSeconds / requests) * 1000));
  const reference = perPage(measurements.get(REFERENCE) ?? []);
  return table(
    ['', 'CPU s', 'CPU ms a page', `of ${REFERENCE}'s`, 'peak memory', 'wall s', 'requests', 'posts', 'comments'],
    [...measurements].map(([name, runs]) => [
      name,
      median(runs.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2),
      perPage(runs).toFixed(1),
      `${(perPage(runs) / reference).toFixed(2)} ×`,
      `${(median(runs.map(({ peakBytes }) => peakBytes)) / MEBIBYTE).toFixed(0)} MiB`,
      median(runs.map(({ wallSeconds }) => wallSeconds)).toFixed(1),
      String(median(runs.map(({ requests }) => requests))),
      String(median(runs.map(({ posts }) => posts))),
      String(median(runs.map(({ comments }) => comments))),
    ]),
  );
}

/** What each crawler lost of what there was. */
export function lossTable(measurements: Measurements, truth: Truth): string {
  return table(
    ['', 'requests', 'posts lost', 'comments lost', 'of all comments'],
    [...measurements].map(([name, runs]) => [
      name,
      String(median(runs.map(({ requests }) => requests))),
      String(truth.posts - median(runs.map(({ posts }) => posts))),
      String(truth.comments - median(runs.map(({ comments }) => comments))),
      `${((1 - median(runs.map(({ comments }) => comments)) / truth.comments) * 100).toFixed(1)} %`,
    ]),
  );
}

/** The middle one; of an even number the lower of the two, so that it was measured. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** A Markdown table; figures to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
