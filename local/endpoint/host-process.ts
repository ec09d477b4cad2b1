import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface HostProcess {
  readonly url: string;
  /** `kill -9`, and waits until the process is gone. */
  kill(): Promise<void>;
}

/** Runs a test's host module in its own Node and waits for the URL that it prints first. */
export async function startHost(module: string, ...hostArguments: string[]): Promise<HostProcess> {
  const child = spawn(process.execPath, [module, ...hostArguments], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  for await (const url of createInterface(child.stdout)) {
    return {
      url,
      async kill() {
        child.kill('SIGKILL');
        await exited;
      },
    };
  }
  throw new Error(`${module} ended before it printed its URL`);
}
