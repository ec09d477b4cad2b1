import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { slackSink, type SlackSink } from './slack-sink.ts';

const PATH = 'T000/B000/invented';
let folder: string;
let file: string;
let sink: SlackSink;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hotpost-sink-'));
  file = join(folder, 'slack', 'messages.ndjson');
  sink = await slackSink({ port: 0, host: '127.0.0.1', file });
});

afterEach(async () => {
  await sink.close();
  rmSync(folder, { recursive: true });
});

async function post(body: string, path = PATH): Promise<[number, string]> {
  const response = await fetch(sink.url(path), { method: 'POST', body });
  return [response.status, await response.text()];
}

const send = (message: object) => post(JSON.stringify(message));
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });

it('takes a message, answers ok and keeps it on disk with the real time', async () => {
  const message = { text: '알림', blocks: [{ type: 'header', text: plain('제목') }] };

  expect(await send(message)).toEqual([200, 'ok']);

  const received = await sink.messages();
  expect(received.map((entry) => entry.message)).toEqual([message]);
  expect(Math.abs(Date.parse(received[0]?.received_at ?? '') - Date.now())).toBeLessThan(10_000);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(received[0]);
});

it.each<[string, object | string, string]>([
  ['what is no JSON', 'payload={"text":"a"}', 'invalid_payload'],
  ['a list', '[]', 'invalid_payload'],
  ['a text that is no text', { text: 3 }, 'invalid_payload'],
  ['neither text nor blocks', {}, 'no_text'],
  ['an empty text and no block', { text: '', blocks: [] }, 'no_text'],
  ['a header over 150', { text: 'a', blocks: [{ type: 'header', text: plain('가'.repeat(151)) }] }, 'invalid_blocks'],
  ['a header in mrkdwn', { text: 'a', blocks: [{ type: 'header', text: mrkdwn('a') }] }, 'invalid_blocks'],
  ['a section over 3,000', { text: 'a', blocks: [{ type: 'section', text: mrkdwn('a'.repeat(3001)) }] }, 'invalid_blocks'],
  ['an empty section', { text: 'a', blocks: [{ type: 'section' }] }, 'invalid_blocks'],
  ['an empty text object', { text: 'a', blocks: [{ type: 'section', text: mrkdwn('') }] }, 'invalid_blocks'],
  ['eleven fields', { text: 'a', blocks: [{ type: 'section', fields: Array(11).fill(mrkdwn('a')) }] }, 'invalid_blocks'],
  ['a field over 2,000', { text: 'a', blocks: [{ type: 'section', fields: [mrkdwn('a'.repeat(2001))] }] }, 'invalid_blocks'],
  ['51 blocks', { text: 'a', blocks: Array(51).fill({ type: 'divider' }) }, 'invalid_blocks'],
  ['an unknown block', { text: 'a', blocks: [{ type: 'fireworks' }] }, 'invalid_blocks'],
  ['<!channel> in the text', { text: '<!channel> 보세요' }, 'unescaped_mention'],
  ['<!here|…> in a section', { text: 'a', blocks: [{ type: 'section', text: mrkdwn('<!here|here>') }] }, 'unescaped_mention'],
  ['<!everyone> in a field', { text: 'a', blocks: [{ type: 'section', fields: [mrkdwn('<!everyone>')] }] }, 'unescaped_mention'],
  ['a user', { text: '<@U0123ABC>' }, 'unescaped_mention'],
])('refuses %s', async (_what, body, word) => {
  expect(await post(typeof body === 'string' ? body : JSON.stringify(body))).toEqual([400, word]);

  expect(await sink.messages()).toEqual([]);
});

it('takes the largest message that Slack takes', async () => {
  const blocks = [
    { type: 'header', text: plain('가'.repeat(150)) },
    ...Array<object>(49).fill({ type: 'section', text: mrkdwn('가'.repeat(3000)) }),
  ];

  expect(await send({ text: 'a', blocks })).toEqual([200, 'ok']);
});

it('takes an escaped mention and a link', async () => {
  expect(await send({ text: '&lt;!channel&gt; <https://example.com/1|글>' })).toEqual([200, 'ok']);
});

it('knows no other path', async () => {
  const response = await fetch(sink.url(PATH).replace('/services/', '/api/'), { method: 'POST', body: '{"text":"a"}' });

  expect([response.status, await response.text()]).toEqual([404, 'no_service']);
});

it('gives planted answers first, with their headers, then takes messages again', async () => {
  sink.refuseNext(429, 'rate_limited', { 'retry-after': '2' }, 2);

  const first = await fetch(sink.url(PATH), { method: 'POST', body: '{"text":"a"}' });
  expect([first.status, first.headers.get('retry-after')]).toEqual([429, '2']);
  expect(await send({ text: 'a' })).toEqual([429, 'rate_limited']);
  expect(await send({ text: 'a' })).toEqual([200, 'ok']);
  expect(await sink.messages()).toHaveLength(1);
});

it('cuts the connection when that is planted', async () => {
  sink.refuseNext(0, '');

  await expect(send({ text: 'a' })).rejects.toThrow('fetch failed');
});

it('keeps the messages of earlier runs, and steps over half a line that a killed one left', async () => {
  await send({ text: '하나' });
  await sink.close();
  appendFileSync(file, '{"received_at":"2026-');
  sink = await slackSink({ port: 0, host: '127.0.0.1', file });

  await send({ text: '둘' });

  expect((await sink.messages()).map((entry) => entry.message.text)).toEqual(['하나', '둘']);
});

it('fails with EADDRINUSE on a taken port', async () => {
  await expect(slackSink({ port: sink.port, host: '127.0.0.1', file })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
