import { openReader, page, robots, START, whole } from './reader-fixture.ts';
import { processHosts } from './process-hosts.ts';
import { skippingTime } from './reading-fixture.ts';
import { RobotsUnavailableError } from './robots.ts';
import { NoAnswerError } from './transport.ts';

it('obeys the rules for the name of the site before those for all', async () => {
  const own = { text: 'User-agent: *\nAllow: /\n\nUser-agent: hotpost\nDisallow: /a\n' };
  const named = openReader({ '/robots.txt': [own] });
  const other = openReader({ '/robots.txt': [own] }, { robotsSubject: 'somebody' });

  expect([await named.reader.allows(page('/a').url), await named.reader.allows(page('/b').url)]).toEqual([false, true]);
  expect(await other.reader.allows(page('/a').url)).toBe(true);
});

it('knows $ and *, and takes the longest rule', async () => {
  const { reader } = openReader({ '/robots.txt': [{ text: 'User-agent: *\nDisallow: /\nAllow: /$\nAllow: /best\nDisallow: /*?*\n' }] });
  const paths = ['/', '/best', '/best2', '/best?page=2', '/car'];

  const allowed = await Promise.all(paths.map((path) => reader.allows(page(path).url)));

  expect(allowed).toEqual([true, true, true, true, false]);
});

it('is fetched once a batch for all readers of a host', async () => {
  const hosts = processHosts();
  const first = openReader({ '/a': [whole] }, { hosts });
  const second = openReader({ '/a': [whole] }, { hosts });
  const nextRun = openReader({ '/a': [whole] }, { hosts, batch: 'B2' });

  for (const { reader } of [first, second, nextRun]) await reader.read(page('/a'));

  expect([first.paths(), second.paths(), nextRun.paths()]).toEqual([['/robots.txt', '/a'], ['/a'], ['/robots.txt', '/a']]);
});

it('is fetched again after a day of the same batch, by a condition that an unchanged file answers with 304', async () => {
  const time = skippingTime(START);
  const dated = { ...robots, etag: '"1"', lastModified: 'Fri, 20 Nov 2026 05:00:00 GMT' };
  const { reader, asked, paths } = openReader({ '/robots.txt': [dated, { status: 304 }], '/a': [whole] }, { time, until: 1e9 });

  for (const hours of [23, 2, 23]) {
    await reader.read(page('/a'));
    await time.sleep(hours * 3_600_000);
  }

  expect(paths()).toEqual(['/robots.txt', '/a', '/a', '/robots.txt', '/a']);
  expect(asked[3]?.headers).toEqual({ 'If-None-Match': '"1"', 'If-Modified-Since': 'Fri, 20 Nov 2026 05:00:00 GMT' });
  expect(await reader.allows(page('/secret').url)).toBe(false);
});

it('is asked for without a condition where the host gave none', async () => {
  const hosts = processHosts();
  await openReader({}, { hosts }).reader.allows(page('/a').url);
  const { reader, asked } = openReader({}, { hosts, batch: 'B2' });

  await reader.allows(page('/a').url);

  expect(asked[0]?.headers).toEqual({});
});

it.each([
  ['a server error', { status: 503 }],
  ['no answer', new NoAnswerError('ECONNREFUSED')],
])('that gives %s lets nothing of the host be read, for the whole run', async (_, answer) => {
  const hosts = processHosts();
  const first = openReader({ '/robots.txt': [answer], '/a': [whole] }, { hosts });
  const second = openReader({ '/a': [whole] }, { hosts });

  await expect(first.reader.read(page('/a'))).rejects.toThrow(RobotsUnavailableError);
  await expect(second.reader.read(page('/a'))).rejects.toThrow(RobotsUnavailableError);

  expect([first.paths(), second.paths()]).toEqual([['/robots.txt', '/robots.txt', '/robots.txt'], []]);
});

it('that could not be had is tried again five minutes later', async () => {
  const time = skippingTime(START);
  const down = { status: 500 };
  const { reader } = openReader({ '/robots.txt': [down, down, down, robots], '/a': [whole] }, { time, until: 1e9 });
  await expect(reader.read(page('/a'))).rejects.toThrow(RobotsUnavailableError);
  await time.sleep(301_000);

  await expect(reader.read(page('/a'))).resolves.toMatchObject({ status: 200 });
});
