import { HostBusyError, PageFetchError, RefusedByRobotsError } from '../../../common/errors.ts';
import { endsWithHtml, type PageRequest } from '../sites/site.ts';
import type { HostTable } from './host-table.ts';
import { memoryHosts, scriptedTransport, skippingTime, type Scripted } from './memory-hosts.ts';
import { politeReader } from './polite-reader.ts';
import type { RealTime } from './real-time.ts';
import { RobotsUnavailableError } from './robots.ts';
import { NoAnswerError } from './transport.ts';

const START = 1_700_000_000_000;
const whole = { text: '<html>whole</html>\n' };
const robots = { text: 'User-agent: *\nCrawl-delay: 0.1\nDisallow: /secret\n' };

function open(answers: Record<string, readonly Scripted[]>, { hosts = memoryHosts(), batch = 'B1', until = 60_000 } = {}) {
  const realTime = skippingTime(START);
  const { transport, asked } = scriptedTransport({ '/robots.txt': [robots], ...answers }, realTime);
  const reader = politeReader({ hosts, transport, realTime }, batch, () => START + until - realTime.now());
  return { reader, asked, hosts, paths: () => asked.map(({ path }) => path) };
}

function page(path: string): PageRequest {
  return { method: 'GET', url: `http://127.0.0.1:9${path}`, isWhole: endsWithHtml };
}

it('never asks for what robots.txt refuses', async () => {
  const { reader, paths } = open({});

  await expect(reader.read(page('/secret/1'))).rejects.toThrow(RefusedByRobotsError);

  expect(paths()).toEqual(['/robots.txt']);
});

it('obeys the rules for its own name before those for all', async () => {
  const own = { text: 'User-agent: *\nAllow: /\n\nUser-agent: hotpost\nDisallow: /a\n' };
  const { reader } = open({ '/robots.txt': [own] });

  expect([await reader.allows(page('/a').url), await reader.allows(page('/b').url)]).toEqual([false, true]);
});

it('keeps the crawl delay between requests, and a second where none is asked for', async () => {
  const asked = open({ '/a': [whole] });
  await asked.reader.read(page('/a'));
  await asked.reader.read(page('/a'));
  const unasked = open({ '/robots.txt': [{ status: 404 }], '/a': [whole] });
  await unasked.reader.read(page('/a'));
  await unasked.reader.read(page('/a'));

  const [, first = 0, second = 0] = asked.asked.map(({ at }) => at);
  const [, slowFirst = 0, slowSecond = 0] = unasked.asked.map(({ at }) => at);
  expect([second - first, slowSecond - slowFirst]).toEqual([130, 1100]);
});

it('never comes closer than the crawl delay, however slow the table is and however late it wakes up', async () => {
  const time = skippingTime(START);
  const hosts = memoryHosts();
  const slowHosts: HostTable = {
    ...hosts,
    async takeSlot(host, from, stepMs) {
      const slot = await hosts.takeSlot(host, from, stepMs);
      await time.sleep(40);
      return slot;
    },
  };
  const late = [0, 80, 5, 29, 31, 0, 0, 120];
  const realTime: RealTime = { now: () => time.now(), sleep: (milliseconds) => time.sleep(milliseconds + (late.shift() ?? 12)) };
  const { transport, asked } = scriptedTransport({ '/robots.txt': [robots], '/a': [whole] }, realTime);
  const read = () => politeReader({ hosts: slowHosts, transport, realTime }, 'B1', () => 60_000).read(page('/a'));

  for (let request = 0; request < 12; request += 1) await read();

  const at = asked.slice(1).map((request) => request.at);
  const gaps = at.slice(1).map((each, index) => each - (at[index] ?? 0));
  expect(gaps).toHaveLength(11);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100);
});

it('fetches robots.txt once a batch for all readers of a host', async () => {
  const hosts = memoryHosts();
  const first = open({ '/a': [whole] }, { hosts });
  const second = open({ '/a': [whole] }, { hosts });
  const nextRun = open({ '/a': [whole] }, { hosts, batch: 'B2' });

  for (const { reader } of [first, second, nextRun]) await reader.read(page('/a'));

  expect([first.paths(), second.paths(), nextRun.paths()]).toEqual([['/robots.txt', '/a'], ['/a'], ['/robots.txt', '/a']]);
});

it.each([
  ['a server error', { status: 503 }],
  ['no answer', new NoAnswerError('ECONNREFUSED')],
])('reads nothing of a host whose robots.txt gives %s, for the whole run', async (_, answer) => {
  const hosts = memoryHosts();
  const first = open({ '/robots.txt': [answer], '/a': [whole] }, { hosts });
  const second = open({ '/a': [whole] }, { hosts });

  await expect(first.reader.read(page('/a'))).rejects.toThrow(RobotsUnavailableError);
  await expect(second.reader.read(page('/a'))).rejects.toThrow(RobotsUnavailableError);

  expect([first.paths(), second.paths()]).toEqual([['/robots.txt', '/robots.txt', '/robots.txt'], []]);
});

it.each([
  ['was cut off', { text: '<html>who' }],
  ['broke off', new NoAnswerError('ECONNRESET')],
  ['is a server error', { status: 502 }],
])('fetches a page again that %s, each try in its own slot', async (_, fault) => {
  const { reader, asked } = open({ '/a': [fault, fault, whole] });

  const { text } = await reader.read(page('/a'));

  const at = asked.slice(1).map((request) => request.at);
  expect(text).toBe(whole.text);
  expect(at.map((time) => time - (at[0] ?? 0))).toEqual([0, 130, 260]);
  expect(reader.requests()).toBe(4);
});

it('gives a page up after three tries, saying why', async () => {
  const { reader, paths } = open({ '/a': [{ text: '<html>who' }] });

  await expect(reader.read(page('/a'))).rejects.toThrow(new PageFetchError('http://127.0.0.1:9/a: 3 tries, at last: the page was cut off'));

  expect(paths()).toHaveLength(4);
});

it.each([404, 410])('hands a %d back, which is an answer', async (status) => {
  await expect(open({ '/a': [{ status }] }).reader.read(page('/a'))).resolves.toMatchObject({ status });
});

it('does not try a refusal again', async () => {
  const { reader, paths } = open({ '/a': [{ status: 403 }] });

  await expect(reader.read(page('/a'))).rejects.toThrow('answered 403');

  expect(paths()).toEqual(['/robots.txt', '/a']);
});

describe('when a host asks to be left alone', () => {
  it.each([
    ['seconds', '7', 7000],
    ['a date', new Date(START + 9000).toUTCString(), 9000],
  ])('waits as long as Retry-After says in %s', async (_, retryAfter, wait) => {
    const { reader, asked } = open({ '/a': [{ status: 429, retryAfter }, whole] });

    await reader.read(page('/a'));

    const again = asked.at(-1)?.at ?? 0;
    expect(again - START).toBeGreaterThanOrEqual(wait);
    expect(again - START).toBeLessThan(wait + 1500);
  });

  it('holds every other reader off as well', async () => {
    const hosts = memoryHosts();
    const first = open({ '/a': [{ status: 503, retryAfter: '300' }] }, { hosts });
    const second = open({ '/b': [whole] }, { hosts });

    await expect(first.reader.read(page('/a'))).rejects.toThrow(HostBusyError);
    await expect(second.reader.read(page('/b'))).rejects.toThrow(HostBusyError);

    expect(second.paths()).toEqual([]);
  });
});

it('follows redirects inside the host, asking robots.txt about each', async () => {
  const { reader } = open({ '/a': [{ status: 302, location: '/b' }], '/b': [whole], '/c': [{ status: 301, location: '/secret' }] });

  await expect(reader.read(page('/a'))).resolves.toMatchObject({ text: whole.text });
  await expect(reader.read(page('/c'))).rejects.toThrow(RefusedByRobotsError);
});

it('follows no redirect to another site, and no circle', async () => {
  const { reader } = open({ '/a': [{ status: 302, location: 'http://other.example/' }], '/b': [{ status: 302, location: '/b' }] });

  await expect(reader.read(page('/a'))).rejects.toThrow('leads to another site, other.example');
  await expect(reader.read(page('/b'))).rejects.toThrow('redirects more than 5 times');
});
