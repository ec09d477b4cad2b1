import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface JsonCall {
  /** `RedshiftData.DescribeStatement`, or of a REST service `GET /applications/…` */
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly authorization: string;
}

export type Answer = (call: JsonCall) => { readonly status?: number; readonly body: object };

export interface JsonServer {
  readonly url: string;
  /** What was asked so far. */
  readonly calls: readonly JsonCall[];
  close(): Promise<void>;
}

/** Answers every AWS JSON operation as the test says. */
export async function jsonServer(answer: Answer): Promise<JsonServer> {
  const calls: JsonCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const input = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
      const call = {
        operation: String(request.headers['x-amz-target'] ?? `${request.method ?? ''} ${request.url ?? ''}`),
        input,
        authorization: request.headers.authorization ?? '',
      };
      calls.push(call);
      const { status = 200, body } = answer(call);
      response
        .writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'request-1' })
        .end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
