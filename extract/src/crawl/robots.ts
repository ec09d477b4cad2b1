import parseRobots from 'robots-parser';
import { PageFetchError, RetryableError } from '../../../common/errors.ts';
import type { Answer } from './transport.ts';
import type { HostTable, StoredRobots } from './host-table.ts';
import type { RealTime } from './real-time.ts';

/** The name that robots.txt may call us by. */
const AGENT = 'hotpost';
/** Pause between two requests where robots.txt asks for none. */
export const DEFAULT_DELAY_MS = 1000;
/** A robots.txt that could not be had stands for the whole run, but not for a rerun of the batch later on. */
const UNREACHABLE_FOR_MS = 5 * 60_000;
const CLAIM_MS = 20_000;
const POLL_MS = 50;
/** An item of the table holds 400 KB; real files have a few. */
const MAX_TEXT = 100_000;

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
  readonly delayMs: number;
  allows(url: string): boolean;
}

export interface RobotsAccess {
  readonly table: HostTable;
  readonly realTime: RealTime;
  readonly batch: string;
  readonly remainingMilliseconds: () => number;
  /** Fetches the file in its own slot. @throws PageFetchError when there is no answer. */
  fetch(url: string): Promise<Pick<Answer, 'status' | 'text'>>;
}

/**
 * The rules of a URL's host, fetched once a batch by whichever function comes first; the others wait for it.
 * 4xx means that all is allowed. @throws RobotsUnavailableError
 */
export async function robotsFor(url: string, access: RobotsAccess): Promise<RobotsRules> {
  const { host, origin } = new URL(url);
  const robotsUrl = `${origin}/robots.txt`;
  for (;;) {
    const { robots } = await access.table.read(host);
    if (robots?.batch === access.batch && isValid(robots, access.realTime.now())) return rulesOf(robotsUrl, host, robots);

    const now = access.realTime.now();
    if (access.remainingMilliseconds() <= 0) throw new RobotsUnavailableError(host, 0);
    if (await access.table.claimRobots(host, access.batch, now, now + CLAIM_MS)) {
      const found = await fetchRobots(robotsUrl, access);
      await access.table.storeRobots(host, found, delayOf(robotsUrl, found));
      return rulesOf(robotsUrl, host, found);
    }
    await access.realTime.sleep(POLL_MS);
  }
}

async function fetchRobots(url: string, access: RobotsAccess): Promise<StoredRobots> {
  try {
    const { status, text } = await access.fetch(url);
    return { batch: access.batch, status, text: status < 300 ? text.slice(0, MAX_TEXT) : '', fetchedAt: access.realTime.now() };
  } catch (error) {
    if (!(error instanceof PageFetchError)) throw error;
    return { batch: access.batch, status: 0, text: '', fetchedAt: access.realTime.now() };
  }
}

function isValid(robots: StoredRobots, now: number): boolean {
  return isAnswer(robots.status) || now - robots.fetchedAt < UNREACHABLE_FOR_MS;
}

/** 429 is no "there is no such file", though it is a 4xx. */
function isAnswer(status: number): boolean {
  return status >= 200 && status < 500 && status !== 429;
}

function rulesOf(url: string, host: string, robots: StoredRobots): RobotsRules {
  if (!isAnswer(robots.status)) throw new RobotsUnavailableError(host, robots.status);
  const parsed = parseRobots(url, robots.text);
  return { delayMs: delayOf(url, robots), allows: (page) => parsed.isAllowed(page, AGENT) ?? false };
}

function delayOf(url: string, robots: StoredRobots): number {
  const seconds = parseRobots(url, robots.text).getCrawlDelay(AGENT);
  return seconds !== undefined && Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1000) : DEFAULT_DELAY_MS;
}
