import { keywordSetsSchema, type KeywordSet } from '../../../common/contracts/keyword-sets.ts';
import { MissingObjectError } from '../../../common/errors.ts';
import { assetKeys } from '../../../common/object-keys.ts';
import type { ObjectStore } from '../../../common/object-store.ts';

/** @throws MissingObjectError naming the sets that there are. */
export async function keywordSetNamed(assets: Pick<ObjectStore, 'readJson'>, name: string): Promise<KeywordSet> {
  const sets = await assets.readJson(assetKeys.keywordSets, keywordSetsSchema);
  const set = sets[name];
  if (set) return set;
  throw new MissingObjectError(
    `Keyword set "${name}" is not in ${assetKeys.keywordSets}, which has ${Object.keys(sets).join(', ') || 'none'}; add it`,
  );
}
