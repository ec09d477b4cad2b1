import { readFileSync, statSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../common/clock.ts';
import { UserError } from '../run/user-error.ts';

/** A page as somebody saved it. `savedAt` is what `9분 전` on it counts from. */
export interface SavedPage {
  readonly bytes: Buffer;
  readonly savedAt: Temporal.Instant;
}

/** Reads a file, or the standard input for `-`. Without `savedAt` the file's own time counts, else now. @throws UserError */
export function savedPage(page: string, savedAt: string | undefined, clock: Clock): SavedPage {
  try {
    const bytes = readFileSync(page === '-' ? 0 : page);
    const ofFile = page === '-' ? clock.now() : Temporal.Instant.fromEpochMilliseconds(statSync(page).mtime.getTime());
    return { bytes, savedAt: savedAt === undefined ? ofFile : instantOf(savedAt) };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `${page} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}); give a saved page, or - for the input.`,
    );
  }
}

function instantOf(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text);
  } catch {
    throw new UserError(`--saved-at ${text} is no time; give one with its offset, like 2026-11-20T14:30:00+09:00.`);
  }
}
