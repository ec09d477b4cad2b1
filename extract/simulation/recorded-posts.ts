import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { WATCHED_MINUTES } from '../src/crawl/freshness.ts';

const lineSchema = z.object({ site: z.string(), post: z.number(), commentMinutes: z.array(z.number().nonnegative()) });

/** How the comments of a recorded post arrived: ascending minutes from its creation, no later than 72 h. */
export interface RecordedPost {
  readonly site: string;
  readonly minutes: readonly number[];
  /** When it crossed its site's threshold; null when it never did. */
  readonly crossedAt: number | null;
}

/** A post is hot from its site's 97th percentile of comments within 72 h on (data/comment-arrivals/README.md). */
const HOT_QUANTILE = 0.97;

/** Reads data/comment-arrivals/kona-fire.ndjson.gz. @throws ZodError at a line that is no recorded post. */
export function readRecording(path: string): RecordedPost[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');
  const posts = lines.map((line) => {
    const { site, commentMinutes } = lineSchema.parse(JSON.parse(line));
    return { site, minutes: commentMinutes.filter((minute) => minute <= WATCHED_MINUTES) };
  });
  const thresholds = new Map([...Map.groupBy(posts, ({ site }) => site)].map(([site, ofSite]) => [site, thresholdOf(ofSite)]));
  return posts.map((post) => ({ ...post, crossedAt: post.minutes[(thresholds.get(post.site) ?? Infinity) - 1] ?? null }));
}

/** quantile(.97, higher) of the comments within 72 h. */
function thresholdOf(posts: readonly { minutes: readonly number[] }[]): number {
  const counts = posts.map(({ minutes }) => minutes.length).sort((a, b) => a - b);
  return counts[Math.ceil(HOT_QUANTILE * (counts.length - 1))] ?? Infinity;
}
