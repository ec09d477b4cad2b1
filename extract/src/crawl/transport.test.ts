import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPrivateAddress } from './private-addresses.ts';
import { httpTransport, NoAnswerError, PrivateAddressError } from './transport.ts';

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

it('asks under its own name and posts forms as browsers do', async () => {
  const url = await serve((request, response) => {
    request.on('data', (data: Buffer) =>
      response.end(`${request.method} ${request.headers['user-agent']} ${request.headers.referer} ${data.toString()}`),
    );
  });

  const answer = await transport.send(
    { method: 'POST', url, form: { keyword: '코나', page: '1' }, headers: { Referer: 'http://a/' } },
    2000,
  );

  expect(answer.text).toBe('POST hotpost (+https://team.example/bot) http://a/ keyword=%EC%BD%94%EB%82%98&page=1');
});

it('hands back status, redirects and Retry-After', async () => {
  const url = await serve((_, response) => response.writeHead(302, { Location: '/b', 'Retry-After': '3' }).end());

  expect(await transport.send({ method: 'GET', url }, 2000)).toEqual({ status: 302, text: '', location: '/b', retryAfter: '3' });
});

it.each<[string, RequestListener]>([
  ['comes short', (_, response) => response.writeHead(200, { 'Content-Length': 100 }).write('<html>', () => response.destroy())],
  ['is reset', (request) => request.socket.destroy()],
  ['takes too long', () => undefined],
])('knows that an answer which %s is none', async (_, listener) => {
  const url = await serve(listener);

  await expect(transport.send({ method: 'GET', url }, 300)).rejects.toThrow(NoAnswerError);
});

it('refuses private hosts by address and by name, without a connection', async () => {
  let connections = 0;
  const url = await serve((_, response) => response.end());
  server.on('connection', () => (connections += 1));
  const strict = httpTransport({ contact: 'x', allowPrivateAddresses: false });

  await expect(strict.send({ method: 'GET', url }, 2000)).rejects.toThrow(PrivateAddressError);
  await expect(strict.send({ method: 'GET', url: url.replace('127.0.0.1', 'localhost') }, 2000)).rejects.toThrow(PrivateAddressError);

  expect(connections).toBe(0);
});

it.each(['10.1.2.3', '172.20.0.1', '192.168.0.9', '169.254.169.254', '0.0.0.0', '[::1]', '::ffff:127.0.0.1', 'fd00::1', 'localhost'])(
  'takes %s for private',
  (host) => expect(isPrivateAddress(host)).toBe(true),
);

it.each(['8.8.8.8', '172.32.0.1', '[2001:4860:4860::8888]', 'www.clien.net'])('takes %s for public', (host) =>
  expect(isPrivateAddress(host)).toBe(false),
);
