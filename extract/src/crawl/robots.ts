import parseRobots from 'robots-parser';
import { PageFetchError, RetryableError } from '../../../common/errors.ts';
import type { HostTable, StoredRobots } from './host-table.ts';
import type { RealTime } from './real-time.ts';
import type { Answer } from './transport.ts';

/** A robots.txt that could not be had stands for the whole run, but not for a rerun of the batch later on. */
const UNREACHABLE_FOR_MS = 5 * 60_000;
/** RFC 9309, 2.4. A batch of the schedule is shorter; a collector's may last. */
const GOOD_FOR_MS = 24 * 3_600_000;
const CLAIM_MS = 20_000;
const POLL_MS = 50;
/** RFC 9309, 2.5: at least 500 KiB must be parsed. */
const MAX_TEXT = 512_000;

/** robots.txt could not be had, which means: not now (RFC 9309). Nothing of the host is read in this run. */
export class RobotsUnavailableError extends RetryableError {
  override readonly name = 'RobotsUnavailableError';
  constructor(host: string, status: number) {
    super(
      `robots.txt of ${host} ${status === 0 ? 'had no answer' : `answered ${status}`}: nothing of it is read in this run, its posts stay due`,
    );
  }
}

export interface RobotsRules {
  /** Null where the file names no Crawl-delay for us. */
  readonly crawlDelayMs: number | null;
  /** When the file must be asked for again, in epoch milliseconds. */
  readonly until: number;
  allows(url: string): boolean;
}

export interface RobotsAccess {
  readonly table: HostTable;
  readonly realTime: RealTime;
  readonly batch: string;
  /** The name that robots.txt may call us by. */
  readonly subject: string;
  readonly remainingMilliseconds: () => number;
  /** Fetches the file in its own slot. @throws PageFetchError when there is no answer. */
  readonly fetch: (
    url: string,
    crawlDelayMs: number | null,
    headers: Readonly<Record<string, string>>,
  ) => Promise<Pick<Answer, 'status' | 'text' | 'etag' | 'lastModified'>>;
}

/**
 * The rules of a URL's host, fetched once a batch by whichever function comes first, as a conditional request; the others wait for it.
 * 4xx means that all is allowed. @throws RobotsUnavailableError, and what `fetch` throws beside PageFetchError
 */
export async function robotsFor(url: string, access: RobotsAccess): Promise<RobotsRules> {
  const { host, origin } = new URL(url);
  const { table, realTime, batch } = access;
  const robotsUrl = `${origin}/robots.txt`;
  for (;;) {
    const known = await table.readRobots(host);
    const now = realTime.now();
    if (known?.batch === batch && now < endOf(known)) return rulesOf(robotsUrl, known, access.subject);
    if (access.remainingMilliseconds() <= 0) throw new RobotsUnavailableError(host, 0);
    if (await table.claimRobots(host, batch, now, now + CLAIM_MS)) {
      try {
        const found = await fetchRobots(robotsUrl, known, access);
        await table.storeRobots(host, found);
        return rulesOf(robotsUrl, found, access.subject);
      } catch (error) {
        if (!(error instanceof RobotsUnavailableError)) await table.leaveRobots(host, batch);
        throw error;
      }
    }
    await realTime.sleep(POLL_MS);
  }
}

async function fetchRobots(
  url: string,
  known: StoredRobots | null,
  { batch, subject, realTime, fetch }: RobotsAccess,
): Promise<StoredRobots> {
  const nothing = { batch, status: 0, text: '', etag: null, lastModified: null };
  try {
    const { status, text, etag, lastModified } = await fetch(url, known && crawlDelayOf(url, known, subject), conditionsOf(known));
    const fetchedAt = realTime.now();
    if (status === 304 && known) return { ...known, batch, fetchedAt };
    if (status >= 300) return { ...nothing, status, fetchedAt };
    return { batch, status, text: text.slice(0, MAX_TEXT), etag, lastModified, fetchedAt };
  } catch (error) {
    if (!(error instanceof PageFetchError)) throw error;
    return { ...nothing, fetchedAt: realTime.now() };
  }
}

function conditionsOf(known: StoredRobots | null): Record<string, string> {
  return {
    ...(known?.etag ? { 'If-None-Match': known.etag } : {}),
    ...(known?.lastModified ? { 'If-Modified-Since': known.lastModified } : {}),
  };
}

function endOf({ status, fetchedAt }: StoredRobots): number {
  return fetchedAt + (isAnswer(status) ? GOOD_FOR_MS : UNREACHABLE_FOR_MS);
}

/** 429 is no "there is no such file", though it is a 4xx. */
function isAnswer(status: number): boolean {
  return status >= 200 && status < 500 && status !== 429;
}

function rulesOf(url: string, robots: StoredRobots, subject: string): RobotsRules {
  if (!isAnswer(robots.status)) throw new RobotsUnavailableError(new URL(url).host, robots.status);
  const parsed = parseRobots(url, robots.text);
  return {
    crawlDelayMs: crawlDelayOf(url, robots, subject),
    until: endOf(robots),
    allows: (page) => parsed.isAllowed(page, subject) ?? false,
  };
}

/** The Crawl-delay of a robots.txt for us in milliseconds; null where it names none. */
export function crawlDelayOf(url: string, { text }: StoredRobots, subject: string): number | null {
  // The parser takes a Crawl-delay without a number for none at all.
  const seconds = parseRobots(url, text.replaceAll(/^\s*crawl-delay\s*:\s*(?:#.*)?$/gim, '')).getCrawlDelay(subject);
  return seconds !== undefined && Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1000) : null;
}
