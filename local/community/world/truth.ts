import { authorId, dcinsideWriter } from '../texts/people.ts';
import type { CommentState, CommunitySite, PostState } from './world-post.ts';

/** A comment as a row of the warehouse should show it; fields that common/contracts/records.ts also has mean the same there. */
export interface CommentTruth {
  readonly comment_id: string;
  readonly is_reply: boolean;
  /** The nickname. Records hold a keyed hash of `<site>:<author_id ?? author>`. */
  readonly author: string;
  /** The id by which the page names the writer too; null where it gives none (bobaedream and fmkorea). */
  readonly author_id: string | null;
  readonly created_at: string;
  /** False where the page says `9 분 전` (fmkorea): a reader can tell the time no closer than that. */
  readonly time_is_exact: boolean;
  readonly body: string;
  readonly likes: number;
  readonly dislikes: number | null;
  /** Its text is not on the page: no reader can have it. */
  readonly deleted: boolean;
}

/** A post as the latest row of the warehouse should show it. */
export interface PostTruth {
  readonly site: CommunitySite;
  readonly board: string;
  readonly post_id: string;
  /** Path and query of the post's page on its host. */
  readonly url_path: string;
  readonly title: string;
  readonly body: string;
  /** The nickname. Records hold a keyed hash of `<site>:<author_id ?? author>`. */
  readonly author: string;
  /** As of a comment; null on clien too, whose post pages give none. */
  readonly author_id: string | null;
  readonly created_at: string;
  readonly views: number;
  readonly likes: number;
  /** As printed: deleted comments count. */
  readonly comment_count: number;
  /** Names of the default keyword set that match. */
  readonly keywords: readonly string[];
  /** `deleted` and `blinded`: the page is a gone form, nothing can be read; the rest is what was there before. */
  readonly state: 'there' | 'deleted' | 'blinded';
  readonly comments: readonly CommentTruth[];
}

export function truthOf(post: PostState): PostTruth {
  return {
    site: post.site,
    board: post.board,
    post_id: post.postId,
    url_path: postPath(post),
    title: post.title,
    body: post.paragraphs.join('\n'),
    author: post.author,
    author_id: post.site === 'dcinside' ? dcinsideWriter(post.author).identity : null,
    created_at: utcText(post.createdAt),
    views: post.views,
    likes: post.likes,
    comment_count: post.comments.length,
    keywords: post.keywords,
    state: post.state,
    comments: post.comments.map((comment) => commentTruthOf(comment, post.site)),
  };
}

/** Path and query of a post's page, as lists link it. */
function postPath(post: Pick<PostState, 'site' | 'board' | 'postId'>): string {
  switch (post.site) {
    case 'bobaedream':
      return `/view?code=${post.board}&No=${post.postId}`;
    case 'clien':
      return `/service/board/${post.board}/${post.postId}`;
    case 'fmkorea':
      return `/${post.board}/${post.postId}`;
    case 'dcinside':
      return `/board/view/?id=${post.board}&no=${post.postId}`;
  }
}

function commentTruthOf(comment: CommentState, site: CommunitySite): CommentTruth {
  return {
    comment_id: comment.id,
    is_reply: comment.isReply,
    author: comment.author,
    author_id: commentAuthorId(site, comment.author),
    created_at: utcText(comment.createdAt),
    time_is_exact: site !== 'fmkorea',
    body: comment.lines.join('\n'),
    likes: comment.likes,
    dislikes: comment.dislikes,
    deleted: comment.deleted,
  };
}

function commentAuthorId(site: CommunitySite, author: string): string | null {
  if (site === 'clien') return authorId(author);
  return site === 'dcinside' ? dcinsideWriter(author).identity : null;
}

function utcText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}
