import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { errorMessage } from '../error-message.ts';
import { ServiceError } from './service.ts';

/** How a service's protocol spells an error: AWS JSON and REST JSON in a JSON body, S3 and the Query services in XML. */
export type Protocol = 'json' | 'rest-json' | 'xml';

export function answerJson(response: ServerResponse, contentType: string, body: unknown, status = 200): void {
  send(response, status, contentType, JSON.stringify(body ?? {}));
}

export function answerXml(response: ServerResponse, body: string, status = 200): void {
  send(response, status, 'text/xml', body);
}

/** Any failure becomes an error that the SDK types by its code; what is no ServiceError is ours and becomes a 500 with its reason. */
export function answerError(response: ServerResponse, protocol: Protocol, error: unknown, contentType = 'application/json'): void {
  const known = error instanceof ServiceError ? error : new ServiceError('InternalFailure', errorMessage(error), 500);
  if (protocol === 'xml') {
    send(response, known.status, 'application/xml', errorXml(known.code, known.message));
    return;
  }
  response.setHeader('x-amzn-errortype', known.code);
  send(response, known.status, contentType, JSON.stringify({ __type: known.code, message: known.message }));
}

export function errorXml(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>`;
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': randomUUID(),
  });
  response.end(body);
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
