import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../local/run/directories.ts';
import type { Laptop } from '../../local/run/laptop.ts';
import { startedSchema, untilEnded } from '../../local/run/play.ts';

/** Sample events that were read. */
export const usedEvents = new Set<string>();

export function eventIn(file: string): Record<string, unknown> {
  usedEvents.add(file);
  return JSON.parse(readFileSync(join(repository, file), 'utf8')) as Record<string, unknown>;
}

/** What a function answers to a sample event, with some of it changed. */
export async function invokeWith(laptop: Laptop, logicalId: string, file: string, changes: object = {}): Promise<unknown> {
  return (await laptop.runner.invoke(laptop.functionNamed(logicalId).arn, { ...eventIn(file), ...changes })).payload;
}

/** How the run ended that StartFunction began. */
export async function runWith(laptop: Laptop, file: string): Promise<{ began: string; status: string; executionName: string }> {
  const started = startedSchema.parse(await invokeWith(laptop, 'StartFunction', file));
  const { status, executionName } = await untilEnded(laptop, started.batch, started.executionArn);
  return { began: started.status, status, executionName };
}
