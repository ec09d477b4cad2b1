/** In the order of their ports. */
export const COMMUNITY_SITES = ['bobaedream', 'clien', 'fmkorea', 'dcinside'] as const;
export type CommunitySite = (typeof COMMUNITY_SITES)[number];

/** What a post is there for in the simulation; tests and the report of a run read it, the pages never show it. */
export type Role =
  | 'critical' // matches a keyword and reaches the site's K within its own segment
  | 'slow-critical' // matches a keyword and reaches K two segments later (clien is slow)
  | 'early-hot' // matches a keyword and starts fast
  | 'thread-100' // passes 100 comments in the next segment
  | 'thread-200' // passes 200 comments nine segments later
  | 'hot-off-topic' // looks hot and matches nothing
  | 'search-only' // stands on a board that nobody watches, and matches
  | 'deleted'
  | 'blinded'
  | 'cold';

export type Subject = 'keyword' | 'trap' | 'car' | 'chatter' | 'politics';

/** A comment over all time. Times are epoch milliseconds: whole minutes on bobaedream, whole seconds elsewhere. */
export interface WorldComment {
  readonly id: string;
  readonly isReply: boolean;
  readonly author: string;
  readonly createdAt: number;
  readonly lines: readonly string[];
  readonly finalLikes: number;
  /** null but on bobaedream: the others have none. */
  readonly finalDislikes: number | null;
  /** Removed by its author before anyone could read it: from its first moment on only the marker shows. */
  readonly deleted: boolean;
  readonly editedAt: number | null;
}

/** A post over all time. Times are epoch milliseconds. */
export interface WorldPost {
  readonly site: CommunitySite;
  readonly board: string;
  readonly postId: string;
  readonly segment: number;
  readonly role: Role;
  /** The number of the recorded post whose comment arrivals this post plays. */
  readonly curve: number;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Names of the default keyword set that title or body match, in the set's order. */
  readonly keywords: readonly string[];
  readonly author: string;
  readonly createdAt: number;
  readonly editedAt: number | null;
  readonly finalViews: number;
  readonly finalLikes: number;
  /** From `at` on the page is the site's gone form, while lists and search still show the post. */
  readonly gone: { readonly form: 'deleted' | 'blinded'; readonly at: number } | null;
  /** In the order the page shows: by arrival, replies behind their parent. */
  readonly comments: readonly WorldComment[];
}

/** The state of a comment at an instant. */
export interface CommentState extends WorldComment {
  readonly likes: number;
  readonly dislikes: number | null;
}

/** The state of a post at an instant: what its page and its list row show. */
export interface PostState extends WorldPost {
  readonly views: number;
  readonly likes: number;
  readonly comments: readonly CommentState[];
  readonly state: 'there' | 'deleted' | 'blinded';
}
