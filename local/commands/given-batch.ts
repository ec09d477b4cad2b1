import { batchSchema, type Batch } from '../../common/contracts/batch.ts';
import { UserError } from '../run/user-error.ts';

/** A batch as a user gave it. @throws UserError for a text that is none. */
export function givenBatch(text: string): Batch {
  const batch = batchSchema.safeParse(text);
  if (batch.success) return batch.data;
  throw new UserError(`Batch "${text}" ${batch.error.issues[0]?.message ?? 'is none'}.`);
}
