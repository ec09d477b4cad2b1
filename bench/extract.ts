import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { repository } from '../local/run/directories.ts';
import { BOARD } from './bench-board.ts';
import { openBoard } from './board-process.ts';
import { installPeers } from './install-peers.ts';
import { measureCrawler, type Crawler, type Measurement } from './measure-crawler.ts';
import { costTable, lossTable } from './tables.ts';

// npm run bench:extract [-- --posts 300 --rounds 5 --at-once 4 --threads real|short --cut 0.05]: our crawl command, Scrapy and Crawlee on the same board.
const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '300' },
    rounds: { type: 'string', default: '5' },
    'at-once': { type: 'string', default: '4' },
    threads: { type: 'string', default: 'real' },
    cut: { type: 'string', default: '0.05' },
  },
});
const count = z.coerce.number().int().min(1);
const [posts, rounds, atOnce] = [count.parse(values.posts), count.parse(values.rounds), values['at-once']];
const cut = z.coerce.number().min(0).max(0.5).parse(values.cut);
const threads = z.enum(['real', 'short']).parse(values.threads);
const python = z.object({ system: z.string() }).safeParse(JSON.parse(process.env['HOTPOST_PYTHONS'] ?? '{}')).data?.system ?? 'python3';

const { scrapyPython, crawleeFolder } = await installPeers(python);
const peer = (name: string) => join(import.meta.dirname, 'peers', name);
const crawlers: readonly Crawler[] = [
  { name: 'hotpost crawl', folder: repository, command: ourCommand },
  {
    name: 'Scrapy',
    folder: repository,
    command: (url, output) => [scrapyPython, peer('scrapy_board.py'), url, BOARD, output, atOnce],
  },
  {
    name: 'Crawlee (Cheerio)',
    folder: crawleeFolder,
    command: (url, output) => [process.execPath, peer('crawlee-board.mjs'), url, BOARD, output, atOnce],
  },
];

console.log(`${posts} posts, ${rounds} rounds in turns, ${atOnce} requests at once`);
const whole = await measureAll(0, rounds);
console.log(`\n${costTable(whole)}`);
const cutOff = await measureAll(cut, 1);
console.log(`\nWith ${cut * 100} % of the pages cut off in their middle as if they were whole:\n${lossTable(cutOff.measurements, cutOff)}`);
// The others say nothing of it.
console.log(`\nhotpost crawl says:\n${cutOff.measurements.get('hotpost crawl')?.[0]?.said ?? ''}`);

function ourCommand(url: string, output: string): readonly string[] {
  const options = `--site bobaedream --board ${BOARD} --pages all --delay 0 --concurrency ${atOnce}`.split(' ');
  const flags = ['--disable-warning=ExperimentalWarning'];
  return [process.execPath, ...flags, join(repository, 'local/cli.ts'), 'crawl', ...options, '--base-url', url, '--out', output];
}

/** Every crawler in each round, so that what else the machine does falls on all of them; each round begins with another one. */
async function measureAll(cutShare: number, times: number) {
  const board = await openBoard({ posts, threads, cut: cutShare });
  const measurements = new Map<string, Measurement[]>(crawlers.map(({ name }) => [name, []]));
  try {
    for (let round = 0; round < times; round += 1) {
      for (let turn = 0; turn < crawlers.length; turn += 1) {
        const crawler = crawlers[(round + turn) % crawlers.length];
        if (crawler) measurements.get(crawler.name)?.push(await measureCrawler(crawler, board, python));
      }
    }
  } finally {
    await board.close();
  }
  return { measurements, posts: board.posts, comments: board.comments };
}
