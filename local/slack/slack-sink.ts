import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { judgeMessage } from './block-kit-rules.ts';
import { messageFile, type MessageFile, type ReceivedMessage } from './message-file.ts';

export interface SlackSinkOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: '127.0.0.1';
  /** Accepted messages, one JSON a line: `{received_at, to, message}`. */
  readonly file: string;
}

export interface SlackSink {
  readonly port: number;
  /** The webhook's address; `path` as Slack's: `T000/B000/anything`. */
  url(path: string): string;
  /** All messages in the file, those of earlier runs too, oldest first. */
  messages(): Promise<readonly ReceivedMessage[]>;
  /** Keeps a mail beside the webhooks' messages. */
  deliverMail(topicArn: string, text: string): Promise<void>;
  /** Plants an answer for the next requests (before they are judged). A status of 0 cuts the connection without an answer. */
  refuseNext(status: number, body: string, headers?: Readonly<Record<string, string>>, times?: number): void;
  close(): Promise<void>;
}

/** More than any message of 50 full blocks; a larger body is refused as Slack does. */
const BODY_LIMIT = 1_000_000;

interface Planted {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * An incoming webhook on this machine: takes what Slack takes, and refuses what Slack refuses in Slack's words.
 * @throws Error with code EADDRINUSE when the port is taken.
 */
export async function slackSink(options: SlackSinkOptions): Promise<SlackSink> {
  const file = await messageFile(options.file);
  const planted: Planted[] = [];
  const server = createServer((request, response) => {
    receive(request, response, file, planted).catch(() => {
      if (!response.headersSent) answer(response, 500, 'rollup_error');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  }).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: (path) => `http://${options.host}:${port}/services/${path}`,
    messages: () => file.read(),
    deliverMail: (topicArn, text) => file.append(topicArn, { text }),
    refuseNext(status, body, headers = {}, times = 1) {
      for (let left = times; left > 0; left -= 1) planted.push({ status, body, headers });
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
      await file.close();
    },
  };
}

async function receive(request: IncomingMessage, response: ServerResponse, file: MessageFile, planted: Planted[]): Promise<void> {
  const body = await readBody(request);
  const { status, body: word, headers } = planted.shift() ?? (await judge(request, body, file));
  if (status === 0) request.socket.destroy();
  else answer(response, status, word, headers);
}

async function judge(request: IncomingMessage, body: string | undefined, file: MessageFile): Promise<Planted> {
  const to = /^\/services\/([\w-]+(?:\/[\w-]+)*)$/.exec(request.url ?? '')?.[1];
  if (to === undefined) return { status: 404, body: 'no_service', headers: {} };
  if (request.method !== 'POST' || body === undefined) return { status: 400, body: 'invalid_payload', headers: {} };
  const verdict = judgeMessage(body);
  if (verdict.kind === 'refused') return { status: 400, body: verdict.word, headers: {} };
  await file.append(to, verdict.message);
  return { status: 200, body: 'ok', headers: {} };
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  return size <= BODY_LIMIT ? Buffer.concat(chunks).toString('utf8') : undefined;
}

function answer(response: ServerResponse, status: number, body: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
}
