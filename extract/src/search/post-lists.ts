import type { Temporal } from 'temporal-polyfill';
import type { SearchEvent } from '../../../common/contracts/events.ts';
import type { KeywordSet } from '../../../common/contracts/keyword-sets.ts';
import { InvalidEventError } from '../../../common/errors.ts';
import { searchTerms } from '../../../common/keywords.ts';
import type { ListedPost, PageRequest, Site } from '../sites/site.ts';

/** One list of a site that is read page by page: a board's, or what a search finds. */
export interface PostList {
  /** Names it within its site, also for a later run. */
  readonly id: string;
  /** Names it to a person. */
  readonly subject: string;
  /** Null where there is no such page. */
  page(number: number): PageRequest | null;
  parse(text: string, now: Temporal.Instant): ListedPost[];
}

/** The lists of one search; none when the site has no such list. @throws InvalidEventError for a term that is none. */
export function postLists(event: Pick<SearchEvent, 'kind' | 'term'>, site: Site, keywords: KeywordSet): PostList[] {
  const lists = event.kind === 'board' ? [boardList(event.term, site)] : keywordLists(event.term, site, keywords);
  return lists.filter((list) => list.page(1) !== null);
}

function boardList(board: string, site: Site): PostList {
  if (!/^\w+$/.test(board)) throw new InvalidEventError(`Board "${board}" is no board of ${site.name}; correct the keyword set's boards`);
  return {
    id: `board#${board}`,
    subject: `${site.name} board ${board}`,
    page: (number) => site.boardList(board, number),
    parse: (text, now) => site.parseBoardList(text, now),
  };
}

/** A list for each spelling that no other one of them finds. */
function keywordLists(term: string, site: Site, { keywords }: KeywordSet): PostList[] {
  const keyword = keywords.find(({ name }) => name === term);
  if (!keyword)
    throw new InvalidEventError(`Keyword "${term}" is not in the keyword set; it has ${keywords.map(({ name }) => name).join(', ')}`);
  return searchTerms(keyword.spellings).map((spelling) => ({
    id: `keyword#${term}#${spelling}`,
    subject: `${site.name} keyword ${term}: ${spelling}`,
    page: (number) => site.search(spelling, number),
    parse: (text, now) => site.parseSearch(text, now),
  }));
}
