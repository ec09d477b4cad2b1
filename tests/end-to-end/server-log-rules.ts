import parseRobots from 'robots-parser';
import type { CommunityLogEntry } from '../../local/community/server-log.ts';

/** What a site's server saw, in the order in which requests came. */
export function requestsOf(log: readonly CommunityLogEntry[], site: string): CommunityLogEntry[] {
  return log.filter((entry) => entry.site === site).sort((a, b) => arrived(a) - arrived(b));
}

/** The most requests that were under way at once. */
export function mostAtOnce(requests: readonly CommunityLogEntry[]): number {
  return Math.max(
    0,
    ...requests.map((one) => requests.filter((other) => arrived(other) <= arrived(one) && answered(other) > arrived(one)).length),
  );
}

/**
 * The shortest time between two requests that follow each other, in milliseconds. A request that a busy server may have noticed late is
 * taken to have come as early as it can have.
 */
export function shortestGap(requests: readonly CommunityLogEntry[]): number {
  return Math.min(
    Infinity,
    ...requests.slice(1).map((request, index) => {
      const before = requests[index] ?? request;
      return arrived(request) - (arrived(before) - before.late_ms);
    }),
  );
}

/**
 * Requests that came while the host had asked to be left alone (`Retry-After: 1`), save those that were under way.
 * @param graceMs how long an answer takes to reach the reader and to stop the next request; at the end of the second, too, because a busy
 *   server notes that it has answered later than the reader hears it.
 */
export function insideRetryAfter(requests: readonly CommunityLogEntry[], graceMs: number): string[] {
  const answers = requests.filter(({ status }) => status === 429).map(answered);
  return requests.flatMap((request) => {
    const after = answers
      .filter((answer) => arrived(request) - request.late_ms > answer + graceMs && arrived(request) < answer + 1000 - graceMs)
      .map((answer) => arrived(request) - answer);
    return after.length > 0 ? [`${request.path}, ${Math.min(...after)} ms after a 429`] : [];
  });
}

/** Requests that robots.txt forbids. */
export function disallowed(requests: readonly CommunityLogEntry[], baseUrl: string, robotsText: string): string[] {
  const robots = parseRobots(`${baseUrl}/robots.txt`, robotsText);
  return requests
    .filter(({ kind, path }) => kind !== 'robots' && robots.isAllowed(baseUrl + path, 'hotpost') !== true)
    .map(({ path }) => path);
}

function arrived(entry: CommunityLogEntry): number {
  return Date.parse(entry.real_time);
}

function answered(entry: CommunityLogEntry): number {
  return Date.parse(entry.answered_time);
}
