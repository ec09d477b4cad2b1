import { ServiceError } from '../../endpoint/service.ts';
import type { LambdaRunner } from '../../lambda/runner.ts';
import { TaskError } from './task-error.ts';
import type { TaskFunction } from './task-function.ts';

type Lambda = Pick<LambdaRunner, 'invoke'>;
type SendingLambda = Pick<LambdaRunner, 'invoke' | 'send'>;

const TYPES = ['RequestResponse', 'Event'];

/** `arn:aws:states:::lambda:invoke`: the answer under Payload; of the type Event an empty one at once, and the function runs on. */
export function invokeIntegration(lambda: SendingLambda): TaskFunction {
  return async ({ FunctionName, Payload, InvocationType = 'RequestResponse', ...others }, signal) => {
    if (typeof FunctionName !== 'string') throw new TaskError('States.Runtime', 'lambda:invoke needs FunctionName', { terminal: true });
    const type = String(InvocationType);
    const unknown = [...Object.keys(others), ...(TYPES.includes(type) ? [] : [`InvocationType ${type}`])];
    if (unknown.length > 0)
      throw new TaskError('States.Runtime', `The laptop run does not know ${unknown.join(', ')} of lambda:invoke`, { terminal: true });
    if (type === 'Event') return send(lambda, FunctionName, Payload);
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

function send(lambda: SendingLambda, functionName: string, event: unknown): object {
  try {
    lambda.send(functionName, event);
  } catch (error) {
    throw asTaskError(error);
  }
  return { Payload: '', SdkHttpMetadata: { HttpStatusCode: 202 }, StatusCode: 202 };
}

async function invoke(lambda: Lambda, functionName: string, event: unknown, signal: AbortSignal): Promise<unknown> {
  const result = await lambda.invoke(functionName, event, { signal }).catch((error: unknown) => {
    throw asTaskError(error);
  });
  if (!('functionError' in result)) return result.payload;
  throw new TaskError(result.payload.errorType, JSON.stringify(result.payload));
}

function asTaskError(error: unknown): unknown {
  return error instanceof ServiceError ? new TaskError(`Lambda.${error.code}`, error.message) : error;
}
