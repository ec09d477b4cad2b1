import type { Temporal } from 'temporal-polyfill';
import type { PostKey } from '../../../common/contracts/records.ts';

/** One request to a site. `url` is absolute; `form` makes the body of a POST. */
export interface PageRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** False when the text was cut off on its way: then it is no page and is fetched again. */
  readonly isWhole: (text: string) => boolean;
}

/** When a list says a post was written: `exact` where it prints a time, else null; never later than `latest`. */
export interface ListedTime {
  readonly exact: Temporal.Instant | null;
  readonly latest: Temporal.Instant;
}

/** A row of a board's list or of a search result. `commentCount` is null where the row prints none. */
export interface ListedPost {
  readonly board: string;
  readonly postId: string;
  readonly title: string;
  readonly commentCount: number | null;
  readonly postedAt: ListedTime;
}

/** A comment as the page shows it; `author` never leaves this process unhashed. */
export interface ParsedComment {
  readonly commentId: string;
  readonly isReply: boolean;
  readonly author: string;
  readonly createdAt: Temporal.Instant;
  readonly body: string;
  readonly likes: number;
  readonly dislikes: number | null;
}

/** Comments of one page. `rows` counts the deleted ones too, as the site's own total does. */
export interface CommentList {
  readonly comments: readonly ParsedComment[];
  readonly rows: number;
}

export interface PostPage extends CommentList {
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly createdAt: Temporal.Instant;
  readonly views: number;
  readonly likes: number;
  /** The total that the page prints. */
  readonly commentCount: number;
}

/** A further page of comments and how many rows it must hold. */
export interface CommentPage {
  readonly request: PageRequest;
  readonly expectedRows: number;
}

/** Where a page names a person: from `start` up to but without `end`, in UTF-16 units; `name` as the parsers read it. */
export interface NamePlace {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** A community: what to ask and how to read the answer. Parsers are pure. */
export interface Site {
  readonly name: string;
  /** Null when the site has no such page that could ever be asked for. */
  boardList(board: string, page: number): PageRequest | null;
  search(term: string, page: number): PageRequest | null;
  /** @throws LayoutChangedError when the page has no list at all, or a row lacks a required field. */
  parseBoardList(html: string, now: Temporal.Instant): ListedPost[];
  parseSearch(html: string, now: Temporal.Instant): ListedPost[];
  post(key: Pick<PostKey, 'board' | 'post_id'>): PageRequest;
  /** @throws PostGoneError for deleted and blinded posts; LayoutChangedError naming the first required field that is missing. */
  parsePost(html: string): PostPage;
  /** Pages of comments that the post's own page does not show. */
  otherCommentPages(key: Pick<PostKey, 'board' | 'post_id'>, html: string, page: PostPage): CommentPage[];
  parseComments(html: string): CommentList;
  /** Where a page names people, so that it can be kept without the names. */
  namesIn(html: string): NamePlace[];
}

/** True when the text reaches its closing tag. */
export function endsWithHtml(text: string): boolean {
  return /<\/html>\s*(<!--[^]*-->\s*)?$/i.test(text);
}
