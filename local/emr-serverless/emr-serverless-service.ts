import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { JobRuntime } from '../emr/job-runtime.ts';
import { parseInput } from '../emr/parse-input.ts';
import { parseServerlessSubmit } from '../emr/spark-submit.ts';
import { runJob, type StepOutcome } from '../emr/run-step.ts';
import type { StepProcess } from '../emr/step-process.ts';
import { errorMessage } from '../error-message.ts';
import { ServiceError, unknownOperation, type RestService } from '../endpoint/service.ts';
import { hasEnded, jobRunArn, jobRunDetails, newJobRun, startJobRunSchema, type JobRun } from './job-run.ts';

interface ServerlessOptions {
  /** Each job run's folder: `<directory>/emr-serverless/<job run>/{stdout,stderr}.txt`. */
  readonly directory: string;
  readonly runtime: JobRuntime;
  readonly applications: readonly { readonly id: string; readonly releaseLabel: string }[];
  /** Real milliseconds from SUBMITTED to RUNNING. */
  readonly startMilliseconds?: number;
}

const JOB_RUNS = /^\/applications\/([0-9a-z]{1,64})\/jobruns(?:\/([0-9a-z]{1,64}))?$/;

/**
 * EMR Serverless whose workers are this machine: each job run is a process. It knows StartJobRun, GetJobRun and CancelJobRun. Kinder than AWS:
 * capacity and queue are not modelled (a job run starts at once), and its role is not looked at but for its form.
 */
export function emrServerlessService(options: ServerlessOptions): RestService {
  const runs = new JobRuns(options);
  const applicationOf = (id: string) => {
    const application = options.applications.find((each) => each.id === id);
    if (!application) throw new ServiceError('ResourceNotFoundException', `Application ${id} does not exist`, 404);
    return application;
  };
  return {
    name: 'emr-serverless',
    handle(method, path, input) {
      const [, applicationId = '', jobRunId] = JOB_RUNS.exec(path) ?? [];
      const operation = `${method} ${jobRunId === undefined ? path : 'a job run'}`;
      if (applicationId === '') return Promise.reject(unknownOperation('EMR Serverless', operation));
      return Promise.resolve().then(() => {
        const { releaseLabel } = applicationOf(applicationId);
        if (method === 'POST' && jobRunId === undefined) return answerOf(runs.start(applicationId, parseInput(startJobRunSchema, input)));
        if (method === 'GET' && jobRunId !== undefined) return { jobRun: jobRunDetails(runs.find(applicationId, jobRunId), releaseLabel) };
        if (method === 'DELETE' && jobRunId !== undefined) return answerOf(runs.cancel(applicationId, jobRunId));
        throw unknownOperation('EMR Serverless', operation);
      });
    },
    close: () => runs.close(),
  };
}

function answerOf(run: JobRun) {
  return { applicationId: run.applicationId, jobRunId: run.id, arn: jobRunArn(run) };
}

class JobRuns {
  readonly #options: ServerlessOptions;
  readonly #runs = new Map<string, JobRun>();
  readonly #processes = new Map<string, StepProcess>();
  readonly #atWork = new Set<Promise<void>>();

  constructor(options: ServerlessOptions) {
    this.#options = options;
  }

  /** A token that was used gives the job run that it started. */
  start(applicationId: string, request: JobRun['request']): JobRun {
    const before = [...this.#runs.values()].find(
      (run) => run.applicationId === applicationId && run.request.clientToken === request.clientToken,
    );
    if (before && !isDeepStrictEqual(before.request, request))
      throw new ServiceError('ConflictException', `The client token ${request.clientToken} was used for another job run`, 409);
    if (before) return before;
    const run = newJobRun(applicationId, request, Date.now());
    this.#runs.set(run.id, run);
    const work: Promise<void> = this.#work(run).finally(() => this.#atWork.delete(work));
    this.#atWork.add(work);
    return run;
  }

  find(applicationId: string, id: string): JobRun {
    const run = this.#runs.get(id);
    if (run?.applicationId !== applicationId) throw new ServiceError('ResourceNotFoundException', `Job run ${id} does not exist`, 404);
    return run;
  }

  cancel(applicationId: string, id: string): JobRun {
    const run = this.find(applicationId, id);
    if (hasEnded(run)) throw new ServiceError('ValidationException', `Job run ${id} has ended: ${run.state}`);
    this.#end(run, 'CANCELLED', 'Job run cancelled by user');
    return run;
  }

  /** Cancels what runs and waits until no process is left. */
  async close(): Promise<void> {
    for (const run of this.#runs.values()) if (!hasEnded(run)) this.#end(run, 'CANCELLED', 'The laptop run ended');
    await Promise.all(this.#atWork);
  }

  async #work(run: JobRun): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#options.startMilliseconds ?? 500));
    if (hasEnded(run)) return;
    run.state = 'RUNNING';
    const minutes = run.request.executionTimeoutMinutes;
    const timer = setTimeout(() => this.#end(run, 'CANCELLED', `Job run timed out after ${minutes} minutes`), minutes * 60_000);
    const outcome = await this.#outcome(run).finally(() => clearTimeout(timer));
    this.#processes.delete(run.id);
    if (hasEnded(run)) return;
    if (outcome.completed) this.#end(run, 'SUCCESS', '');
    else this.#end(run, 'FAILED', `Job failed: ${outcome.reason}: ${outcome.message}`);
  }

  async #outcome(run: JobRun): Promise<StepOutcome> {
    try {
      const submit = parseServerlessSubmit(run.request.jobDriver.sparkSubmit);
      const directory = join(this.#options.directory, 'emr-serverless', run.id);
      return await runJob(submit, directory, this.#options.runtime, (started) => {
        this.#processes.set(run.id, started);
        if (hasEnded(run)) started.kill();
      });
    } catch (error) {
      return { completed: false, reason: 'The job could not be run', message: errorMessage(error) };
    }
  }

  #end(run: JobRun, state: JobRun['state'], stateDetails: string): void {
    Object.assign(run, { state, stateDetails, endedAt: Date.now() });
    this.#processes.get(run.id)?.kill();
  }
}
