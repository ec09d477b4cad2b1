import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { buildApp } from 'fauxqs';
import { errorMessage } from '../../error-message.ts';
import { errorXml } from '../answer.ts';
import { S3Error, SnsStore, SqsStore } from './fauxqs-internals.ts';
import { LocalS3Store } from './local-s3-store.ts';
import { ObjectFiles, type WriteFile } from './object-files.ts';

/** A file that holds an object's bytes; replaced, never changed, when the object is written again. */
export interface ObjectFile {
  readonly key: string;
  readonly path: string;
}

export interface LocalS3 {
  createBuckets(names: readonly string[]): void;
  /** Objects below a prefix with the files that hold their bytes, in key order. @throws Error for an unknown bucket. */
  objectFiles(bucket: string, prefix: string): Promise<ObjectFile[]>;
  /** Serves one request of an S3 client. */
  serve(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/** One PUT may hold 5 GiB on AWS; here the body passes through memory. Larger ones come in parts. */
const BODY_LIMIT_BYTES = 256 * 1024 * 1024;
/** Sub-resources that fauxqs would take for the object or bucket itself (it stores a tagging document as the object). */
const REFUSED =
  /^(tagging|acl|versioning|versions|policy|cors|lifecycle|encryption|notification|object-lock|retention|legal-hold|website|replication|logging|renameObject|restore|torrent|select|versionId)$/;

/**
 * S3 by fauxqs on files below `directory`, with what it lacks: conditional puts, byte order in lists, errors as XML, atomic files.
 * @param writeFile puts bytes on the disk; a test injects a full one.
 */
export async function startS3(directory: string, writeFile?: WriteFile): Promise<LocalS3> {
  const files = new ObjectFiles(directory, writeFile);
  const store = new LocalS3Store(files);
  // Its published types name a namespace that they do not import.
  const app = buildApp({
    logger: false,
    stores: { s3Store: store, sqsStore: new SqsStore(), snsStore: new SnsStore() },
  }) as FastifyInstance;
  app.removeContentTypeParser(['*', 'application/x-amz-json-1.0', 'application/x-www-form-urlencoded']);
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', (request, reply, done) => {
    repairOldClients(request.raw.headers);
    const refused = Object.keys(request.query as Record<string, string>).find((name) => REFUSED.test(name));
    if (refused === undefined) {
      done();
      return;
    }
    refuse(reply, 'NotImplemented', `The local S3 does not know ?${refused}; the laptop run cannot show it`, 501);
  });
  // preHandler by callback: the check and the handler, which stores synchronously, run without a turn of the event loop between them.
  app.addHook('preHandler', (request, reply, done) => {
    const { bucket = '', '*': key = '' } = request.params as { bucket?: string; '*'?: string };
    const query = request.query as Record<string, string>;
    const writes = key !== '' && (request.method === 'PUT' ? !('partNumber' in query) : request.method === 'POST' && 'uploadId' in query);
    const failed = writes ? failedCondition(request.headers, files.find(bucket, key)?.etag) : undefined;
    if (!failed) {
      done();
      return;
    }
    refuse(reply, failed.code, failed.message, failed.statusCode);
  });
  app.setErrorHandler((error, _request, reply) => {
    const tooLarge = (error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE';
    if (tooLarge) {
      refuse(reply, 'EntityTooLarge', `A single PUT may have ${BODY_LIMIT_BYTES} bytes here; upload in parts`, 413);
      return;
    }
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    refuse(reply, status < 500 ? 'InvalidRequest' : 'InternalError', errorMessage(error), status);
  });
  app.setNotFoundHandler((request, reply) => refuse(reply, 'MethodNotAllowed', `The local S3 does not know ${request.method} here`, 405));
  await app.ready();

  return {
    createBuckets: (names) => names.forEach((name) => store.createBucket(name)),
    objectFiles(bucket, prefix) {
      const found = files.list(bucket, prefix);
      if (!found) return Promise.reject(new Error(`The bucket ${bucket} does not exist`));
      return Promise.resolve(found.map(({ object, path }) => ({ key: object.key, path })));
    },
    serve: (request, response) => app.routing(request, response),
    close: () => app.close(),
  };
}

interface Refusal {
  status(code: number): Refusal;
  header(name: string, value: string): Refusal;
  send(body: string): unknown;
}

function refuse(reply: Refusal, code: string, message: string, status: number): void {
  reply.status(status).header('content-type', 'application/xml').send(errorXml(code, message));
}

/** S3's conditional writes (2024-08, 2024-11), which fauxqs does not know. */
function failedCondition(headers: IncomingMessage['headers'], etag: string | undefined): S3Error | undefined {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    return new S3Error('NotImplemented', 'A write knows only If-None-Match: *', 501);
  }
  if (ifMatch !== undefined && etag === undefined) return new S3Error('NoSuchKey', 'The specified key does not exist.', 404);
  const fails = (ifNoneMatch === '*' && etag !== undefined) || (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== etag);
  return fails ? new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412) : undefined;
}

/**
 * Older SDKs (Hadoop's S3A) send unquoted entity tags, which fauxqs compares quoted, and streaming signatures without
 * `content-encoding: aws-chunked`, whose chunk framing fauxqs would store as the object (tried, 2026-11).
 */
function repairOldClients(headers: IncomingMessage['headers']): void {
  for (const name of ['if-match', 'if-none-match'] as const) {
    const tag = headers[name];
    if (tag && tag !== '*' && !/^(W\/)?"/.test(tag)) headers[name] = `"${tag}"`;
  }
  const streaming = String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  const encoding = headers['content-encoding'] ?? '';
  if (streaming && !encoding.includes('aws-chunked')) headers['content-encoding'] = 'aws-chunked';
}
