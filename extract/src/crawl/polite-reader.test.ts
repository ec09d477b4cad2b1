import { PageFetchError, RefusedByRobotsError } from '../../../common/errors.ts';
import { openReader, page, robots, whole } from './reader-fixture.ts';
import { NoAnswerError } from './transport.ts';

it('never asks for what robots.txt refuses', async () => {
  const { reader, paths } = openReader({});

  await expect(reader.read(page('/secret/1'))).rejects.toThrow(RefusedByRobotsError);

  expect(paths()).toEqual(['/robots.txt']);
});

describe('between two requests to a host', () => {
  const gapOf = async (text: string, delayMs?: number) => {
    const { reader, asked } = openReader({ '/robots.txt': [{ text }], '/a': [whole] }, delayMs === undefined ? {} : { delayMs });
    await reader.read(page('/a'));
    await reader.read(page('/a'));
    const [, first = 0, second = 0] = asked.map(({ at }) => at);
    return second - first;
  };

  it.each([
    ['the Crawl-delay, even a smaller one than the site asks for', robots.text, 1000, 130],
    ['the Crawl-delay, even a larger one', 'User-agent: *\nCrawl-delay: 5\n', 1000, 5100],
    ['the delay of the site where robots.txt names none', 'User-agent: *\nAllow: /\n', 2000, 2100],
    ['the delay of the site where robots.txt names no number', 'User-agent: *\nCrawl-delay:\n', 2000, 2100],
    ['nothing where neither asks for it', 'User-agent: *\nAllow: /\n', 0, 0],
  ])('lies %s', async (_, text, delayMs, gap) => {
    expect(await gapOf(text, delayMs)).toBe(gap);
  });
});

it('says who it is, and what the fragments of a page are written in', async () => {
  const { reader, asked } = openReader({ '/a': [{ ...whole, encoding: 'cp949' }], '/b': [whole] }, { robotsSubject: 'hotpost-trial' });

  const { encoding } = await reader.read(page('/a'));
  await reader.read(page('/b', { encoding }));

  expect(asked.map((request) => [request.agent, request.encoding])).toEqual([
    ['hotpost-trial', 'utf-8'],
    ['hotpost-trial', 'utf-8'],
    ['hotpost-trial', 'cp949'],
  ]);
});

it.each([
  ['was cut off', { text: '<html>who' }],
  ['broke off', new NoAnswerError('ECONNRESET')],
  ['is a server error', { status: 502 }],
  ['is a server error without a time to wait', { status: 503 }],
])('fetches a page again that %s, each try in its own slot', async (_, fault) => {
  const { reader, asked } = openReader({ '/a': [fault, fault, whole] });

  const { text } = await reader.read(page('/a'));

  const at = asked.slice(1).map((request) => request.at);
  expect(text).toBe(whole.text);
  expect(at.map((time) => time - (at[0] ?? 0))).toEqual([0, 130, 260]);
  expect(reader.requests()).toBe(4);
});

it('gives a page up after three tries, saying why', async () => {
  const { reader, paths } = openReader({ '/a': [{ text: '<html>who' }] });

  await expect(reader.read(page('/a'))).rejects.toThrow(new PageFetchError('http://127.0.0.1:9/a: 3 tries, at last: the page was cut off'));

  expect(paths()).toHaveLength(4);
});

it.each([404, 410])('hands a %d back, which is an answer', async (status) => {
  await expect(openReader({ '/a': [{ status }] }).reader.read(page('/a'))).resolves.toMatchObject({ status });
});

it('takes other refusals of a page for final', async () => {
  const { reader, paths } = openReader({ '/a': [{ status: 451 }] });

  await expect(reader.read(page('/a'))).rejects.toThrow('answered 451');

  expect(paths()).toEqual(['/robots.txt', '/a']);
});

it('frees its seat whatever becomes of a request', async () => {
  const { reader, hosts, time } = openReader({ '/a': [new NoAnswerError('ECONNRESET')], '/b': [new TypeError('a fault of ours')] });

  await expect(reader.read(page('/a'))).rejects.toThrow(PageFetchError);
  await expect(reader.read(page('/b'))).rejects.toThrow(TypeError);

  const seats = await Promise.all([1, 2].map(() => hosts.takeSeat('127.0.0.1:9', 2, time.now(), time.now() + 1)));
  expect(seats.filter(Boolean)).toHaveLength(2);
});

describe('a redirect', () => {
  it('is followed inside the host, robots.txt asked about each', async () => {
    const { reader } = openReader({ '/a': [{ status: 302, location: '/b' }], '/b': [whole], '/c': [{ status: 301, location: '/secret' }] });

    await expect(reader.read(page('/a'))).resolves.toMatchObject({ text: whole.text });
    await expect(reader.read(page('/c'))).rejects.toThrow(RefusedByRobotsError);
  });

  it('is followed to no other site, and in no circle', async () => {
    const { reader } = openReader({
      '/a': [{ status: 302, location: 'http://other.example/' }],
      '/b': [{ status: 302, location: '/b' }],
      '/c': [{ status: 302, location: 'http://[bad' }],
    });

    await expect(reader.read(page('/a'))).rejects.toThrow('leads to another site, other.example');
    await expect(reader.read(page('/b'))).rejects.toThrow('redirects more than 5 times');
    await expect(reader.read(page('/c'))).rejects.toThrow('redirects to what is no address');
  });

  it.each([
    [302, 'GET', undefined],
    [307, 'POST', { keyword: '코나' }],
  ])('by %d asks with %s', async (status, method, form) => {
    const { reader, asked } = openReader({ '/a': [{ status, location: '/b' }], '/b': [whole] });

    await reader.read(page('/a', { method: 'POST', form: { keyword: '코나' } }));

    expect(asked.at(-1)).toMatchObject({ path: '/b', method });
    expect(asked.at(-1)?.form).toEqual(form);
  });
});
