import { FRESHNESS, type Freshness } from '../src/crawl/freshness.ts';
import { frontierOf, kneeOf } from './knee.ts';
import type { RecordedPost } from './recorded-posts.ts';
import { GRID, tryOut, type Trial } from './trial.ts';

/** Minutes between batches that are tried. The constants are the knee of the last, which is the schedule's default. */
export const SCHEDULES = [5, 10, 30] as const;
/** Every post is followed for its whole 72 hours, so requests a day are requests a post × posts a day. */
const POSTS_A_DAY = 1000;
const EVERY_BATCH: Freshness = { ...FRESHNESS, shareOfAge: 0 };

/** The table of one schedule in Markdown. */
export function trialTable(posts: readonly RecordedPost[], batchMinutes: number): string {
  const frontier = frontierOf(GRID.map((freshness) => tryOut(posts, batchMinutes, freshness)));
  const knee = kneeOf(frontier);
  const isDefault = ({ freshness }: Trial) => nameOf(freshness) === nameOf(FRESHNESS);
  const notes = (trial: Trial) => [trial === knee ? '**knee**' : '', isDefault(trial) ? 'default' : ''].filter(Boolean).join(', ');
  const rows = [
    ...frontier.map((trial) => row(nameOf(trial.freshness), trial, notes(trial))),
    ...(frontier.some(isDefault) ? [] : [row(nameOf(FRESHNESS), tryOut(posts, batchMinutes, FRESHNESS), 'default')]),
    row(`${nameOf(FRESHNESS)}, unmatched`, tryOut(posts, batchMinutes, FRESHNESS, false), `default × ${FRESHNESS.unmatchedFactor}`),
    row('every batch', tryOut(posts, batchMinutes, EVERY_BATCH), 'the least delay there is'),
  ];
  return [
    `A batch every ${batchMinutes} minutes:`,
    '',
    '| share of age, at most, for new comments | readings a post | requests a day | median | p90 | mean | |',
    '|---|--:|--:|--:|--:|--:|---|',
    ...rows,
  ].join('\n');
}

function row(name: string, { readings, requests, median, p90, delay }: Trial, note: string): string {
  const day = Math.round(requests * POSTS_A_DAY).toLocaleString('en');
  return `| ${[name, readings.toFixed(1), day, minutes(median), minutes(p90), minutes(delay), note].join(' | ')} |`;
}

function minutes(value: number): string {
  return value.toFixed(0);
}

function nameOf({ shareOfAge, longestMinutes, worthwhileComments }: Freshness): string {
  return `${shareOfAge}, ${longestMinutes / 60} h, ${worthwhileComments}`;
}
