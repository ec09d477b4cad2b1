import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';

/** Arrivals later than this are left out: nobody reads a post again after 72 hours. */
const LAST_MINUTE = 72 * 60;

const lineSchema = z.object({
  site: z.enum(['clien', 'naver_cafe']),
  post: z.number().int(),
  commentMinutes: z.array(z.number().nonnegative()),
  views: z.number().nonnegative().nullable(),
  likes: z.number().nonnegative().nullable(),
});

/** How comments of one recorded post arrived: ascending minutes from its creation (clien to 0.01, naver_cafe whole minutes). */
export interface ArrivalCurve {
  /** The post's number in the recording. */
  readonly post: number;
  readonly minutes: readonly number[];
  readonly views: number;
  readonly likes: number;
}

export interface Arrivals {
  readonly clien: readonly ArrivalCurve[];
  readonly naver_cafe: readonly ArrivalCurve[];
}

/** Reads the recording (data/comment-arrivals, gzip NDJSON). @throws Error naming the file, and the line that does not fit. */
export function readArrivals(path: string): Arrivals {
  const arrivals: Record<'clien' | 'naver_cafe', ArrivalCurve[]> = { clien: [], naver_cafe: [] };
  for (const [index, line] of readLines(path).entries()) {
    const parsed = lineSchema.safeParse(JSON.parse(line));
    if (!parsed.success) throw new Error(`${path}, line ${index + 1} is no recorded post: ${z.prettifyError(parsed.error)}`);
    const { site, post, commentMinutes, views, likes } = parsed.data;
    arrivals[site].push({ post, minutes: commentMinutes.filter((minute) => minute <= LAST_MINUTE), views: views ?? 0, likes: likes ?? 0 });
  }
  return arrivals;
}

/** The minute at which the n-th comment arrived; Infinity when there are fewer. */
export function crossing(curve: ArrivalCurve, comments: number): number {
  return curve.minutes[comments - 1] ?? Infinity;
}

/** How many comments had arrived by a minute. */
export function countBy(curve: ArrivalCurve, minute: number): number {
  return curve.minutes.filter((arrival) => arrival <= minute).length;
}

function readLines(path: string): string[] {
  try {
    return gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');
  } catch (cause) {
    throw new Error(`The recorded comment arrivals ${path} cannot be read; restore the file from the repository`, { cause });
  }
}
