import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keywordSetsSchema } from '../../common/contracts/keyword-sets.ts';
import { postWatch, type PostWatch } from '../../common/keywords.ts';
import { repository } from '../run/directories.ts';
import { UserError } from '../run/user-error.ts';

/** What marks records by a keyword set of config/keyword-sets.json. @throws UserError naming the sets that there are. */
export function keywordsOfSet(name: string): PostWatch {
  const sets = keywordSetsSchema.parse(JSON.parse(readFileSync(join(repository, 'config/keyword-sets.json'), 'utf8')));
  const set = Object.hasOwn(sets, name) ? sets[name] : undefined;
  if (set) return postWatch(set);
  throw new UserError(`There is no keyword set "${name}"; config/keyword-sets.json has ${Object.keys(sets).join(', ')}.`);
}
