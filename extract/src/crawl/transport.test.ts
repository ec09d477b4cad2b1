import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { PageFetchError } from '../../../common/errors.ts';
import { answerOf } from './reading-fixture.ts';
import { httpTransport, NoAnswerError, PrivateAddressError, type TransportRequest } from './transport.ts';

let server: Server;

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const transport = httpTransport({ contact: 'https://team.example/bot', allowPrivateAddresses: true });
const get = (url: string, change: Partial<TransportRequest> = {}): TransportRequest => ({
  method: 'GET',
  url,
  expects: 'html',
  encoding: 'utf-8',
  agent: 'hotpost',
  ...change,
});

it('asks under its own name and posts forms as browsers do', async () => {
  const url = await serve(({ method, headers }, response) => {
    response.setHeader('Content-Type', 'text/plain');
    response.end(`${method} ${headers['user-agent']} ${headers.referer} ${headers['content-type']} ${headers['content-length']}`);
  });

  const answer = await transport.send(
    get(url, { method: 'POST', form: { keyword: '코나', page: '1' }, headers: { Referer: 'http://a/' }, agent: 'hotpost-trial' }),
    2000,
  );

  expect(answer.text).toBe('POST hotpost-trial (+https://team.example/bot) http://a/ application/x-www-form-urlencoded 33');
});

it('keeps its connection for the next request', async () => {
  const ports: (number | undefined)[] = [];
  const url = await serve(({ socket }, response) => {
    ports.push(socket.remotePort);
    response.end('가'.repeat(70_000));
  });

  for (let request = 0; request < 3; request += 1) await transport.send(get(url), 2000);

  expect(new Set(ports).size).toBe(1);
});

it('hands back status, redirects and what the host says about waiting and changes', async () => {
  const headers = { Location: '/b', 'Retry-After': '3', ETag: 'W/"1"', 'Last-Modified': 'yesterday', 'cf-mitigated': 'challenge' };
  const url = await serve((_, response) => response.writeHead(302, headers).end());

  expect(await transport.send(get(url), 2000)).toEqual(
    answerOf({ status: 302, location: '/b', retryAfter: '3', etag: 'W/"1"', lastModified: 'yesterday', mitigated: 'challenge' }),
  );
});

it('decodes by the header of the answer', async () => {
  const url = await serve((_, response) =>
    response.setHeader('Content-Type', 'text/html; charset=euc-kr').end(iconv.encode('뷁', 'cp949')),
  );

  expect(await transport.send(get(url), 2000)).toMatchObject({ text: '뷁', encoding: 'cp949' });
});

describe('an answer that is none', () => {
  it.each<[string, RequestListener]>([
    ['comes short', (_, response) => response.writeHead(200, { 'Content-Length': 100 }).write('<html>', () => response.destroy())],
    ['is reset', (request) => request.socket.destroy()],
    ['takes too long to begin', () => undefined],
    ['takes too long to end', (_, response) => response.writeHead(200, { 'Content-Length': 100 }).write('<html>')],
    ['is no gzip though it says so', (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('<html>')],
  ])('%s', async (_, listener) => {
    const url = await serve(listener);

    await expect(transport.send(get(url), 300)).rejects.toThrow(NoAnswerError);
  });
});

describe('an answer that is no page', () => {
  const type =
    (contentType: string): RequestListener =>
    (_, response) =>
      response.setHeader('Content-Type', contentType).end('{}');

  it.each<['html' | 'json', string]>([
    ['html', 'image/png'],
    ['html', 'application/json'],
    ['html', 'application/octet-stream'],
    ['json', 'image/gif'],
    ['json', 'application/pdf'],
  ])('is refused where %s is expected: %s', async (expects, contentType) => {
    const url = await serve(type(contentType));

    await expect(transport.send(get(url, { expects }), 2000)).rejects.toThrow(`${url} is ${contentType}, not ${expects}`);
    await expect(transport.send(get(url, { expects }), 2000)).rejects.toThrow(PageFetchError);
  });

  it.each<['html' | 'json' | 'any', string]>([
    ['html', 'text/html; charset=utf-8'],
    ['html', 'Application/XHTML+xml'],
    ['html', 'text/plain'],
    ['json', 'application/json'],
    ['json', 'application/problem+json'],
    ['json', 'text/html'],
    ['any', 'image/png'],
  ])('is not refused where %s is expected: %s', async (expects, contentType) => {
    const url = await serve(type(contentType));

    expect((await transport.send(get(url, { expects }), 2000)).text).toBe('{}');
  });

  it('may say so: the type of an error does not matter', async () => {
    const url = await serve((_, response) => response.writeHead(404, { 'Content-Type': 'image/png' }).end());

    expect((await transport.send(get(url), 2000)).status).toBe(404);
  });

  it.each<[string, RequestListener]>([
    ['says that it is too large', (_, response) => response.writeHead(200, { 'Content-Length': 9_000_000 }).write('<html>')],
    [
      'never ends',
      (_, response) => {
        const more = () => response.destroyed || response.write('가'.repeat(20_000)) || response.once('drain', more);
        const timer = setInterval(more, 1).unref();
        response.on('close', () => clearInterval(timer));
      },
    ],
    ['is a bomb', (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(60_000_000)))],
  ])('%s', async (_, listener) => {
    const url = await serve(listener);

    await expect(transport.send(get(url), 10_000)).rejects.toThrow(`${url} is larger than 8388608 bytes`);
  });
});

it('refuses private hosts by address and by name, without a connection', async () => {
  let connections = 0;
  const url = await serve((_, response) => response.end());
  server.on('connection', () => (connections += 1));
  const strict = httpTransport({ contact: 'x', allowPrivateAddresses: false });

  await expect(strict.send(get(url), 2000)).rejects.toThrow(PrivateAddressError);
  await expect(strict.send(get(url.replace('127.0.0.1', 'localhost')), 2000)).rejects.toThrow(PrivateAddressError);

  expect(connections).toBe(0);
});
