import { ServiceError } from '../../endpoint/service.ts';
import type { LambdaRunner } from '../../lambda/runner.ts';
import { TaskError } from './task-error.ts';
import type { TaskFunction } from './task-function.ts';

type Lambda = Pick<LambdaRunner, 'invoke'>;

/** `arn:aws:states:::lambda:invoke`: the answer under Payload. Invocations of the type Event are not known here. */
export function invokeIntegration(lambda: Lambda): TaskFunction {
  return async ({ FunctionName, Payload, InvocationType = 'RequestResponse', ...others }, signal) => {
    if (typeof FunctionName !== 'string') throw new TaskError('States.Runtime', 'lambda:invoke needs FunctionName', { terminal: true });
    const unknown = [...Object.keys(others), ...(InvocationType === 'RequestResponse' ? [] : [`InvocationType ${String(InvocationType)}`])];
    if (unknown.length > 0)
      throw new TaskError('States.Runtime', `The laptop run does not know ${unknown.join(', ')} of lambda:invoke`, { terminal: true });
    return {
      ExecutedVersion: '$LATEST',
      Payload: await invoke(lambda, FunctionName, Payload, signal),
      SdkHttpMetadata: { HttpStatusCode: 200 },
      StatusCode: 200,
    };
  };
}

/** A function's ARN as the Resource: input and answer are bare. */
export function invokeBare(lambda: Lambda, functionArn: string): TaskFunction {
  return (input, signal) => invoke(lambda, functionArn, input, signal);
}

async function invoke(lambda: Lambda, functionName: string, event: unknown, signal: AbortSignal): Promise<unknown> {
  const result = await lambda.invoke(functionName, event, { signal }).catch((error: unknown) => {
    throw error instanceof ServiceError ? new TaskError(`Lambda.${error.code}`, error.message) : error;
  });
  if (!('functionError' in result)) return result.payload;
  throw new TaskError(result.payload.errorType, JSON.stringify(result.payload));
}
