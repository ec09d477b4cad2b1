import { createHash } from 'node:crypto';
import { MOST_SEARCHES, type SearchTask } from '../../../common/contracts/events.ts';
import type { KeywordSet } from '../../../common/contracts/keyword-sets.ts';
import type { Settings } from '../../../common/contracts/settings.ts';
import { InvalidEventError, InvalidObjectError } from '../../../common/errors.ts';

type Search = Pick<SearchTask, 'site' | 'kind' | 'term'>;

/**
 * Every search function × (every keyword through the search of every site that the set watches, and every watched board). Whether a site's
 * robots.txt lets us use its search is decided when the search runs. `onlySites` are those of a backfill.
 * @throws InvalidEventError for a site that the set does not watch; InvalidObjectError when the set needs more than 150 searches.
 */
export function searchTasks(
  { keywordSetName, searchFunctions }: Pick<Settings, 'keywordSetName' | 'searchFunctions'>,
  set: KeywordSet,
  onlySites?: readonly string[],
): SearchTask[] {
  const boards = unique(set.boards).map((path) => {
    const [site = '', board = ''] = path.split('/');
    return { site, board };
  });
  const watched = unique(boards.map(({ site }) => site));
  const unknown = onlySites?.find((site) => !watched.includes(site));
  if (unknown !== undefined)
    throw new InvalidEventError(
      `Site "${unknown}" is not watched by keyword set "${keywordSetName}", which has ${watched.join(', ') || 'none'}; name one of these, or add a board of it to config/keyword-sets.json`,
    );

  const sites = watched.filter((site) => onlySites?.includes(site) ?? true);
  const keywords = set.search === false ? [] : unique(set.keywords.map(({ name }) => name));
  const searches: Search[] = [
    ...sites.flatMap((site) => keywords.map((term) => ({ site, kind: 'keyword' as const, term }))),
    ...boards.filter(({ site }) => sites.includes(site)).map(({ site, board }) => ({ site, kind: 'board' as const, term: board })),
  ];
  const functions = unique(searchFunctions);
  const tasks = functions.flatMap((name, index) => {
    const suffix = functions.length > 1 ? `-${index + 1}` : '';
    return searches.map((search) => ({ ...search, part: `${partOf(search)}${suffix}`, function: name }));
  });
  if (tasks.length > MOST_SEARCHES)
    throw new InvalidObjectError(
      `Keyword set "${keywordSetName}" makes ${tasks.length} searches with ${functions.length} search function(s), at most ${MOST_SEARCHES} fit into a run; move keywords or boards into a second set`,
    );
  return tasks;
}

/** A key of the bucket and of the contract holds no Korean. */
function partOf({ site, kind, term }: Search): string {
  const name = /^\w+$/.test(term) ? term : createHash('sha256').update(term).digest('hex').slice(0, 12);
  return `${site}-${kind}-${name}`;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
