import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../../common/clock.ts';
import type { PostKey } from '../../../common/contracts/records.ts';
import { HostBusyError, PageFetchError, PostGoneError, RefusedByRobotsError, SkipItemError } from '../../../common/errors.ts';
import type { KeptPages } from '../crawl/page-seal.ts';
import type { Page, PoliteReader } from '../crawl/polite-reader.ts';
import type { CommentPage, PageRequest, PostPage, Site } from '../sites/site.ts';
import { addressOf, hasMoved, parsedBy, putTogether, type AddressedList, type PostReading } from './post-reading.ts';

export interface PostTask {
  readonly key: PostKey;
  readonly site: Site;
  readonly reader: PoliteReader;
  readonly clock: Clock;
  /** When time is over among the comments, the post counts with those that came: it had all the time that there is. */
  readonly takesWhatComes?: boolean;
}

/** What has been fetched of a post so far: filled while it is read, so that it can be kept whatever becomes of the post. */
export interface Fetched {
  collectedAt: Temporal.Instant;
  readonly pages: KeptPages['pages'];
}

/** One try at a page: how many rows it has, and how many it must have. */
interface Try {
  readonly rows: number;
  readonly expectedRows: number;
  readonly text: string;
}
type OwnPage = Try & { page: Page; post: PostPage; others: CommentPage[]; collectedAt: Temporal.Instant };

const TRIES = 3;

/**
 * Reads a post's page and the other pages of its comments. Comments that robots.txt, the site or a broken line keep back are missing
 * in the reading; the post itself must be there. So are those for which time did not suffice, when the task takes what comes.
 * @throws PostGoneError, LayoutChangedError, and what PoliteReader.read throws.
 */
export async function readPost(task: PostTask, fetched: Fetched): Promise<PostReading> {
  const { key, site } = task;
  const own = await readOwnPage(task, fetched);
  const { post, collectedAt, others } = own;
  fetched.collectedAt = collectedAt;

  const lists: AddressedList[] = [{ ...post, address: addressOf(site.post(key)) }];
  let refusal: string | null = null;
  const readOthers = async () => {
    try {
      for (const { request, expectedRows } of others) {
        // A fragment does not say what it is encoded in; the page that it belongs to does.
        const list = await readComments({ request: { ...request, encoding: own.page.encoding }, expectedRows }, task, fetched);
        if (typeof list === 'string') refusal = list;
        else if (list) lists.push(list);
      }
    } catch (error) {
      if (!(error instanceof HostBusyError && task.takesWhatComes)) throw error;
    }
    return putTogether({ key, collectedAt, post, refusal }, lists);
  };

  const reading = await readOthers();
  return reading.missingRows > 0 && hasMoved(lists) ? readOthers() : reading;
}

/** Read again, too, when it shows fewer comments than the other pages leave to it. */
async function readOwnPage({ key, site, reader, clock }: PostTask, fetched: Fetched): Promise<OwnPage> {
  const request = site.post(key);
  return longest(fetched, request, async (keep) => {
    const page = await reader.read(request);
    if (page.status >= 400) throw new PostGoneError(`${key.site}/${key.board}/${key.post_id} answered ${page.status}`);
    const collectedAt = clock.now();
    keep(page.text);
    const post = parsedBy(site, () => site.parsePost(page.text, collectedAt));
    const others = parsedBy(site, () => site.otherCommentPages(key, page.text, post));
    const expectedRows = post.commentCount - others.reduce((sum, other) => sum + other.expectedRows, 0);
    return { page, post, others, collectedAt, text: page.text, rows: post.rows, expectedRows };
  });
}

/** The comments of another page; null when the page cannot be had, a text (why) when robots.txt refuses it. */
async function readComments(
  { request, expectedRows }: CommentPage,
  task: PostTask,
  fetched: Fetched,
): Promise<AddressedList | string | null> {
  const { site, reader } = task;
  try {
    return await longest(fetched, request, async (keep) => {
      const { status, text } = await reader.read(request);
      if (status >= 400) throw new PageFetchError(`${request.url} answered ${status}`);
      keep(text);
      const list = parsedBy(site, () => site.parseComments(text, fetched.collectedAt));
      return { ...list, text, expectedRows, address: addressOf(request) };
    });
  } catch (error) {
    if (error instanceof RefusedByRobotsError) return error.message;
    if (error instanceof PageFetchError) return null;
    throw error;
  }
}

/**
 * Reads a page until it is not short, three times at most; the try with the most rows counts. Two tries that agree end it: then that is
 * how the site counts. What goes wrong with a later try does not spoil the first one, unless the host wants to be left alone.
 */
async function longest<T extends Try>(
  fetched: Fetched,
  request: PageRequest,
  readOnce: (keep: (text: string) => void) => Promise<T>,
): Promise<T> {
  const place = fetched.pages.length;
  const url = addressOf(request);
  let best = await readOnce((text) => (fetched.pages[place] = { url, text }));
  for (let attempt = 2; attempt <= TRIES && best.rows < best.expectedRows; attempt += 1) {
    const next = await unlessSkipped(readOnce(() => undefined));
    if (next === null || next.rows === best.rows) break;
    if (next.rows < best.rows) continue;
    best = next;
    fetched.pages[place] = { url, text: best.text };
  }
  return best;
}

async function unlessSkipped<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof SkipItemError) return null;
    throw error;
  }
}
