import { connect } from 'node:net';
import type { Politeness, SiteDefinition } from '../../extract/src/sites/site.ts';
import { UserError } from '../run/user-error.ts';
import type { CrawlOptions } from './crawl.ts';

/** Where a crawl reads, and how gently. */
export interface CrawlPlace {
  readonly baseUrl: string;
  /** On this machine: nobody is disturbed, and what is asked for goes. */
  readonly isLocal: boolean;
  readonly politeness: Politeness;
  /** The user's delay stands even against robots.txt; on this machine alone. */
  readonly ignoresCrawlDelay: boolean;
  readonly contact: string;
}

const PROBE_MS = 3000;

/** @throws UserError for a real site without a contact, or for less politeness than it asks for. */
export function placeOf(
  { name, home, politeness }: Pick<SiteDefinition, 'name' | 'home' | 'politeness'>,
  { baseUrl = home, delay, concurrency, contact }: Pick<CrawlOptions, 'baseUrl' | 'delay' | 'concurrency' | 'contact'>,
): CrawlPlace {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UserError(`--base-url ${baseUrl} is no address; give one like http://127.0.0.1:8801.`);
  const wanted = { delayMs: delay ?? politeness.delayMs, concurrency: concurrency ?? politeness.concurrency };
  const isLocal = isLoopback(url.hostname);
  if (!isLocal) {
    if (contact === undefined)
      throw new UserError(`${name} at ${url.host} is a real site: say who reads it with --contact <url or mail>, which it is told.`);
    if (wanted.delayMs < politeness.delayMs)
      throw new UserError(
        `--delay ${wanted.delayMs / 1000}: ${name} is asked once in ${politeness.delayMs / 1000} s at most; leave it out.`,
      );
    if (wanted.concurrency > politeness.concurrency)
      throw new UserError(`--concurrency ${wanted.concurrency}: ${name} is asked ${politeness.concurrency} at once at most; leave it out.`);
  }
  return {
    baseUrl,
    isLocal,
    politeness: wanted,
    ignoresCrawlDelay: isLocal && delay !== undefined,
    contact: contact ?? 'http://localhost/hotpost',
  };
}

/** @throws UserError when nothing listens at an address of this machine. */
export async function expectServer({ baseUrl, isLocal }: Pick<CrawlPlace, 'baseUrl' | 'isLocal'>): Promise<void> {
  if (!isLocal) return;
  const { hostname, port, protocol } = new URL(baseUrl);
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'https:' ? 443 : 80)) });
  const answers = await new Promise<boolean>((resolve) => {
    socket.setTimeout(PROBE_MS, () => resolve(false));
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.destroy();
  if (!answers)
    throw new UserError(
      `No server answers at ${baseUrl}. Start one there, or leave --base-url out and add --community to read the invented community.`,
    );
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
