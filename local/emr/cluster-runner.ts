import { join } from 'node:path';
import { errorMessage } from '../error-message.ts';
import { endStep, isAlive, newStep, terminate, type EmrCluster, type EmrStep } from './cluster.ts';
import { readClusters, writeClusters } from './cluster-file.ts';
import type { JobRuntime } from './job-runtime.ts';
import { runStep } from './run-step.ts';
import type { StepProcess } from './step-process.ts';

export interface ClusterRunnerOptions {
  /** Clusters, and each step's folder: `<cluster>/steps/<step>/{stdout,stderr}.txt`. */
  readonly directory: string;
  readonly runtime: JobRuntime;
  /** Epoch milliseconds; what idle time is counted by. */
  readonly clock: { now(): number };
  /** Real milliseconds from STARTING to the first step. */
  readonly warmUpMilliseconds: number;
}

/** Clusters that warm up, run their steps one after another and end when idle. */
export class ClusterRunner {
  readonly clusters: Map<string, EmrCluster>;
  readonly #options: ClusterRunnerOptions;
  readonly #processes = new Map<string, StepProcess>();
  readonly #warmUps = new Map<string, NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();

  constructor(options: ClusterRunnerOptions) {
    this.#options = options;
    this.clusters = readClusters(options.directory, options.clock.now());
    this.#save();
  }

  start(cluster: EmrCluster): void {
    this.clusters.set(cluster.id, cluster);
    this.#save();
    const ready = () => {
      this.#warmUps.delete(cluster.id);
      cluster.readyAt = this.#now();
      this.#next(cluster);
    };
    this.#warmUps.set(cluster.id, setTimeout(ready, this.#options.warmUpMilliseconds));
  }

  addSteps(cluster: EmrCluster, configs: readonly EmrStep['config'][]): EmrStep[] {
    const steps = configs.map((config) => newStep(config, this.#now()));
    cluster.steps.push(...steps);
    delete cluster.idleSince;
    this.#save();
    if (cluster.state === 'WAITING') this.#next(cluster);
    return steps;
  }

  /** Returns false for a step that has ended. */
  cancel(step: EmrStep): boolean {
    if (step.state !== 'PENDING' && step.state !== 'RUNNING') return false;
    endStep(step, 'CANCELLED', this.#now(), { Message: 'Cancelled by user' });
    this.#processes.get(step.id)?.kill();
    this.#save();
    return true;
  }

  end(cluster: EmrCluster, reason: Parameters<typeof terminate>[1]): void {
    clearTimeout(this.#warmUps.get(cluster.id));
    terminate(cluster, reason, this.#now());
    for (const step of cluster.steps) this.#processes.get(step.id)?.kill();
    this.#save();
  }

  /** Ends clusters whose AutoTerminationPolicy has run out. Called before every answer, so no timer is needed. */
  endIdle(): void {
    for (const cluster of this.clusters.values()) {
      const { IdleTimeout } = cluster.request.AutoTerminationPolicy ?? {};
      if (!isAlive(cluster) || IdleTimeout === undefined || cluster.idleSince === undefined) continue;
      if (this.#now() - cluster.idleSince < IdleTimeout * 1000) continue;
      this.end(cluster, { Code: 'ALL_STEPS_COMPLETED', Message: 'Auto-terminated: idle for longer than the policy allows' });
    }
  }

  /** Ends every cluster and waits until no process is left. */
  async close(): Promise<void> {
    for (const cluster of this.clusters.values()) this.end(cluster, { Code: 'USER_REQUEST', Message: 'The laptop run ended' });
    await Promise.all(this.#running);
  }

  #next(cluster: EmrCluster): void {
    if (!isAlive(cluster)) return;
    const step = cluster.steps.find(({ state }) => state === 'PENDING');
    cluster.state = step ? 'RUNNING' : 'WAITING';
    if (step) {
      const run = this.#run(cluster, step).finally(() => this.#running.delete(run));
      this.#running.add(run);
    } else if (cluster.request.Instances.KeepJobFlowAliveWhenNoSteps) {
      cluster.idleSince ??= this.#now();
    } else {
      this.end(cluster, { Code: 'ALL_STEPS_COMPLETED', Message: 'Steps completed' });
    }
    this.#save();
  }

  async #run(cluster: EmrCluster, step: EmrStep): Promise<void> {
    step.state = 'RUNNING';
    step.startedAt = this.#now();
    const directory = join(this.#options.directory, cluster.id, 'steps', step.id);
    const { Jar, Args } = step.config.HadoopJarStep;
    const outcome = await runStep({ jar: Jar, arguments: Args, directory }, this.#options.runtime, (stepProcess) => {
      this.#processes.set(step.id, stepProcess);
      if (!isRunning(step)) stepProcess.kill();
    });
    this.#processes.delete(step.id);
    if (isRunning(step)) {
      endStep(step, outcome.completed ? 'COMPLETED' : 'FAILED', this.#now());
      if (!outcome.completed) {
        step.failure = { Reason: outcome.reason, Message: outcome.message, LogFile: join(directory, 'stderr.txt') };
        this.#actOnFailure(cluster, step);
      }
    }
    this.#next(cluster);
  }

  #actOnFailure(cluster: EmrCluster, { config }: EmrStep): void {
    if (config.ActionOnFailure === 'CANCEL_AND_WAIT') {
      const pending = cluster.steps.filter(({ state }) => state === 'PENDING');
      for (const step of pending) endStep(step, 'CANCELLED', this.#now(), { Message: `Step ${config.Name} failed` });
    } else if (config.ActionOnFailure !== 'CONTINUE') {
      this.end(cluster, { Code: 'STEP_FAILURE', Message: `Step ${config.Name} failed` });
    }
  }

  #now(): number {
    return this.#options.clock.now();
  }

  /** What is kept only tells the next run of earlier clusters; a full disk must not end this one's. */
  #save(): void {
    try {
      writeClusters(this.#options.directory, this.clusters);
    } catch (error) {
      process.emitWarning(`The clusters could not be written down: ${errorMessage(error)}`);
    }
  }
}

/** Not ended meanwhile by a cancellation or with its cluster. */
function isRunning({ state }: EmrStep): boolean {
  return state === 'RUNNING';
}
