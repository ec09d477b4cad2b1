import { randomUUID } from 'node:crypto';
import { ServiceError } from '../endpoint/service.ts';
import type { ExecutionRecord } from './execution.ts';
import { MAX_DATA_BYTES } from './tasks/task-error.ts';

// White space, brackets, wildcards, special and control characters, as the documentation of StartExecution lists them.
// eslint-disable-next-line no-control-regex -- control characters are what AWS refuses
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;

/**
 * The execution that a StartExecution asks for.
 * @throws ServiceError InvalidName, InvalidExecutionInput
 */
export function requestedExecution(stateMachineArn: string, request: Readonly<Record<string, unknown>>): ExecutionRecord {
  const name = request['name'] ?? randomUUID();
  if (typeof name !== 'string' || name.length < 1 || name.length > 80 || FORBIDDEN.test(name)) {
    throw new ServiceError('InvalidName', `Invalid Name: '${typeof name === 'string' ? name : typeof name}'`);
  }
  const input = request['input'] ?? '{}';
  if (typeof input !== 'string' || !isJson(input))
    throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input: it is no JSON text');
  if (Buffer.byteLength(input) > MAX_DATA_BYTES) {
    throw new ServiceError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: ${Buffer.byteLength(input)} bytes exceed ${MAX_DATA_BYTES}`,
    );
  }
  return { executionArn: executionArnOf(stateMachineArn, name), stateMachineArn, name, startedAt: Date.now(), input };
}

function executionArnOf(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
