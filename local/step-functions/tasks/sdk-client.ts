import type { DeployedStateMachine } from '../../template/application.ts';
import { TaskError } from './task-error.ts';
import type { TaskDependencies } from './task-function.ts';

/** A client that asks as the state machine's role. */
export function clientConfiguration({ accessKeyId }: DeployedStateMachine, { endpointUrl, region, secretAccessKey }: TaskDependencies) {
  return { endpoint: endpointUrl, region, credentials: { accessKeyId, secretAccessKey } };
}

/** A client's answer as JSON: instants as ISO texts, without what the SDK adds. */
export function plain(value: unknown): unknown {
  if (value === undefined) return null;
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === '$metadata' ? undefined : inner))) as unknown;
}

/**
 * `<Service>.<Java name>Exception`, as Step Functions names what the SDK throws. With `baseClass`, the older SDK's name for an error which
 * the service's model does not declare; its code is then told by the cause alone. An abort and a TaskError stay what they are.
 */
export function sdkTaskError(
  service: string,
  error: unknown,
  signal: AbortSignal,
  baseClass?: { readonly name: string; readonly declared: readonly string[] },
): unknown {
  if (signal.aborted || error instanceof TaskError || !isErrorLike(error)) return error;
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number; requestId?: string } };
  if ($metadata?.httpStatusCode === undefined) return new TaskError(`${service}.SdkClientException`, error.message);
  const code = error.name.endsWith('Exception') ? error.name : `${error.name}Exception`;
  const java = baseClass && !baseClass.declared.includes(code) ? baseClass.name : code;
  const about = `Service: ${service}, Status Code: ${$metadata.httpStatusCode}, ${baseClass ? `Error Code: ${error.name}, ` : ''}Request ID: ${$metadata.requestId ?? '-'}`;
  return new TaskError(`${service}.${java}`, `${error.message} (${about})`);
}

export function messageOf(error: unknown): string {
  return isErrorLike(error) ? error.message : String(error);
}

/** Errors of Node itself are no instances of a test environment's Error. */
function isErrorLike(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'message' in error && 'name' in error;
}
