import { domainClock, type Clock } from '../../common/clock.ts';
import { batchOf } from '../../common/contracts/batch.ts';
import { StopRunError } from '../../common/errors.ts';
import { collectBoard } from '../../extract/src/collect/collect-board.ts';
import { lossLines, type CollectReport } from '../../extract/src/collect/collect-report.ts';
import { pageKeeper } from '../../extract/src/collect/kept-pages.ts';
import { authorHash } from '../../extract/src/crawl/author-hash.ts';
import { pageSeal } from '../../extract/src/crawl/page-seal.ts';
import { politeReader } from '../../extract/src/crawl/polite-reader.ts';
import { processHosts } from '../../extract/src/crawl/process-hosts.ts';
import { realTime } from '../../extract/src/crawl/real-time.ts';
import { httpTransport } from '../../extract/src/crawl/transport.ts';
import { siteAt } from '../../extract/src/sites/registry.ts';
import type { SiteDefinition } from '../../extract/src/sites/site.ts';
import { UserError } from '../run/user-error.ts';
import { withLongerCrawlDelay, withoutCrawlDelay } from './crawl-delay.ts';
import { expectServer, placeOf, type CrawlPlace } from './crawl-place.ts';
import { crawlProgress } from './crawl-progress.ts';
import { openTarget } from './crawl-target.ts';
import type { CrawlOptions } from './crawl.ts';
import { keywordsOfSet } from './keywords-of-set.ts';
import { siteNamed } from './site-named.ts';
import { untilStopped } from './until-stopped.ts';

/** How long a crawl waits for a site that asks for a pause; for longer, it is run again. */
const PATIENCE_MS = 10 * 60_000;

interface Crawl {
  readonly definition: SiteDefinition;
  readonly place: CrawlPlace;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** See `crawlCommand`. */
export async function runCrawl(options: CrawlOptions): Promise<number> {
  const definition = siteNamed(options.site);
  if (!/^\w{1,64}$/.test(options.board)) throw new UserError(`--board ${options.board} is no board; give its name, such as national.`);
  const community = options.community ? await (await import('./local-community.ts')).openLocalCommunity(options.site) : null;
  const stop = untilStopped();
  try {
    const place = placeOf(definition, community ? { ...options, baseUrl: community.baseUrl } : options);
    await expectServer(place);
    const report = await crawl(options, { definition, place, clock: community?.clock ?? domainClock, signal: stop.signal });
    for (const line of lossLines(report)) console.error(`  ${line}`);
    if (stop.signal.aborted) return 130;
    return report.posts > 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof StopRunError) throw new UserError(error.message);
    throw error;
  } finally {
    stop.release();
    await community?.close();
  }
}

async function crawl(options: CrawlOptions, { definition, place, clock, signal }: Crawl): Promise<CollectReport> {
  const watch = keywordsOfSet(options.keywordSet);
  const target = await openTarget(options);
  const batch = batchOf(clock.now());
  const reader = politeReader(
    { hosts: processHosts(), transport: transportTo(place), realTime },
    {
      batch,
      site: { robotsSubject: definition.robotsSubject, politeness: place.politeness },
      remainingMilliseconds: () => (signal.aborted ? 0 : PATIENCE_MS),
      inBackground: false,
    },
  );
  const progress = crawlProgress(`${options.site}/${options.board}`);
  const collecting = collectBoard(
    {
      site: siteAt(definition, place.baseUrl),
      board: options.board,
      pages: options.pages,
      workers: place.politeness.concurrency,
    },
    {
      reader,
      clock,
      authorHash: authorHash(target.hashKey),
      watch,
      sink: target.sink,
      keepPages: target.putPage && pageKeeper(batch, pageSeal(target.hashKey), target.putPage),
      signal,
      onPost: (report) => progress.onPost(report),
    },
  );
  const report = await collecting.catch((error: unknown) => {
    const code = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    throw new UserError(`${target.name} or the pages beside it cannot be written any more (${code}); what was read before is kept.`);
  });
  console.log(progress.summary(report, reader.requests(), target.name));
  return report;
}

function transportTo({ contact, isLocal, ignoresCrawlDelay, politeness }: CrawlPlace) {
  const transport = httpTransport({ contact, allowPrivateAddresses: isLocal });
  if (ignoresCrawlDelay) return withoutCrawlDelay(transport);
  return isLocal ? transport : withLongerCrawlDelay(transport, politeness.delayMs);
}
