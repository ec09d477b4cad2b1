import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { givenContact, pageCount, seconds, workerCount } from './crawl-arguments.ts';
import { keepHeapSmall } from './small-heap.ts';

export interface CrawlOptions {
  readonly site: string;
  readonly board: string;
  readonly baseUrl?: string;
  /** Serve the invented community and crawl that. */
  readonly community: boolean;
  readonly pages: number | 'all';
  readonly concurrency?: number;
  /** Milliseconds between the beginnings of two requests. */
  readonly delay?: number;
  readonly contact?: string;
  readonly keywordSet: string;
  /** A file of NDJSON; either this or `to`. */
  readonly out?: string;
  /** `s3://<data bucket>` */
  readonly to?: string;
  /** The folder for the pages as fetched, sealed; null keeps none. Only with `out`: with `to` they go to the bucket. */
  readonly keepPages?: string | false;
}

const AFTER_HELP = `
Records are lines {"type":"post"|"comment", …} of common/contracts/records.ts, appended as they arrive. Names of people are hashed with the
key in HOTPOST_AUTHOR_HASH_KEY, or with one that is made once for this checkout. Pages are kept as fetched, encrypted with the same key.

--to is the collector: a scheduled run takes what it brings. It needs the deployment's own key, so that hashes agree:
  export HOTPOST_AUTHOR_HASH_KEY=$(aws secretsmanager get-secret-value --secret-id <AuthorHashSecret of the Extract stack> --query SecretString --output text)

A real site is read no faster than its declaration and its robots.txt say, under your --contact. Against 127.0.0.1 --delay and --concurrency
are free. Without a site to read: npm start -- crawl --community --site bobaedream --board national --out records.ndjson`;

/** Declares `crawl`. What it needs is loaded when it runs. */
export function registerCrawl(program: Command): void {
  program
    .command('crawl')
    .description('scrape one board into a file, or for a scheduled run; nothing else runs')
    .requiredOption('--site <name>', 'the community, such as bobaedream')
    .requiredOption('--board <name>', 'the board as its address names it, such as national')
    .option('--base-url <url>', 'where to read it instead of the site itself')
    .addOption(new Option('--community', 'serve the invented community meanwhile, and read that').default(false).conflicts('baseUrl'))
    .addOption(new Option('--pages <number>', 'pages of the list, or all').default(1).argParser(pageCount))
    .addOption(new Option('--concurrency <number>', 'posts read at once (default: what the site allows)').argParser(workerCount))
    .addOption(new Option('--delay <seconds>', 'between two requests (default: what the site asks for)').argParser(seconds))
    .addOption(new Option('--contact <url or mail>', 'who reads, told to the site').argParser(givenContact))
    .option('--keyword-set <name>', 'whose keywords are marked in the records, of config/keyword-sets.json', 'default')
    .addOption(new Option('--out <file>', 'append the records here').conflicts('to'))
    .option('--to <s3://bucket>', 'bring the records to a deployment: s3://<data bucket>')
    .option('--keep-pages <folder>', 'keep the pages here, sealed (default: beside --out)')
    .option('--no-keep-pages', 'keep no pages')
    .addHelpText('after', AFTER_HELP)
    .action(async (options: CrawlOptions) => {
      process.exitCode = await crawlCommand(options);
    });
}

/**
 * Scrapes a board. Returns the exit status: 1 when nothing at all could be read, 130 when it was told to stop.
 * @throws UserError for options that do not go together, and for a base URL where nothing answers.
 */
export async function crawlCommand(options: CrawlOptions): Promise<number> {
  keepHeapSmall();
  // Stripping and compiling is a third of what a short crawl costs.
  enableCompileCache(join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'hotpost', 'compiled'));
  const { runCrawl } = await import('./run-crawl.ts');
  return runCrawl(options);
}
