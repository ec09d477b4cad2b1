import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultKind } from './faults.ts';
import type { Lateness } from './lateness.ts';
import type { PageAnswer, PageRequest } from './page-answer.ts';

/** What is sent for a request, and what is told about it. */
export interface Reply {
  readonly answer: PageAnswer;
  readonly fault: FaultKind | 'down' | null;
}

export interface SiteServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  reply(request: PageRequest): Reply;
  readonly lateness: Lateness;
  /** Called once a request, when its answer has been handed over. `arrived`: when the request came. */
  log(
    request: PageRequest,
    incoming: IncomingMessage,
    reply: Reply,
    sent: { arrived: Date; lateMs: number; status: number; bytes: number },
  ): void;
}

const SLOW_MS = 2000;
/** A body larger than this is no form of the sites'. */
const MAX_FORM_BYTES = 10_000;

/** Listens. @throws Error naming the port when another program has it. */
export async function listen(options: SiteServerOptions): Promise<{ server: Server; url: string }> {
  const server = createServer((incoming, response) => {
    handle(incoming, response, options).catch((error: unknown) => {
      // A fault of the simulation itself: said in the answer, never dressed up as a page.
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`The community failed: ${String(error)}\n`);
    });
  });
  server.listen(options.port, options.host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw portError(cause, options.port);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`No port for the community on ${options.host}`);
  return { server, url: `http://${options.host}:${address.port}` };
}

/** Stops listening and lets go of every connection. */
export async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

async function handle(incoming: IncomingMessage, response: ServerResponse, options: SiteServerOptions): Promise<void> {
  const [arrived, lateMs] = [new Date(), options.lateness.now()];
  const request = await read(incoming);
  const reply = options.reply(request);
  if (reply.fault === 'slow') await sleep(SLOW_MS);
  options.log(request, incoming, reply, { arrived, lateMs, ...send(response, reply) });
}

async function read(incoming: IncomingMessage): Promise<PageRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_FORM_BYTES) throw new Error('The form is too large');
    chunks.push(chunk);
  }
  return {
    method: incoming.method ?? 'GET',
    url: new URL(`http://${incoming.headers.host ?? 'localhost'}${incoming.url ?? '/'}`),
    form: new URLSearchParams(Buffer.concat(chunks).toString('utf8')),
    referer: incoming.headers.referer ?? '',
    origin: incoming.headers.origin ?? '',
    requestedWith: String(incoming.headers['x-requested-with'] ?? ''),
  };
}

function send(response: ServerResponse, { answer, fault }: Reply): { status: number; bytes: number } {
  const whole = Buffer.from(answer.body);
  const headers = { 'Content-Type': answer.type, 'Content-Length': whole.length };
  switch (fault) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return { status: 0, bytes: 0 };
    case 'truncated': {
      const half = whole.subarray(0, whole.length / 2);
      response.writeHead(answer.status, headers);
      response.write(half, () => response.socket?.destroy());
      return { status: answer.status, bytes: half.length };
    }
    case 'cut': {
      const half = Buffer.from(answer.body.slice(0, answer.body.length / 2));
      response.writeHead(answer.status, { ...headers, 'Content-Length': half.length }).end(half);
      return { status: answer.status, bytes: half.length };
    }
    case 'unavailable':
      return sendError(response, 503, {});
    case 'too-many':
      return sendError(response, 429, { 'Retry-After': '1' });
    case 'down':
      return sendError(response, 500, {});
    case 'slow':
    case null:
      response.writeHead(answer.status, headers).end(whole);
      return { status: answer.status, bytes: whole.length };
  }
}

function sendError(response: ServerResponse, status: number, headers: Record<string, string>): { status: number; bytes: number } {
  const body = Buffer.from(`<html><body><h1>${status}</h1></body></html>\n`);
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': body.length, ...headers }).end(body);
  return { status, bytes: body.length };
}

function portError(cause: unknown, port: number): Error {
  // Not instanceof: an error of Node's own is none of a test environment's Error.
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : cause;
  if (code === 'EADDRINUSE') {
    return new Error(`Port ${port} is taken by another program. Stop it, or run: npm start -- --port ${port + 10}`, { cause });
  }
  return new Error(`Port ${port} cannot be opened (${String(code)}). Run: npm start -- --port ${port + 10}`, { cause });
}
