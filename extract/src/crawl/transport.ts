import { lookup as resolveName, type LookupOptions } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import axios, { isAxiosError } from 'axios';
import { StopRunError } from '../../../common/errors.ts';
import type { PageEncoding, PageRequest } from '../sites/site.ts';
import { isPrivateAddress } from './private-addresses.ts';

/** One answer of a host. `retryAfter` and `location` are the headers as sent. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** What the text was decoded from. */
  readonly encoding: PageEncoding;
  readonly retryAfter: string | null;
  readonly location: string | null;
}

/** Sends one request, once. @throws NoAnswerError when no whole answer came; PrivateAddressError when the address may not be asked. */
export interface Transport {
  send(request: Omit<PageRequest, 'isWhole'>, timeoutMs: number): Promise<Answer>;
}

/** The connection broke, timed out or the body came short: the same request may succeed next time. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** A base URL leads into a private network, which nobody wants of a deployed crawler: a person must correct it. */
export class PrivateAddressError extends StopRunError {
  override readonly name = 'PrivateAddressError';
  constructor(url: string) {
    super(`${new URL(url).host} is an address of a private network; correct the base URL, or set ALLOW_PRIVATE_ADDRESSES to read it`);
  }
}

const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Asks over HTTP under our own name, with connections kept alive. Redirects are handed back, proxies of the environment unused.
 * Unless `allowPrivateAddresses`, hosts that are or resolve to addresses of private networks are refused, at the moment of connecting.
 */
export function httpTransport(options: { contact: string; allowPrivateAddresses: boolean }): Transport {
  const agentOptions = { keepAlive: true, ...(options.allowPrivateAddresses ? {} : { lookup: publicLookup }) };
  const client = axios.create({
    httpAgent: new http.Agent(agentOptions),
    httpsAgent: new https.Agent(agentOptions),
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MAX_BYTES,
    responseType: 'arraybuffer',
    validateStatus: () => true,
    headers: { 'User-Agent': `hotpost (+${options.contact})`, Accept: 'text/html, text/plain;q=0.9' },
  });

  return {
    async send({ method, url, form, headers }, timeoutMs) {
      // A literal address never goes through the look-up.
      if (!options.allowPrivateAddresses && isPrivateAddress(new URL(url).hostname)) throw new PrivateAddressError(url);
      try {
        const answer = await client.request<Buffer>({
          method,
          url,
          signal: AbortSignal.timeout(timeoutMs),
          ...(form ? { data: new URLSearchParams(form).toString() } : {}),
          headers: { ...headers, ...(form ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}) },
        });
        const header = (name: string) => (typeof answer.headers[name] === 'string' ? answer.headers[name] : null);
        return {
          status: answer.status,
          text: answer.data.toString('utf8'),
          encoding: 'utf-8',
          retryAfter: header('retry-after'),
          location: header('location'),
        };
      } catch (cause) {
        if (isAxiosError(cause) && cause.code === 'EPRIVATE') throw new PrivateAddressError(url);
        throw new NoAnswerError(isAxiosError(cause) ? (cause.code ?? cause.message) : String(cause), { cause });
      }
    },
  };
}

/** The system's look-up, failing with EPRIVATE as soon as one address is private. */
const publicLookup: LookupFunction = (hostname: string, options: LookupOptions, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    const isRefused = error === null && addresses.some(({ address }) => isPrivateAddress(address));
    const failure = isRefused ? Object.assign(new Error(`${hostname} is private`), { code: 'EPRIVATE' }) : error;
    if (failure) {
      callback(failure, '', 0);
    } else if (options.all) {
      callback(null, addresses);
    } else {
      callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
    }
  });
};
