import { join } from 'node:path';
import type { ObjectFilesOf } from './staged-objects.ts';

export type Engine = 'sail' | 'spark';

/** What a cluster, or a serverless application, needs to run jobs. */
export interface JobRuntime {
  readonly engine: Engine;
  /** The interpreter of the engine's environment. */
  readonly python: string;
  /** run_sail.py or run_spark.py: starts the engine and runs the script in it. */
  readonly launcher: string;
  readonly endpointUrl: () => string;
  readonly region: string;
  /** The access key of the job's role. */
  readonly accessKeyId: string;
  readonly objectFiles: ObjectFilesOf;
}

export interface JobRuntimeOptions extends Omit<JobRuntime, 'python' | 'launcher' | 'region'> {
  /** Interpreters of the engines' environments. */
  readonly python: { readonly sail: string; readonly spark?: string };
  readonly region?: string;
  /** Scripts that start an engine and run the job in it; tests have their own. */
  readonly launchers?: Readonly<Record<Engine, string>>;
}

const LAUNCHERS = { sail: join(import.meta.dirname, 'run_sail.py'), spark: join(import.meta.dirname, 'run_spark.py') };

/** What jobs run in. @throws Error when the engine's interpreter is not given. */
export function jobRuntime(options: JobRuntimeOptions): JobRuntime {
  const { engine, launchers = LAUNCHERS, region = 'ap-northeast-2' } = options;
  const python = options.python[engine];
  if (python === undefined) throw new Error(`No Python with ${engine} was given`);
  return { ...options, region, python, launcher: launchers[engine] };
}
