import type { SearchTask } from '../../../common/contracts/events.ts';
import type { KeywordSet } from '../../../common/contracts/keyword-sets.ts';
import { InvalidObjectError } from '../../../common/errors.ts';

/** The state machine's Map takes this many; with it, its input stays far below the limit of 256 KiB. */
const MOST_TASKS = 100;

/**
 * Every keyword through the search of every site that the set watches, and every watched board. Whether a site's robots.txt lets us use its
 * search is decided when the search runs.
 * @throws InvalidObjectError when the set needs more than 100 searches.
 */
export function searchTasks(setName: string, set: KeywordSet): SearchTask[] {
  const boards = unique(set.boards).map((path) => {
    const [site = '', board = ''] = path.split('/');
    return { site, board };
  });
  const sites = unique(boards.map(({ site }) => site));
  const keywords = unique(set.keywords.map(({ name }) => name));
  const tasks: SearchTask[] = [
    ...sites.flatMap((site) => keywords.map((term) => ({ site, kind: 'keyword' as const, term }))),
    ...boards.map(({ site, board }) => ({ site, kind: 'board' as const, term: board })),
  ];
  if (tasks.length > MOST_TASKS) {
    throw new InvalidObjectError(
      `Keyword set "${setName}" makes ${tasks.length} searches, at most ${MOST_TASKS} fit into a run; move keywords or boards into a second set`,
    );
  }
  return tasks;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
