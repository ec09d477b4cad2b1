import { fork, type ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { DeployedFunction } from '../template/application.ts';
import { mailboxOf, type Word } from './child-mailbox.ts';
import type { FunctionFailure, InvokeMessage, StartMessage } from './environment-messages.ts';
import { environmentOf, logGroupOf, type LambdaPlace } from './environment-variables.ts';
import { exitFailure, timeoutFailure } from './function-failures.ts';
import type { FunctionLog } from './function-log.ts';

/** JSON text of the answer, or what went wrong. */
export type Outcome = ({ readonly payload: string } | { readonly failure: FunctionFailure }) & { readonly maxMemoryMegabytes?: number };

export interface EnvironmentRequest {
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** One process that runs one event at a time. */
export interface Environment {
  readonly deployed: DeployedFunction;
  /** False once its process has ended or must not see another event. */
  isUsable(): boolean;
  /** A time-out, an exit and an abort end the process. @throws the signal's reason, and nothing that the function does. */
  run(request: EnvironmentRequest): Promise<Outcome>;
  /** Ends the process and waits until it is gone and all its output is read. */
  end(): Promise<void>;
}

export interface EnvironmentOptions {
  readonly deployed: DeployedFunction;
  readonly bundle: string;
  readonly place: LambdaPlace;
  readonly extraEnvironment: Readonly<Record<string, string>>;
  readonly log: FunctionLog;
}

const CHILD = join(import.meta.dirname, 'child.mjs');
/** Lambda gives an initialization ten seconds of its own, then counts it against the function's time. */
const INIT_MILLISECONDS = 10_000;

export function startEnvironment(options: EnvironmentOptions): Environment {
  const { deployed } = options;
  const child = startChild(options);
  const mailbox = mailboxOf(child);
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  let usable = true;
  let ready = false;

  const end = async () => {
    usable = false;
    child.kill('SIGKILL');
    await gone;
  };

  /** Reads the answer to one event; whatever is no answer ends the process. */
  const outcomeOf = async (word: Word, requestId: string): Promise<Outcome> => {
    if (word.kind === 'result') return word;
    if (word.kind === 'error') return { failure: word.error, maxMemoryMegabytes: word.maxMemoryMegabytes };
    await end();
    if (word.kind === 'fatal') return { failure: word.error, maxMemoryMegabytes: word.maxMemoryMegabytes };
    if (word.kind === 'exit') return { failure: exitFailure(requestId, word.status, word.signal) };
    return { failure: timeoutFailure(requestId, deployed.timeoutSeconds) };
  };

  return {
    deployed,
    isUsable: () => usable && !mailbox.hasEnded(),
    end,
    async run({ requestId, event, environment, signal }) {
      const milliseconds = deployed.timeoutSeconds * 1000;
      try {
        if (!ready) {
          const word = await mailbox.take(INIT_MILLISECONDS + milliseconds, signal);
          if (word.kind !== 'ready') return await outcomeOf(word, requestId);
          ready = true;
        }
        const message: InvokeMessage = { requestId, event, environment, deadline: Date.now() + milliseconds };
        child.send(message, () => undefined); // A closed channel is heard of as the exit.
        return await outcomeOf(await mailbox.take(milliseconds, signal), requestId);
      } catch (aborted) {
        await end();
        throw aborted;
      }
    },
  };
}

function startChild({ deployed, bundle, place, extraEnvironment, log }: EnvironmentOptions): ChildProcess {
  const child = fork(CHILD, [], {
    cwd: dirname(bundle),
    env: { ...environmentOf(deployed, bundle, place), ...extraEnvironment },
    execArgv: [`--max-old-space-size=${deployed.memoryMegabytes}`],
    silent: true,
  });
  if (child.stdout) log.follow(deployed.name, child.stdout);
  if (child.stderr) log.follow(deployed.name, child.stderr);
  const start: StartMessage = {
    bundle,
    handler: deployed.handler,
    functionName: deployed.name,
    functionArn: deployed.arn,
    memoryMegabytes: deployed.memoryMegabytes,
    logGroup: logGroupOf(deployed),
    logStream: 'local',
  };
  child.send(start, () => undefined);
  return child;
}
