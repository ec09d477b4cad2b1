import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { domainClock } from '../../common/clock.ts';
import { batchOf } from '../../common/contracts/batch.ts';
import { keywordSetsSchema } from '../../common/contracts/keyword-sets.ts';
import { keywordMatcher, keywordSetNamed, type KeywordMatcher } from '../../common/keywords.ts';
import { collectBoard } from '../../extract/src/collect/collect-board.ts';
import { lossLines, type CollectReport } from '../../extract/src/collect/collect-report.ts';
import { pageKeeper } from '../../extract/src/collect/kept-pages.ts';
import { authorHash } from '../../extract/src/crawl/author-hash.ts';
import { pageSeal } from '../../extract/src/crawl/page-seal.ts';
import { politeReader } from '../../extract/src/crawl/polite-reader.ts';
import { processHosts } from '../../extract/src/crawl/process-hosts.ts';
import { realTime } from '../../extract/src/crawl/real-time.ts';
import { httpTransport } from '../../extract/src/crawl/transport.ts';
import { definitions, siteAt } from '../../extract/src/sites/registry.ts';
import type { SiteDefinition } from '../../extract/src/sites/site.ts';
import { repository } from '../run/directories.ts';
import { UserError } from '../run/user-error.ts';
import { crawlProgress } from './crawl-progress.ts';
import type { CrawlOptions } from './crawl.ts';
import { expectServer, placeOf, type CrawlPlace } from './crawl-place.ts';
import { openTarget } from './crawl-target.ts';
import { untilStopped } from './until-stopped.ts';
import { withoutCrawlDelay } from './without-crawl-delay.ts';

/** How long a crawl waits for a site that asks for a pause; for longer, it is run again. */
const PATIENCE_MS = 10 * 60_000;

/** See `crawlCommand`. */
export async function runCrawl(options: CrawlOptions): Promise<number> {
  const definition = definitionNamed(options.site);
  if (!/^\w{1,64}$/.test(options.board)) throw new UserError(`--board ${options.board} is no board; give its name, such as national.`);
  const match = matcherOf(options.keywordSet);
  const community = options.community ? await (await import('./local-community.ts')).openLocalCommunity(options.site) : null;
  const stop = untilStopped();
  try {
    const place = placeOf(definition, community ? { ...options, baseUrl: community.baseUrl } : options);
    await expectServer(place);
    const target = await openTarget(options);
    const clock = community?.clock ?? domainClock;
    const batch = batchOf(clock.now());
    const reader = readerOf(definition, place, batch, stop.signal);
    const progress = crawlProgress(`${options.site}/${options.board}`);
    const report = await collectBoard(
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
        match,
        sink: target.sink,
        keepPages: target.putPage && pageKeeper(batch, pageSeal(target.hashKey), target.putPage),
        signal: stop.signal,
        onPost: progress.onPost,
      },
    );
    console.log(progress.summary(report, reader.requests(), target.name));
    for (const line of lossLines(report)) console.error(`  ${line}`);
    return stop.signal.aborted ? 130 : statusOf(report);
  } finally {
    stop.release();
    await community?.close();
  }
}

function statusOf({ posts }: CollectReport): number {
  return posts > 0 ? 0 : 1;
}

function readerOf({ robotsSubject }: SiteDefinition, place: CrawlPlace, batch: string, signal: AbortSignal) {
  const transport = httpTransport({ contact: place.contact, allowPrivateAddresses: place.isLocal });
  return politeReader(
    { hosts: processHosts(), transport: place.ignoresCrawlDelay ? withoutCrawlDelay(transport) : transport, realTime },
    {
      batch,
      site: { robotsSubject, politeness: place.politeness },
      remainingMilliseconds: () => (signal.aborted ? 0 : PATIENCE_MS),
      inBackground: false,
    },
  );
}

/** @throws UserError naming the sites that there are. */
function definitionNamed(name: string): SiteDefinition {
  const found = definitions.find((definition) => definition.name === name);
  if (found) return found;
  throw new UserError(`There is no site "${name}"; use one of ${definitions.map((definition) => definition.name).join(', ')}.`);
}

function matcherOf(name: string): KeywordMatcher {
  const file = readFileSync(join(repository, 'config/keyword-sets.json'), 'utf8');
  return keywordMatcher(keywordSetNamed(keywordSetsSchema.parse(JSON.parse(file)), name));
}
