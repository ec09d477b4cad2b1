import { endsWithHtml, type PageRequest } from '../sites/site.ts';
import { politeReader } from './polite-reader.ts';
import { processHosts } from './process-hosts.ts';
import { scriptedTransport, skippingTime, type Scripted } from './reading-fixture.ts';

export const START = 1_700_000_000_000;
export const whole = { text: '<html>whole</html>\n' };
export const robots = { text: 'User-agent: *\nCrawl-delay: 0.1\nDisallow: /secret\n' };

/** For tests: a reader of a scripted host, on a clock that sleeping moves; `until` is when its invocation ends. */
export function openReader(
  answers: Readonly<Record<string, readonly Scripted[]>>,
  { hosts = processHosts(), batch = 'B1', until = 60_000, delayMs = 1000, time = skippingTime(START), robotsSubject = 'hotpost' } = {},
) {
  const { transport, asked } = scriptedTransport({ '/robots.txt': [robots], ...answers }, time);
  const end = time.now() + until;
  const reader = politeReader(
    { hosts, transport, realTime: time },
    {
      batch,
      site: { robotsSubject, politeness: { delayMs, concurrency: 2 } },
      remainingMilliseconds: () => end - time.now(),
      inBackground: false,
    },
  );
  return { reader, asked, hosts, time, paths: () => asked.map(({ path }) => path) };
}

/** For tests: a page of the scripted host. */
export function page(path: string, change: Partial<PageRequest> = {}): PageRequest {
  return { method: 'GET', url: `http://127.0.0.1:9${path}`, expects: 'html', encoding: 'utf-8', isWhole: endsWithHtml, ...change };
}
