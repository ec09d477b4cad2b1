import { Temporal } from 'temporal-polyfill';
import { HostBannedError, PageFetchError, RefusedByRobotsError } from '../../../common/errors.ts';
import type { PageRequest, SiteDefinition } from '../sites/site.ts';
import { isChallenge } from './challenge.ts';
import { coolDownMs, retryAfterTime } from './cool-down.ts';
import type { HostTable, Seat } from './host-table.ts';
import { hostTurns, TIMEOUT_MS } from './host-turns.ts';
import type { RealTime } from './real-time.ts';
import { robotsFor, type RobotsRules } from './robots.ts';
import { NoAnswerError, type Answer, type Transport, type TransportRequest } from './transport.ts';

/** A page that is there (2xx, whole) or is not (404, 410). `encoding` is what it was decoded from: give it to the requests of its fragments. */
export type Page = Pick<Answer, 'status' | 'text' | 'encoding'>;

/** What a reader is opened for. */
export interface ReaderTask {
  /** robots.txt is fetched once a batch. */
  readonly batch: string;
  readonly site: Pick<SiteDefinition, 'robotsSubject' | 'politeness'>;
  /** How long the invocation may still read; writing what was read comes after that. */
  readonly remainingMilliseconds: () => number;
  /** A backfill: takes a slot only while nobody waits, and never two in a row. */
  readonly inBackground: boolean;
}

/** Reads pages of one site within one invocation: robots.txt obeyed, each request in its slot, up to three tries. */
export interface PoliteReader {
  /**
   * @throws RefusedByRobotsError before any request; PageFetchError after the last try; HostBannedError when the host keeps us out;
   *   HostBusyError when the wait would outlast the invocation; RobotsUnavailableError when robots.txt cannot be had.
   */
  read(request: PageRequest): Promise<Page>;
  /** Whether robots.txt lets a URL be read. @throws RobotsUnavailableError, HostBannedError, HostBusyError */
  allows(url: string): Promise<boolean>;
  /** Requests sent so far, robots.txt included. */
  requests(): number;
}

export interface ReaderDependencies {
  readonly hosts: HostTable;
  readonly transport: Transport;
  readonly realTime: RealTime;
}

/** One request with what the kind of page wants: `bans` are the statuses by which a host keeps us out. */
interface Errand {
  readonly request: Omit<TransportRequest, 'agent'>;
  readonly delayMs: number;
  readonly bans: readonly number[];
  readonly isWhole: (text: string) => boolean;
  readonly mayRead: (url: string) => Promise<boolean>;
}

/** What came of one request. `isBan`: the host keeps us out; `isRefusal`: it does, or wants us to come again later. */
interface Sent {
  readonly answer: Answer;
  readonly seat: Seat;
  readonly isBan: boolean;
  readonly isRefusal: boolean;
}

const TRIES = 3;
const MAX_REDIRECTS = 5;
const PAGE_BANS = [403, 406, 429, 430];
/** A robots.txt that answers 4xx forbids nothing (RFC 9309). */
const ROBOTS_BANS = [429];

/**
 * Opens a reader for one invocation. Its delay is the Crawl-delay of robots.txt, or else the site's own; 0 takes seats alone.
 * An answer that keeps us out bans the host for everybody; one that names a time in reach is waited for and asked again.
 */
export function politeReader(deps: ReaderDependencies, task: ReaderTask): PoliteReader {
  const { hosts, transport, realTime } = deps;
  const { batch, remainingMilliseconds, inBackground } = task;
  const { robotsSubject: subject, politeness } = task.site;
  const turns = hostTurns(hosts, realTime, { concurrency: politeness.concurrency, remainingMilliseconds, inBackground });
  const rulesByOrigin = new Map<string, Promise<RobotsRules>>();
  let requests = 0;

  /** Has the whole host left alone when an answer asks for it. @throws HostBannedError when that lasts longer than this task. */
  async function heed(answer: Answer, host: string, seat: Seat, isBan: boolean): Promise<void> {
    const now = realTime.now();
    const named = retryAfterTime(answer.retryAfter, now);
    const until = named ?? now + coolDownMs(seat.bans + 1);
    if (named !== null) {
      await hosts.holdOff(host, named, answer.status);
      if (named - now < remainingMilliseconds()) return;
    } else if (isBan) {
      await hosts.ban(host, until, answer.status, seat);
    }
    if (isBan) throw bannedUntil(host, answer.status, until);
  }

  /** One request in its turn. */
  async function sendOnce({ request, delayMs, bans }: Errand): Promise<Sent> {
    const { host } = new URL(request.url);
    const seat = await turns.take(host, delayMs);
    let isGood = false;
    try {
      requests += 1;
      const answer = await transport.send({ ...request, agent: subject }, Math.max(1, Math.min(TIMEOUT_MS, remainingMilliseconds())));
      const isBan = bans.includes(answer.status) || isChallenge(answer);
      const isRefusal = isBan || (answer.status === 503 && answer.retryAfter !== null);
      if (isRefusal) await heed(answer, host, seat, isBan);
      isGood = !isRefusal && answer.status < 500 && bans === PAGE_BANS;
      return { answer, seat, isBan, isRefusal };
    } finally {
      await hosts.leaveSeat(host, seat, isGood);
    }
  }

  /** One request with redirects inside the host, each hop in its turn. */
  async function follow(errand: Errand): Promise<Sent> {
    let { request } = errand;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const sent = await sendOnce({ ...errand, request });
      const { status, location } = sent.answer;
      if (status < 300 || status >= 400 || location === null) return sent;
      request = redirected(request, status, location);
      if (!(await errand.mayRead(request.url))) throw new RefusedByRobotsError(`robots.txt does not let us read ${request.url}`);
    }
    throw new PageFetchError(`${errand.request.url} redirects more than ${MAX_REDIRECTS} times`);
  }

  /** Up to three tries, each in a new turn, until the host gives a final answer. */
  async function fetchPage(errand: Errand): Promise<Answer> {
    let reason = '';
    let ban: Sent | null = null;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      try {
        const sent = await follow(errand);
        const { answer, isRefusal } = sent;
        const isFinal = !isRefusal && answer.status < 500;
        if (isFinal && (answer.status >= 300 || errand.isWhole(answer.text))) return answer;
        reason = isFinal ? 'the page was cut off' : `answered ${answer.status}`;
        ban = sent.isBan ? sent : null;
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error;
        reason = error.message;
        ban = null;
      }
    }
    if (ban) {
      // It named a time each time, and meant none of them: then ours counts.
      const { host } = new URL(errand.request.url);
      const until = realTime.now() + coolDownMs(ban.seat.bans + 1);
      await hosts.ban(host, until, ban.answer.status, ban.seat);
      throw bannedUntil(host, ban.answer.status, until);
    }
    throw new PageFetchError(`${errand.request.url}: ${TRIES} tries, at last: ${reason}`);
  }

  const anything = () => true;
  const fetchRobots = (url: string, crawlDelayMs: number | null, headers: Readonly<Record<string, string>>) =>
    fetchPage({
      request: { method: 'GET', url, expects: 'any', encoding: 'utf-8', headers },
      delayMs: crawlDelayMs ?? politeness.delayMs,
      bans: ROBOTS_BANS,
      isWhole: anything,
      mayRead: () => Promise.resolve(true),
    });

  async function rules(url: string): Promise<RobotsRules> {
    const { origin } = new URL(url);
    const known = rulesByOrigin.get(origin);
    if (known && (await known).until > realTime.now()) return known;
    const access = { table: hosts, realTime, batch, subject, remainingMilliseconds, fetch: fetchRobots };
    const found = robotsFor(url, access);
    rulesByOrigin.set(origin, found);
    // A failure stands in the table, with its own term.
    void found.catch(() => rulesByOrigin.delete(origin));
    return found;
  }

  const allows = async (url: string) => (await rules(url)).allows(url);

  return {
    requests: () => requests,
    allows,
    async read({ isWhole, ...request }) {
      const robots = await rules(request.url);
      if (!robots.allows(request.url)) throw new RefusedByRobotsError(`robots.txt does not let us read ${request.url}`);
      const delayMs = robots.crawlDelayMs ?? politeness.delayMs;
      const { status, text, encoding } = await fetchPage({ request, delayMs, bans: PAGE_BANS, isWhole, mayRead: allows });
      if (status < 300 || status === 404 || status === 410) return { status, text, encoding };
      throw new PageFetchError(`${request.url} answered ${status}; open it in a browser and read the site's rules`);
    },
  };
}

function bannedUntil(host: string, status: number, time: number): HostBannedError {
  return new HostBannedError(host, status, Temporal.Instant.fromEpochMilliseconds(time));
}

/** Where a redirect leads. A form goes along only where the status says so (RFC 9110). @throws PageFetchError for another site */
function redirected(request: Errand['request'], status: number, location: string): Errand['request'] {
  const from = new URL(request.url);
  if (!URL.canParse(location, from.href)) throw new PageFetchError(`${request.url} redirects to what is no address; open it in a browser`);
  const target = new URL(location, from);
  if (target.host !== from.host)
    throw new PageFetchError(`${request.url} leads to another site, ${target.host}; set its base URL if it has moved`);
  if (status === 307 || status === 308) return { ...request, url: target.href };
  const { expects, encoding, headers } = request;
  return { method: 'GET', url: target.href, expects, encoding, ...(headers ? { headers } : {}) };
}
