import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import axios, { isAxiosError } from 'axios';
import { PageFetchError, StopRunError } from '../../../common/errors.ts';
import type { PageEncoding, PageRequest } from '../sites/site.ts';
import { decodePage } from './charset.ts';
import { isPrivateAddress, publicLookup } from './private-addresses.ts';

/** One answer of a host. The last five are headers as sent, null when absent; `mitigated` is Cloudflare's `cf-mitigated`. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** What the text was decoded from. */
  readonly encoding: PageEncoding;
  readonly retryAfter: string | null;
  readonly location: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly mitigated: string | null;
}

/** `agent` is the name we ask under. `any` takes every content type: robots.txt comes as all sorts. */
export interface TransportRequest extends Omit<PageRequest, 'isWhole' | 'expects'> {
  readonly expects: PageRequest['expects'] | 'any';
  readonly agent: string;
}

/**
 * Sends one request, once. @throws NoAnswerError when no whole answer came; PageFetchError when it is too large or of a type that was
 * not expected; PrivateAddressError when the address may not be asked.
 */
export interface Transport {
  send(request: TransportRequest, timeoutMs: number): Promise<Answer>;
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

/** Of an answer as sent, and again after decompression. The largest real pages have half a megabyte. */
const MAX_BYTES = 8 * 1024 * 1024;

const ACCEPT = {
  html: 'text/html, application/xhtml+xml, text/plain;q=0.9',
  json: 'application/json, text/plain;q=0.9, text/html;q=0.8',
  any: '*/*',
};
const FITTING = {
  html: /^(?:text\/|application\/xhtml\+xml)/i,
  json: /^(?:text\/|application\/(?:[\w.-]+\+)?json)/i,
  any: /^/,
};

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
    // As a stream, so that an answer of the wrong type or size is dropped at its headers; bodyOf holds the limit.
    responseType: 'stream',
    validateStatus: () => true,
  });

  return {
    async send({ method, url, form, headers, expects, encoding, agent }, timeoutMs) {
      // A literal address never goes through the look-up.
      if (!options.allowPrivateAddresses && isPrivateAddress(new URL(url).hostname)) throw new PrivateAddressError(url);
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const answer = await client.request<Readable>({
          method,
          url,
          signal,
          ...(form ? { data: new URLSearchParams(form).toString() } : {}),
          headers: {
            'User-Agent': `${agent} (+${options.contact})`,
            Accept: ACCEPT[expects],
            ...(form ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
            ...headers,
          },
        });
        const header = (name: string) => (typeof answer.headers[name] === 'string' ? answer.headers[name] : null);
        const contentType = header('content-type');
        if (answer.status >= 200 && answer.status < 300 && contentType !== null && !FITTING[expects].test(contentType)) {
          answer.data.destroy();
          throw new PageFetchError(`${url} is ${contentType}, not ${expects}; correct the address, or what the site's request expects`);
        }
        const bytes = await bodyOf(answer.data, Number(header('content-length') ?? 0), url);
        return {
          status: answer.status,
          ...decodePage(bytes, contentType, encoding),
          retryAfter: header('retry-after'),
          location: header('location'),
          etag: header('etag'),
          lastModified: header('last-modified'),
          mitigated: header('cf-mitigated'),
        };
      } catch (cause) {
        if (cause instanceof PageFetchError) throw cause;
        if (isAxiosError(cause) && cause.code === 'EPRIVATE') throw new PrivateAddressError(url);
        throw new NoAnswerError(signal.aborted ? `no whole answer within ${timeoutMs} ms` : reasonOf(cause), { cause });
      }
    },
  };
}

/** All bytes of an answer. @throws PageFetchError as soon as they are too many; the stream's own error when it breaks off. */
async function bodyOf(stream: Readable, announced: number, url: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = announced;
  if (size <= MAX_BYTES) {
    size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BYTES) break;
      chunks.push(chunk);
    }
  }
  if (size > MAX_BYTES) {
    stream.destroy();
    throw new PageFetchError(`${url} is larger than ${MAX_BYTES} bytes; it is no page that we know`);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.message : String(cause);
}
