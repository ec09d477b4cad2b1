import type { Caller } from './service.ts';

/** What the Authorization header of a SigV4 request says; the signature itself is not checked. */
export interface Credential {
  readonly accessKeyId: string;
  /** The service the client signed for: `s3`, `dynamodb`, `lambda`, … */
  readonly service: string;
}

/** Reads `AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, …`; undefined when there is none. */
export function readCredential(authorization: string | undefined): Credential | undefined {
  const match = /^AWS4-HMAC-SHA256 .*?Credential=([^/,\s]+)\/[^/]*\/[^/]*\/([^/]+)\/aws4_request/.exec(authorization ?? '');
  const [, accessKeyId, service] = match ?? [];
  return accessKeyId && service ? { accessKeyId, service } : undefined;
}

/** The role that an access key stands for, or undefined for a key nobody was given. */
export type CallerDirectory = (accessKeyId: string) => string | undefined;

export function knownCaller(credential: Credential, callers: CallerDirectory): Caller | undefined {
  const roleArn = callers(credential.accessKeyId);
  return roleArn === undefined ? undefined : { accessKeyId: credential.accessKeyId, roleArn };
}
