import type { Temporal } from 'temporal-polyfill';
import type { PostKey } from '../../../common/contracts/records.ts';

/** What a page is decoded as when header, meta and bytes leave it open. cp949 is what Korean pages mean by euc-kr. */
export type PageEncoding = 'utf-8' | 'cp949';

/** One request to a site. `url` is absolute; `form` makes the body of a POST. */
export interface PageRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** An answer of another content type is no page. */
  readonly expects: 'html' | 'json';
  /** What the text is in when nothing else says it. */
  readonly encoding: PageEncoding;
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

/**
 * The most further pages of comments that a post is asked for: no community is known to fill a tenth of them (50,000 comments). A total
 * beyond is a fault of the page; what it announces and nobody brings is reported as missing.
 */
export const MAX_COMMENT_PAGES = 500;

/** How gently a site is read, at least: robots.txt may ask for a longer delay. Holds across all functions. */
export interface Politeness {
  /** Between the beginnings of two requests, where robots.txt names no Crawl-delay. */
  readonly delayMs: number;
  /** Requests under way at once. */
  readonly concurrency: number;
}

/** What a community's folder declares: who it is and how it wants to be read. */
export interface SiteDefinition {
  /** As records and keyword sets spell it; also the folder's name. */
  readonly name: string;
  /** Scheme and host at which the public reads it. */
  readonly home: string;
  /** The name by which its robots.txt may address us. */
  readonly robotsSubject: string;
  readonly politeness: Politeness;
  readonly encoding: PageEncoding;
  /** Boards whose list is ordered by posting time can be followed back in time; others only as far as they bring something new. */
  readonly listOrder: 'newest-first' | 'other';
  /** What to ask and how to read the answer, at an address (`home`, or another one for a trial). */
  readonly pages: (baseUrl: string) => SitePages;
}

type PostPlace = Pick<PostKey, 'board' | 'post_id'>;

/** What to ask a community, and how to read the answer. Parsers are pure; `now` is when the page was read, for times like `9분 전`. */
export interface SitePages {
  /** Null when the site has no such page that could ever be asked for. Pages count from 1. */
  boardList(board: string, page: number): PageRequest | null;
  search(term: string, page: number): PageRequest | null;
  /** @throws LayoutChangedError when the page has no list at all, or most of its rows lack a required field. */
  parseBoardList(html: string, now: Temporal.Instant): ListedPost[];
  /** No hit is an empty list. @throws LayoutChangedError when the page is no search result of the site, or most rows lack a field. */
  parseSearch(html: string, now: Temporal.Instant): ListedPost[];
  post(key: PostPlace): PageRequest;
  /** The board and number that a post's address names; null for any other address. */
  placeOf(url: string): PostPlace | null;
  /**
   * @throws PostGoneError for deleted and blinded posts (`certain` when the page says so, else inferred from what it lacks);
   * LayoutChangedError naming the first required field that is missing, also when a total is printed and no comment is there.
   */
  parsePost(html: string, now: Temporal.Instant): PostPage;
  /** Pages of comments that the post's own page does not show. @throws LayoutChangedError when the page does not say where they are. */
  otherCommentPages(key: PostPlace, html: string, page: PostPage): CommentPage[];
  /** @throws LayoutChangedError for an answer that holds no list of comments, or a row that lacks a field. */
  parseComments(text: string, now: Temporal.Instant): CommentList;
}

/** A community read at `baseUrl`. */
export type Site = Omit<SiteDefinition, 'pages'> & SitePages & { readonly baseUrl: string };

/** How far from its end a page may close: behind `</html>` some servers print a comment. */
const TAIL = 4096;

/** True when the text reaches its closing tag. */
export function endsWithHtml(text: string): boolean {
  return /<\/html>\s*(?:<!--[^]*-->\s*)?$/i.test(text.slice(-TAIL));
}
