import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expectServer, placeOf } from './crawl-place.ts';

const site = { name: 'bobaedream', home: 'https://www.bobaedream.co.kr', politeness: { delayMs: 1000, concurrency: 2 } };
const contact = 'mailto:team@example.com';
const local = 'http://127.0.0.1:8801';

it('reads a real site under a contact, as gently as it declares', () => {
  expect(placeOf(site, { contact })).toEqual({
    baseUrl: 'https://www.bobaedream.co.kr',
    isLocal: false,
    politeness: { delayMs: 1000, concurrency: 2 },
    ignoresCrawlDelay: false,
    contact,
  });
});

it('lets a real site be read more gently', () => {
  expect(placeOf(site, { contact, delay: 5000, concurrency: 1 })).toMatchObject({
    politeness: { delayMs: 5000, concurrency: 1 },
    ignoresCrawlDelay: false,
  });
});

it.each([
  ['without a contact', {}, 'bobaedream at www.bobaedream.co.kr is a real site: say who reads it with --contact'],
  ['faster than it asks for', { contact, delay: 0 }, '--delay 0: bobaedream is asked once in 1 s at most; leave it out.'],
  ['by more at once', { contact, concurrency: 3 }, '--concurrency 3: bobaedream is asked 2 at once at most'],
  ['at an address that only looks local', { baseUrl: 'http://127.0.0.1.example.com', contact, delay: 0 }, '--delay 0'],
  ['at what is no address', { baseUrl: 'bobaedream', contact }, '--base-url bobaedream is no address'],
])('refuses a real site %s', (_, options, message) => {
  expect(() => placeOf(site, options)).toThrow(message);
});

it('asks a server of this machine as fast as it is told, Crawl-delay or not', () => {
  expect(placeOf(site, { baseUrl: local, delay: 0, concurrency: 8 })).toMatchObject({
    isLocal: true,
    politeness: { delayMs: 0, concurrency: 8 },
    ignoresCrawlDelay: true,
  });
  expect(placeOf(site, { baseUrl: 'http://[::1]:8801' })).toMatchObject({ isLocal: true, ignoresCrawlDelay: false });
});

it('says when nothing answers on this machine', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  await expect(expectServer({ baseUrl, isLocal: true })).resolves.toBeUndefined();
  server.close();
  await once(server, 'close');
  await expect(expectServer({ baseUrl, isLocal: true })).rejects.toThrow(`No server answers at ${baseUrl}. Start one there, or`);
  await expect(expectServer({ baseUrl, isLocal: false })).resolves.toBeUndefined();
});
