import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../../common/clock.ts';
import type { PostKey } from '../../../common/contracts/records.ts';
import { PageFetchError, PostGoneError } from '../../../common/errors.ts';
import type { PoliteReader } from '../crawl/polite-reader.ts';
import type { CommentList, CommentPage, ParsedComment, PostPage, Site } from '../sites/site.ts';

/** A post with all its comments at one time. `pages` are the texts as fetched, the post's own first. */
export interface PostReading {
  readonly key: PostKey;
  readonly collectedAt: Temporal.Instant;
  readonly post: PostPage;
  readonly comments: readonly ParsedComment[];
  readonly pages: readonly string[];
  /** Rows that the printed total promises and that no try brought; 0 when all is there. */
  readonly missingRows: number;
}

const TRIES = 3;

/**
 * Reads a post's page and the other pages of its comments.
 * @throws PostGoneError, LayoutChangedError, and what PoliteReader.read throws.
 */
export async function readPost(key: PostKey, site: Site, reader: PoliteReader, clock: Clock): Promise<PostReading> {
  const page = await reader.read(site.post(key));
  if (page.status >= 400) throw new PostGoneError(`${key.site}/${key.board}/${key.post_id} answered ${page.status}`);
  const collectedAt = clock.now();
  const post = site.parsePost(page.text);

  const pages = [page.text];
  const lists: CommentList[] = [post];
  for (const other of site.otherCommentPages(key, page.text, post)) {
    const read = await readComments(other, site, reader);
    pages.push(read.text);
    lists.push(read);
  }
  // A comment that arrived between two pages pushes one over from the next: the same comment can come twice.
  const byId = new Map(lists.flatMap(({ comments }) => comments).map((comment) => [comment.commentId, comment]));
  const deletedRows = lists.reduce((sum, { rows, comments }) => sum + rows - comments.length, 0);
  return {
    key,
    collectedAt,
    post,
    comments: [...byId.values()],
    pages,
    missingRows: Math.max(0, post.commentCount - byId.size - deletedRows),
  };
}

/** A fragment does not show that it was cut off, but for the rows it lacks: then it is read again; the longest try counts. */
async function readComments(
  { request, expectedRows }: CommentPage,
  site: Site,
  reader: PoliteReader,
): Promise<CommentList & { text: string }> {
  let best: (CommentList & { text: string }) | null = null;
  for (let attempt = 1; attempt <= TRIES && (best?.rows ?? 0) < expectedRows; attempt += 1) {
    const { status, text } = await reader.read(request);
    if (status >= 400) throw new PageFetchError(`${request.url} answered ${status}`);
    const list = site.parseComments(text);
    if (list.rows >= (best?.rows ?? 0)) best = { ...list, text };
  }
  return best ?? { comments: [], rows: 0, text: '' };
}
