import { listRanksSchema } from '../../../common/contracts/list-ranks.ts';
import type { Batch } from '../../../common/contracts/batch.ts';
import { InvalidObjectError } from '../../../common/errors.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import type { ObjectStore } from '../../../common/object-store.ts';
import { postId } from '../crawl/crawl-state.ts';

/**
 * The place of each post on its board's list, 1 = top, as this batch's searches saw it; by postId. On two lists, the better place. A rank is
 * a signal for a later model and nothing more: a broken object is passed over.
 */
export async function listRanks(batch: Batch, data: Pick<ObjectStore, 'list' | 'readJson'>): Promise<Map<string, number>> {
  const keys = await data.list(objectKeys.allListRanks(batch));
  const lists = await Promise.all(keys.map((key) => data.readJson(key, listRanksSchema).catch(passOver)));
  const ranks = new Map<string, number>();
  for (const list of lists) {
    for (const [index, post] of (list?.posts ?? []).entries()) {
      const id = postId({ site: list?.site ?? '', ...post });
      ranks.set(id, Math.min(index + 1, ranks.get(id) ?? Infinity));
    }
  }
  return ranks;
}

function passOver(error: unknown): null {
  if (error instanceof InvalidObjectError) return null;
  throw error;
}
