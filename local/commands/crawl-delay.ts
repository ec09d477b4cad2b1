import type { Transport } from '../../extract/src/crawl/transport.ts';

/** Seconds, where robots.txt names them. */
const CRAWL_DELAY = /^(\s*crawl-delay\s*:\s*)(\d+(?:\.\d+)?|\.\d+)?.*$/gim;

/** A transport that hides what robots.txt says of pauses; for a server of one's own that is to be read at full speed. */
export function withoutCrawlDelay(transport: Transport): Transport {
  return rewritingRobots(transport, (text) => text.replaceAll(CRAWL_DELAY, ''));
}

/** A transport by which robots.txt asks for no shorter pause than this; where it asks for none at all, the site's own holds anyway. */
export function withLongerCrawlDelay(transport: Transport, leastMs: number): Transport {
  return rewritingRobots(transport, (text) =>
    text.replaceAll(CRAWL_DELAY, (_line, name: string, seconds = '0') => `${name}${Math.max(Number(seconds), leastMs / 1000)}`),
  );
}

function rewritingRobots(transport: Transport, rewrite: (text: string) => string): Transport {
  return {
    async send(request, timeoutMs) {
      const answer = await transport.send(request, timeoutMs);
      return new URL(request.url).pathname === '/robots.txt' ? { ...answer, text: rewrite(answer.text) } : answer;
    },
  };
}
