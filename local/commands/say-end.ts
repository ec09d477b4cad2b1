import type { PlayedBatch } from '../run/play.ts';

/** Prints how an execution ended. Returns the exit status. */
export function sayEnd({ executionName, status, milliseconds, error, cause }: PlayedBatch): number {
  console.log(`${executionName}  ${status}  ${(milliseconds / 1000).toFixed(1)} s`);
  if (status === 'SUCCEEDED') return 0;
  console.error(`${error ?? 'No error'}: ${cause ?? 'no cause was given'}`);
  return 1;
}
