import * as z from 'zod';
import { completionAddressSchema, type Completion } from './contracts/completion.ts';
import { readEnvironment } from './environment.ts';
import { objectKeys } from './object-keys.ts';
import { objectStore, type ObjectStore } from './object-store.ts';

/** Tells whoever waits for an event's task how it ended. */
export interface CompletionReport {
  /** `input` is the event as it came. Nothing is written for an event that nobody waits for. */
  write(input: unknown, completion: Completion): Promise<void>;
}

/**
 * Completion markers of a stage in the data bucket, for events with `completion` (Invocation = async).
 * `data` is opened at the first marker, so that a function whose other settings are wrong can still say so.
 */
export function completionMarkers(stage: 'search' | 'extract', data: () => Pick<ObjectStore, 'write'> = dataBucket): CompletionReport {
  return {
    async write(input, completion) {
      const address = completionAddressSchema.safeParse(input);
      if (!address.success) return;
      const { batch, part, completion: execution } = address.data;
      await data().write(objectKeys.completion(batch, execution, stage, part), JSON.stringify(completion));
    },
  };
}

function dataBucket(): Pick<ObjectStore, 'write'> {
  return objectStore(readEnvironment({ DATA_BUCKET: z.string().min(3) }).DATA_BUCKET);
}
