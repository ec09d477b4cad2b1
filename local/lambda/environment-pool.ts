import type { DeployedFunction } from '../template/application.ts';
import type { Environment } from './environment.ts';

/** Somebody waits for the answer of a `call`; nobody waits for that of an `event`. */
export type Turn = 'call' | 'event';

export interface EnvironmentPool {
  /** Waits for its turn, gives `use` a warm environment or a new one, and keeps it afterwards when it is still usable. */
  with<T>(deployed: DeployedFunction, turn: Turn, use: (environment: Environment) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface PoolLimits {
  /** Invocations that run at the same time, over all functions; more wait in line. Events leave one place to the others. */
  readonly maxConcurrent: number;
  /** Warm environments that wait for work, over all functions; the one unused for longest is ended first. */
  readonly maxIdle: number;
}

export function environmentPool(start: (deployed: DeployedFunction) => Environment, limits: PoolLimits): EnvironmentPool {
  /** Least recently used first. */
  const idle: Environment[] = [];
  const all = new Set<Environment>();
  const line: { readonly turn: Turn; readonly goOn: () => void }[] = [];
  const running = { call: 0, event: 0 };
  let closed = false;

  /** What waits for events to end (Settle) must find a place, however many of them are in line. */
  const isFree = (turn: Turn) =>
    running.call + running.event < limits.maxConcurrent && (turn === 'call' || running.event < Math.max(1, limits.maxConcurrent - 1));

  const next = () => {
    const index = line.findIndex(({ turn }) => isFree(turn));
    if (index >= 0) line.splice(index, 1)[0]?.goOn();
  };

  const end = async (environment: Environment) => {
    await environment.end();
    all.delete(environment);
  };

  const take = async (deployed: DeployedFunction): Promise<Environment> => {
    for (const dead of idle.filter((environment) => !environment.isUsable())) {
      idle.splice(idle.indexOf(dead), 1);
      await end(dead);
    }
    const index = idle.findLastIndex((environment) => environment.deployed.arn === deployed.arn);
    const warm = index < 0 ? undefined : idle.splice(index, 1)[0];
    if (warm) return warm;
    const fresh = start(deployed);
    all.add(fresh);
    return fresh;
  };

  const giveBack = async (environment: Environment) => {
    if (!environment.isUsable() || closed) return end(environment);
    idle.push(environment);
    const oldest = idle.length > limits.maxIdle ? idle.shift() : undefined;
    if (oldest) await end(oldest);
  };

  return {
    async with(deployed, turn, use) {
      while (!closed && !isFree(turn)) await new Promise<void>((goOn) => line.push({ turn, goOn }));
      if (closed) throw new Error(`${deployed.name} cannot start: the local run is closing`);
      running[turn]++;
      let environment: Environment | undefined;
      try {
        environment = await take(deployed);
        return await use(environment);
      } finally {
        if (environment) await giveBack(environment);
        running[turn]--;
        next();
      }
    },
    async close() {
      closed = true;
      idle.length = 0;
      line.splice(0).forEach(({ goOn }) => goOn());
      await Promise.all([...all].map(end));
    },
  };
}
