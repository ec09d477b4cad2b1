import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { errorMessage } from '../error-message.ts';
import { parseJson, readBody } from './request-body.ts';
import { ServiceError, type Caller } from './service.ts';

/** Runs a function as Lambda would. A handler's error is a result, not a rejection. */
export interface LambdaInvoker {
  /** @throws ServiceError ResourceNotFoundException (404) for an unknown name or ARN. */
  invoke(functionName: string, payload: unknown, caller: Caller): Promise<{ payload: unknown; functionError?: 'Unhandled' }>;
}

const PATH = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?|$)/;
/** Synchronous payloads: 6 MB (Lambda quotas). */
const PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024;

/** The function that a path of the Lambda Invoke operation names, or undefined for another path. */
export function invokedFunction(path: string): string | undefined {
  const name = PATH.exec(path)?.[1];
  return name === undefined ? undefined : decoded(name);
}

/** A name that is no percent-encoding stays as it is, and is then the name of no function. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Lambda's Invoke: `RequestResponse` waits, `Event` answers 202 and runs on. */
export async function answerInvoke(
  lambda: LambdaInvoker,
  functionName: string,
  caller: Caller,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, PAYLOAD_LIMIT_BYTES);
  const payload = body.length === 0 ? null : parseJson(body);
  const kind = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (kind === 'Event') {
    // Lambda too answers before the function ran, and nobody hears of its error; the function's own log has it.
    lambda.invoke(functionName, payload, caller).catch((error: unknown) => {
      process.emitWarning(`${functionName} could not be invoked asynchronously: ${errorMessage(error)}`);
    });
    response.writeHead(202, { 'x-amzn-requestid': randomUUID() }).end();
    return;
  }
  if (kind !== 'RequestResponse') {
    throw new ServiceError('InvalidParameterValueException', `Invocation type ${String(kind)} is not known to the laptop run`);
  }
  const result = await lambda.invoke(functionName, payload, caller);
  response.writeHead(200, {
    'content-type': 'application/json',
    'x-amz-executed-version': '$LATEST',
    'x-amzn-requestid': randomUUID(),
    ...(result.functionError ? { 'x-amz-function-error': result.functionError } : {}),
  });
  response.end(JSON.stringify(result.payload ?? null));
}
