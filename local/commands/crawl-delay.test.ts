import { answerOf } from '../../extract/src/crawl/reading-fixture.ts';
import type { Transport, TransportRequest } from '../../extract/src/crawl/transport.ts';
import { withLongerCrawlDelay, withoutCrawlDelay } from './crawl-delay.ts';

const request: TransportRequest = {
  method: 'GET',
  url: 'http://127.0.0.1/robots.txt',
  expects: 'any',
  encoding: 'utf-8',
  agent: 'hotpost',
};
const answering = (text: string): Transport => ({ send: () => Promise.resolve(answerOf({ text })) });
const textOf = async (transport: Transport, url = request.url) => (await transport.send({ ...request, url }, 1000)).text;

it('hides the pause of robots.txt, and nothing else of it', async () => {
  const transport = withoutCrawlDelay(answering('User-agent: *\nCrawl-Delay: 10 # seconds\nDisallow: /my'));

  expect(await textOf(transport)).toBe('User-agent: *\n\nDisallow: /my');
});

it.each([
  ['Crawl-delay: 0', 'Crawl-delay: 1.5'],
  ['crawl-delay:.5', 'crawl-delay:1.5'],
  ['Crawl-delay: 10', 'Crawl-delay: 10'],
  ['Crawl-delay: soon', 'Crawl-delay: 1.5'],
  ['Allow: /', 'Allow: /'],
])('makes of %s at least ours', async (line, expected) => {
  expect(await textOf(withLongerCrawlDelay(answering(line), 1500))).toBe(expected);
});

it('leaves every other page alone', async () => {
  expect(await textOf(withoutCrawlDelay(answering('Crawl-delay: 10')), 'http://127.0.0.1/list')).toBe('Crawl-delay: 10');
});
