import type { LambdaRunner } from '../../lambda/runner.ts';
import type { DeployedStateMachine } from '../../template/application.ts';
import { addStep } from './emr-add-step.ts';
import { startJobRun } from './emr-serverless-job.ts';
import { invokeBare, invokeIntegration } from './lambda-invoke.ts';
import { sdkTask } from './sdk-call.ts';

/** Does what a Task's Resource does on AWS. @throws TaskError; anything else is a fault of ours. An abort really ends the work. */
export type TaskFunction = (input: Readonly<Record<string, unknown>>, signal: AbortSignal) => Promise<unknown>;

/** What tasks reach the rest of the run through. Read at each call. */
export interface TaskDependencies {
  readonly lambda: Pick<LambdaRunner, 'invoke' | 'send'>;
  readonly endpointUrl: string;
  readonly region: string;
  readonly secretAccessKey: string;
}

export function isKnownResource(resource: string): boolean {
  return makerOf(resource) !== undefined;
}

/** @throws Error for a Resource without a stand-in: nothing may ever reach AWS. */
export function taskFunction(resource: string, machine: DeployedStateMachine, dependencies: TaskDependencies): TaskFunction {
  const make = makerOf(resource);
  if (!make) throw new Error(`${resource} has no stand-in`);
  return make(machine, dependencies);
}

type TaskMaker = (machine: DeployedStateMachine, dependencies: TaskDependencies) => TaskFunction;

function makerOf(resource: string): TaskMaker | undefined {
  const integration = /^arn:aws[\w-]*:states:::(.+)$/.exec(resource)?.[1];
  if (integration === 'lambda:invoke') return (_machine, { lambda }) => invokeIntegration(lambda);
  if (integration === 'elasticmapreduce:addStep') return (machine, dependencies) => addStep(machine, dependencies, { sync: false });
  if (integration === 'elasticmapreduce:addStep.sync') return (machine, dependencies) => addStep(machine, dependencies, { sync: true });
  if (integration === 'emr-serverless:startJobRun.sync') return startJobRun;
  if (/^arn:aws[\w-]*:lambda:/.test(resource)) return (_machine, { lambda }) => invokeBare(lambda, resource);
  const [, service, action] = /^aws-sdk:(\w+):(\w+)$/.exec(integration ?? '') ?? [];
  return service && action ? sdkTask(service, action) : undefined;
}
