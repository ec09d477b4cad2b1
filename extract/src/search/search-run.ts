import { utcText } from '../../../common/clock.ts';
import type { SearchEvent } from '../../../common/contracts/events.ts';
import type { PostKey } from '../../../common/contracts/records.ts';
import type { Problem } from '../../../common/contracts/manifest.ts';
import { LayoutChangedError, PageFetchError, RetryableError } from '../../../common/errors.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import type { PoliteReader } from '../crawl/polite-reader.ts';
import type { ListedPost, PageRequest, Site } from '../sites/site.ts';
import type { SearchDependencies } from './dependencies.ts';
import type { PostList } from './post-lists.ts';

/** A page that is begun with less time left (real ms) could not be finished. */
const LEAST_TIME_MS = 4000;

/** What one Search invocation works with, and what it has done so far. */
export interface SearchRun {
  readonly event: SearchEvent;
  readonly site: Site;
  readonly deps: SearchDependencies;
  readonly reader: Pick<PoliteReader, 'read'>;
  readonly remainingMilliseconds: () => number;
  /** Whether a row of this search concerns a keyword, as far as its title tells. */
  readonly isMatched: (title: string) => boolean;
  readonly tally: { found: number; added: number; hastened: number; layoutChanged: number };
  /** Ids of the lists of which at least one page was read. */
  readonly listsRead: Set<string>;
  /** Keys of the posts that were counted as found. */
  readonly found: Set<string>;
  readonly problems: Problem[];
  /** Posts of a board's list from its top, as far as pages were read. */
  readonly ranked: Map<string, Pick<PostKey, 'board' | 'post_id'>>;
}

/** The invocation ends before its lists do. */
export class OutOfTimeError extends RetryableError {
  override readonly name = 'OutOfTimeError';
}

/**
 * The rows of a page; none when it lies past the end of its list. A page without the rows that it must have is kept, sealed, and counted.
 * @throws LayoutChangedError for such a page, OutOfTimeError, and what the reader throws.
 */
export async function readPage(list: PostList, number: number, request: PageRequest, run: SearchRun): Promise<ListedPost[]> {
  const text = await readText(list, number, request, run);
  if (text === null) return [];
  try {
    return rowsOf(text, list, number, run);
  } catch (error) {
    if (error instanceof LayoutChangedError) await keep(text, list, request, run);
    throw error;
  }
}

/** As `readPage`, for a page that may not exist: one without rows is taken for one past the end of the list. */
export async function probePage(list: PostList, number: number, request: PageRequest, run: SearchRun): Promise<ListedPost[]> {
  const text = await readText(list, number, request, run);
  if (text === null) return [];
  try {
    return rowsOf(text, list, number, run);
  } catch (error) {
    if (error instanceof LayoutChangedError) return [];
    throw error;
  }
}

async function readText(list: PostList, number: number, request: PageRequest, run: SearchRun): Promise<string | null> {
  if (run.remainingMilliseconds() < LEAST_TIME_MS) throw new OutOfTimeError(`${list.subject}: no time is left for page ${number}`);
  const { status, text } = await run.reader.read(request);
  if (status < 300) return text;
  if (number > 1) return null;
  throw new PageFetchError(`${request.url} answered ${status}; correct the keyword set's boards, or extract/src/sites/${run.site.name}`);
}

function rowsOf(text: string, list: PostList, number: number, run: SearchRun): ListedPost[] {
  const rows = list.parse(text, run.deps.clock.now());
  // A search may find nothing; a watched board without a post is one that we cannot read any more.
  if (rows.length === 0 && number === 1 && run.event.kind === 'board')
    throw new LayoutChangedError(`${list.subject}: its list holds no post; compare the page with extract/src/sites/${run.site.name}`);
  run.listsRead.add(list.id);
  return rows;
}

async function keep(text: string, list: PostList, { url }: PageRequest, run: SearchRun): Promise<void> {
  const { event, site, deps, tally, problems, listsRead } = run;
  // Far back in a list that was just read well, it is the list's end or one odd row rather than a new layout.
  if (event.backfill === null || !listsRead.has(list.id)) tally.layoutChanged += 1;
  const pages = { key: null, collected_at: utcText(deps.clock.now()), pages: [{ url, text }] };
  // Numbered by the problem that it is about to become: each spelling has a page 1.
  const name = objectKeys.rawList(event.batch, site.name, event.part, problems.length + 1);
  await deps.data.writeBytes(name, deps.seal.seal(pages));
}
