import type { FunctionFailure } from './environment-messages.ts';

/** How Lambda words what the function itself cannot report. */
export function timeoutFailure(requestId: string, timeoutSeconds: number): FunctionFailure {
  const message = `${new Date().toISOString()} ${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return { errorType: 'Sandbox.Timedout', errorMessage: message, trace: [] };
}

export function exitFailure(requestId: string, status: number | null, signal: string | null): FunctionFailure {
  const how = signal
    ? `with error: signal: ${signalWords(signal)}`
    : status === 0
      ? 'without providing a reason'
      : `with error: exit status ${status ?? -1}`;
  return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: Runtime exited ${how}`, trace: [] };
}

export function responseTooLargeFailure(limitBytes: number): FunctionFailure {
  const message = `Response payload size exceeded maximum allowed payload size (${limitBytes} bytes).`;
  return { errorType: 'Function.ResponseSizeTooLarge', errorMessage: message, trace: [] };
}

/** As Go prints signals, in which Lambda's supervisor is written. V8 aborts when the heap is full. */
function signalWords(signal: string): string {
  return { SIGKILL: 'killed', SIGABRT: 'aborted', SIGSEGV: 'segmentation fault', SIGTERM: 'terminated' }[signal] ?? signal;
}
