import type { CommentState, PostState, WorldComment, WorldPost } from './world-post.ts';

/** Views and likes come with these time constants (minutes): a post is mostly read in its first day, a comment in its first hours. */
const POST_PACE = 600;
const COMMENT_PACE = 150;

/** What a post shows at an instant (epoch milliseconds at or after its creation). A gone post stands still from then on. */
export function stateAt(post: WorldPost, instant: number): PostState {
  const shownAt = post.gone ? Math.min(instant, Math.max(post.gone.at, post.createdAt)) : instant;
  const comments = post.comments.filter((comment) => comment.createdAt <= shownAt).map((comment) => commentAt(comment, shownAt));
  const reached = shareReached(shownAt - post.createdAt, POST_PACE);
  return {
    ...post,
    comments,
    // Everyone who wrote had opened the page.
    views: Math.floor(post.finalViews * reached) + 3 * comments.length,
    likes: Math.floor(post.finalLikes * reached),
    state: post.gone && post.gone.at <= instant ? post.gone.form : 'there',
  };
}

function commentAt(comment: WorldComment, instant: number): CommentState {
  const reached = shareReached(instant - comment.createdAt, COMMENT_PACE);
  return {
    ...comment,
    likes: Math.floor(comment.finalLikes * reached),
    dislikes: comment.finalDislikes === null ? null : Math.floor(comment.finalDislikes * reached),
  };
}

function shareReached(age: number, pace: number): number {
  return 1 - Math.exp(-age / (pace * 60_000));
}
