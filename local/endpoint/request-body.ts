import type { IncomingMessage } from 'node:http';
import { ServiceError } from './service.ts';

/**
 * Reads a whole body.
 * @throws ServiceError RequestTooLargeException above `limitBytes`; a plain Error when the client went away in mid-body.
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limitBytes) chunks.push(chunk);
  }
  if (length > limitBytes) {
    throw new ServiceError('RequestTooLargeException', `The request has ${length} bytes; the limit is ${limitBytes}`, 413);
  }
  return Buffer.concat(chunks);
}

/** @throws ServiceError SerializationException when the text is no JSON object. An empty body is `{}`. */
export function parseJsonObject(body: Buffer): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  const value = parseJson(body);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ServiceError('SerializationException', 'The body is not a JSON object');
}

/** @throws ServiceError SerializationException when the text is no JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ServiceError('SerializationException', 'The body is not JSON');
  }
}
