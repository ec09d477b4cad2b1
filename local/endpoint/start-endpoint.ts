import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { answerError, answerJson, answerXml, type Protocol } from './answer.ts';
import { knownCaller, readCredential, type CallerDirectory } from './caller.ts';
import { startDynamo, type DynamoService } from './dynamo-service.ts';
import { answerInvoke, invokedFunction, type LambdaInvoker } from './lambda-invoke.ts';
import { parseJsonObject, readBody } from './request-body.ts';
import { startS3, type LocalS3 } from './s3/s3-app.ts';
import type { WriteFile } from './s3/object-files.ts';
import { ServiceError, type Caller, type JsonService, type RestService } from './service.ts';
import { queryErrorXml, type QueryService } from './sns-service.ts';

export interface EndpointOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Where S3 objects and DynamoDB tables lie. */
  readonly directory: string;
  readonly services: readonly JsonService[];
  readonly queryServices?: readonly QueryService[];
  readonly restServices?: readonly RestService[];
  readonly lambda?: LambdaInvoker;
  /** The role of an access key; undefined refuses the caller. */
  readonly callers: CallerDirectory;
  /** How S3 puts bytes on the disk; a test injects a full one. */
  readonly writeFile?: WriteFile;
}

export interface Endpoint {
  /** `http://127.0.0.1:<port>`: with an address instead of a name, SDKs use path-style buckets. */
  readonly url: string;
  readonly port: number;
  readonly s3: Pick<LocalS3, 'createBuckets' | 'objectFiles'>;
  readonly dynamo: Pick<DynamoService, 'ensureTables'>;
  /** Lets requests under way end (2 s at most), then closes the services and the stores. */
  close(): Promise<void>;
}

/** DynamoDB's largest request, BatchWriteItem, is 16 MB; the other JSON services take less. */
const JSON_LIMIT_BYTES = 16 * 1024 * 1024;
const CLOSE_GRACE_MILLISECONDS = 2_000;

/**
 * One port of 127.0.0.1 that unmodified AWS SDK clients take for AWS (AWS_ENDPOINT_URL).
 * @throws Error naming the port when it is taken, or the directory when another run has it open.
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const dynamo = await startDynamo(join(options.directory, 'dynamodb'));
  const s3 = await startS3(join(options.directory, 's3'), options.writeFile);
  const services = new Map([dynamo, ...options.services].map((service) => [service.targetPrefix, service]));
  const server = createServer((request, response) => {
    const protocol = protocolOf(request, options.restServices);
    serve(request, response, { ...options, services, s3 }).catch((error: unknown) => {
      request.resume(); // what is left of a refused body, so that the client gets to read the answer
      answerError(response, protocol, error, protocol === 'json' ? jsonType(request) : undefined);
    });
  });
  // SDK clients keep connections for reuse; closing an idle one just as it is reused shows as ECONNRESET.
  server.keepAliveTimeout = 120_000;
  const closeStores = async () => {
    for (const service of [...services.values(), ...(options.restServices ?? [])]) await service.close();
    await s3.close();
  };
  try {
    await listen(server, options.port);
  } catch (error) {
    await closeStores();
    throw error;
  }
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    s3,
    dynamo,
    async close() {
      await stop(server);
      await closeStores();
    },
  };
}

interface Routes {
  readonly services: ReadonlyMap<string, JsonService>;
  readonly queryServices?: readonly QueryService[];
  readonly restServices?: readonly RestService[];
  readonly lambda?: LambdaInvoker;
  readonly s3: LocalS3;
  readonly callers: CallerDirectory;
}

async function serve(request: IncomingMessage, response: ServerResponse, routes: Routes): Promise<void> {
  const { caller, service } = identify(request, routes);
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') return answerTarget(target, caller, request, response, routes.services);
  const functionName = invokedFunction(request.url ?? '/');
  if (functionName !== undefined && routes.lambda) return answerInvoke(routes.lambda, functionName, caller, request, response);
  if (service === 's3') {
    routes.s3.serve(request, response);
    return;
  }
  const query = routes.queryServices?.find(({ name }) => name === service);
  if (query) return answerQuery(query, request, response);
  const rest = routes.restServices?.find(({ name }) => name === service);
  if (rest) return answerRest(rest, request, response);
  throw new ServiceError(
    'UnknownOperationException',
    `The local endpoint does not know ${service} ${request.method ?? ''} ${request.url ?? ''}`,
  );
}

async function answerTarget(
  target: string,
  caller: Caller,
  request: IncomingMessage,
  response: ServerResponse,
  services: Routes['services'],
): Promise<void> {
  const dot = target.lastIndexOf('.');
  const service = services.get(target.slice(0, dot));
  if (!service) throw new ServiceError('UnknownOperationException', `The local endpoint does not know the service of ${target}`);
  const input = parseJsonObject(await readBody(request, JSON_LIMIT_BYTES));
  answerJson(response, jsonType(request), await service.handle(target.slice(dot + 1), input, caller));
}

/** Query services spell their errors in a form of their own. */
async function answerQuery(service: QueryService, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams((await readBody(request, JSON_LIMIT_BYTES)).toString('utf8'));
  try {
    answerXml(response, await service.handle(form));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    answerXml(response, queryErrorXml(error), error.status);
  }
}

async function answerRest(service: RestService, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, JSON_LIMIT_BYTES);
  const input = body.length === 0 ? {} : parseJsonObject(body);
  const [path = ''] = (request.url ?? '').split('?');
  answerJson(response, 'application/json', await service.handle(request.method ?? '', path, input));
}

/** @throws ServiceError as AWS refuses an unsigned request or a key that it does not know. */
function identify(
  request: IncomingMessage,
  { callers, restServices }: Pick<Routes, 'callers' | 'restServices'>,
): { readonly caller: Caller; readonly service: string } {
  const isXml = protocolOf(request, restServices) === 'xml';
  const credential = readCredential(request.headers.authorization);
  if (!credential) {
    throw isXml
      ? new ServiceError('AccessDenied', 'The request is not signed', 403)
      : new ServiceError('MissingAuthenticationTokenException', 'The request is not signed', 403);
  }
  const caller = knownCaller(credential, callers);
  if (caller) return { caller, service: credential.service };
  throw isXml
    ? new ServiceError('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403)
    : new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.', 400);
}

function protocolOf(request: IncomingMessage, restServices: readonly RestService[] = []): Protocol {
  if (request.headers['x-amz-target'] !== undefined) return 'json';
  const service = readCredential(request.headers.authorization)?.service;
  if (restServices.some(({ name }) => name === service)) return 'rest-json';
  return invokedFunction(request.url ?? '/') === undefined ? 'xml' : 'rest-json';
}

/** JSON 1.0 or 1.1, as the client asked. */
function jsonType(request: IncomingMessage): string {
  return request.headers['content-type'] ?? 'application/x-amz-json-1.1';
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken by another program`, { cause: error }) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const deadline = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MILLISECONDS);
  await closed;
  clearTimeout(deadline);
}
