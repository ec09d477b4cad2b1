import { Temporal } from 'temporal-polyfill';
import { HostBusyError, PageFetchError, RefusedByRobotsError } from '../../../common/errors.ts';
import type { PageRequest, SiteDefinition } from '../sites/site.ts';
import type { HostTable } from './host-table.ts';
import type { RealTime } from './real-time.ts';
import { DEFAULT_DELAY_MS, robotsFor, type RobotsRules } from './robots.ts';
import { NoAnswerError, type Answer, type Transport } from './transport.ts';

/** A page that is there (2xx, whole) or is not (404, 410). `encoding` is what it was decoded from: give it to the requests of its fragments. */
export type Page = Pick<Answer, 'status' | 'text' | 'encoding'>;

/** What a reader is opened for. */
export interface ReaderTask {
  /** robots.txt is fetched once a batch. */
  readonly batch: string;
  readonly site: Pick<SiteDefinition, 'robotsSubject' | 'politeness'>;
  /** How long the invocation may still read; writing what was read comes after that. */
  readonly remainingMilliseconds: () => number;
  /** A backfill: leaves every second slot to others. */
  readonly inBackground: boolean;
}

/** Reads pages of one site within one invocation: robots.txt obeyed, each request in its slot, up to three tries. */
export interface PoliteReader {
  /**
   * @throws RefusedByRobotsError before any request; PageFetchError after the last try; HostBannedError when the host keeps us out;
   *   HostBusyError when the wait would outlast the invocation; RobotsUnavailableError when robots.txt cannot be had.
   */
  read(request: PageRequest): Promise<Page>;
  /** Whether robots.txt lets a URL be read. @throws RobotsUnavailableError, HostBusyError */
  allows(url: string): Promise<boolean>;
  /** Requests sent so far, robots.txt included. */
  requests(): number;
}

export interface ReaderDependencies {
  readonly hosts: HostTable;
  readonly transport: Transport;
  readonly realTime: RealTime;
}

const TRIES = 3;
const MAX_REDIRECTS = 5;
const TIMEOUT_MS = 20_000;
/** How late a request may leave after its slot begins: a share of the delay, a tenth of a second at most. */
const WINDOW_SHARE = 0.3;
const MAX_WINDOW_MS = 100;
/** For a 429 that names no time. */
const DEFAULT_BAN_MS = 60_000;

export function politeReader(deps: ReaderDependencies, { batch, remainingMilliseconds }: ReaderTask): PoliteReader {
  const { hosts, transport, realTime } = deps;
  const rulesByHost = new Map<string, Promise<RobotsRules>>();
  let requests = 0;

  /**
   * Waits for the next slot of the host. A slot is a short window, and the next one begins a whole delay after its end: who wakes
   * up after it takes another, so that requests of several functions never come closer than the delay.
   */
  async function waitForSlot(host: string, delayMs: number): Promise<void> {
    const windowMs = Math.min(MAX_WINDOW_MS, Math.round(delayMs * WINDOW_SHARE));
    for (let tableMs = 0; ;) {
      const asked = realTime.now();
      // A slot that begins at once would be over before the table's answer is here.
      const slot = await hosts.takeSlot(host, asked + tableMs, delayMs + windowMs);
      const wait = slot - realTime.now();
      if (Math.max(wait, 0) >= remainingMilliseconds()) throw new HostBusyError(host, Temporal.Instant.fromEpochMilliseconds(slot));
      tableMs = Math.min(MAX_WINDOW_MS, realTime.now() - asked);
      if (wait > 0) await realTime.sleep(wait);
      // Others were ahead of us: one of them may have been told to stay away meanwhile.
      if (wait > delayMs + windowMs && (await hosts.read(host)).notBefore > realTime.now()) continue;
      if (delayMs === 0 || realTime.now() <= slot + windowMs) return;
    }
  }

  /** One request in its slot, with redirects inside the host. */
  async function sendOnce(request: PageRequest, delayMs: number, mayRead: (url: string) => boolean): Promise<Answer> {
    let current = request;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const { host } = new URL(current.url);
      await waitForSlot(host, delayMs);
      requests += 1;
      const answer = await transport.send(current, Math.max(1, Math.min(TIMEOUT_MS, remainingMilliseconds())));
      if (answer.status < 300 || answer.status >= 400 || answer.location === null) return answer;

      const target = new URL(answer.location, current.url);
      if (target.host !== host)
        throw new PageFetchError(`${current.url} leads to another site, ${target.host}; set its base URL if it has moved`);
      if (!mayRead(target.href)) throw new RefusedByRobotsError(`robots.txt does not let us read ${target.href}`);
      const { expects, encoding, isWhole, headers } = request;
      current = { method: 'GET', url: target.href, expects, encoding, isWhole, ...(headers ? { headers } : {}) };
    }
    throw new PageFetchError(`${request.url} redirects more than ${MAX_REDIRECTS} times`);
  }

  /** Up to three tries, each in a new slot, until the host gives a final answer. */
  async function fetchPage(request: PageRequest, delayMs: number, mayRead: (url: string) => boolean): Promise<Page> {
    let reason = '';
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      try {
        const answer = await sendOnce(request, delayMs, mayRead);
        const ban = banOf(answer, realTime.now());
        if (ban !== null) await hosts.holdOff(new URL(request.url).host, ban);
        if (ban === null && answer.status < 500) {
          if (answer.status >= 300 || request.isWhole(answer.text)) return answer;
          reason = 'the page was cut off';
        } else {
          reason = `answered ${answer.status}`;
        }
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error;
        reason = error.message;
      }
    }
    throw new PageFetchError(`${request.url}: ${TRIES} tries, at last: ${reason}`);
  }

  const allowAll = () => true;
  const fetchRobots = async (url: string) => {
    const { crawlDelayMs } = await hosts.read(new URL(url).host);
    return fetchPage(
      { method: 'GET', url, expects: 'html', encoding: 'utf-8', isWhole: allowAll },
      crawlDelayMs ?? DEFAULT_DELAY_MS,
      allowAll,
    );
  };

  function rules(url: string): Promise<RobotsRules> {
    const { host } = new URL(url);
    const known = rulesByHost.get(host) ?? robotsFor(url, { table: hosts, realTime, batch, remainingMilliseconds, fetch: fetchRobots });
    rulesByHost.set(host, known);
    return known;
  }

  return {
    requests: () => requests,
    allows: async (url) => (await rules(url)).allows(url),
    async read(request) {
      const robots = await rules(request.url);
      if (!robots.allows(request.url)) throw new RefusedByRobotsError(`robots.txt does not let us read ${request.url}`);
      const page = await fetchPage(request, robots.delayMs, (url) => robots.allows(url));
      if (page.status < 300 || page.status === 404 || page.status === 410) return page;
      throw new PageFetchError(`${request.url} answered ${page.status}; open it in a browser and read the site's rules`);
    },
  };
}

/** Until when a host wants to be left alone (epoch ms), or null. Retry-After is seconds or an HTTP date. */
function banOf({ status, retryAfter }: Answer, now: number): number | null {
  if (status !== 429 && status !== 503) return null;
  if (retryAfter !== null && /^\d+$/.test(retryAfter.trim())) return now + Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter ?? '');
  if (!Number.isNaN(date)) return date;
  return status === 429 ? now + DEFAULT_BAN_MS : null;
}
