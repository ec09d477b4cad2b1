import type { Transport } from '../../extract/src/crawl/transport.ts';

/** A transport that hides what robots.txt says of pauses; for a server of one's own that is to be read at full speed. */
export function withoutCrawlDelay(transport: Transport): Transport {
  return {
    async send(request, timeoutMs) {
      const answer = await transport.send(request, timeoutMs);
      if (new URL(request.url).pathname !== '/robots.txt') return answer;
      return { ...answer, text: answer.text.replaceAll(/^\s*crawl-delay\s*:.*$/gim, '') };
    },
  };
}
