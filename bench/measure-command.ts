import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';

/** What one run of a command took. Seconds are of the whole process tree, the peak is that of its largest process. */
export interface CommandCost {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakBytes: number;
}

export interface MeasuredCommand {
  readonly name: string;
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly limitSeconds: number;
}

const figuresSchema = z.object({ status: z.number(), cpuSeconds: z.number(), wallSeconds: z.number(), peakBytes: z.number() });

/** Runs a command once, and gives what it said as well. @throws Error when it fails, with the end of what it said. */
export async function measureCommand(
  { name, command, folder, environment = {}, limitSeconds }: MeasuredCommand,
  python: string,
): Promise<CommandCost & { readonly said: string }> {
  const { stdout, stderr: said } = await promisify(execFile)(
    python,
    [join(import.meta.dirname, 'measure.py'), String(limitSeconds), ...command],
    { cwd: folder, env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 },
  );
  const { status, ...figures } = figuresSchema.parse(JSON.parse(stdout));
  if (status !== 0) throw new Error(`${name} ended with ${status}:\n${said.slice(-2000)}`);
  return { ...figures, said };
}
