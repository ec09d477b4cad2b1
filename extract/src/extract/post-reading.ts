import type { Temporal } from 'temporal-polyfill';
import type { PostKey } from '../../../common/contracts/records.ts';
import { LayoutChangedError, PostGoneError } from '../../../common/errors.ts';
import type { CommentList, PageRequest, ParsedComment, PostPage, Site } from '../sites/site.ts';

/** A post with all its comments at one time. */
export interface PostReading {
  readonly key: PostKey;
  readonly collectedAt: Temporal.Instant;
  readonly post: PostPage;
  readonly comments: readonly ParsedComment[];
  /** Rows that the printed total promises and that no try brought; 0 when all is there. */
  readonly missingRows: number;
  /** Why robots.txt keeps some of the comments from us; null when it does not. */
  readonly refusal: string | null;
}

/** Comments of one page. Two readings of the same page have the same `address`. */
export interface AddressedList extends CommentList {
  readonly address: string;
}

type Read = Omit<PostReading, 'comments' | 'missingRows'>;

/**
 * Puts the pages of a post together. A comment that arrived or went between two pages pushes others over: the same one can come twice,
 * the later reading of it counts. Deleted comments, which have no number, explain what is short of the printed total.
 */
export function putTogether(read: Read, lists: readonly AddressedList[]): PostReading {
  const byId = new Map(lists.flatMap(({ comments }) => comments).map((comment) => [comment.commentId, comment]));
  const deleted = new Map<string, number>();
  for (const { address, rows, comments } of lists)
    deleted.set(address, Math.max(deleted.get(address) ?? 0, Math.max(0, rows - comments.length)));
  const explained = byId.size + [...deleted.values()].reduce((sum, rows) => sum + rows, 0);
  return { ...read, comments: [...byId.values()], missingRows: Math.max(0, read.post.commentCount - explained) };
}

/** True when a comment came with more than one page: the pages moved while they were read. */
export function hasMoved(lists: readonly CommentList[]): boolean {
  const ids = lists.flatMap(({ comments }) => comments).map(({ commentId }) => commentId);
  return new Set(ids).size < ids.length;
}

/** What tells a page from every other one, a form's fields included. */
export function addressOf({ url, form }: Pick<PageRequest, 'url' | 'form'>): string {
  return form ? `${url}#${new URLSearchParams(form).toString()}` : url;
}

/** What a parser says. Parsers promise two errors only; whatever else they stumble over is a page that they do not know. */
export function parsedBy<T>(site: Pick<Site, 'name'>, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof LayoutChangedError || error instanceof PostGoneError) throw error;
    // Its message may quote the page.
    const name = error instanceof Error ? error.name : 'something else than an error';
    throw new LayoutChangedError(`${site.name}: its parser threw ${name}; parse the kept page to see where`, { cause: error });
  }
}
