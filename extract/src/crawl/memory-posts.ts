import { postId, type CrawlState, type PostState, type StateChange } from './crawl-state.ts';

/** For tests: the posts of the crawl state in memory, and the changes that were recorded. */
export function memoryPosts(...initial: PostState[]): CrawlState & { posts: Map<string, PostState>; recorded: StateChange[] } {
  const posts = new Map(initial.map((post) => [postId(post), post]));
  const recorded: StateChange[] = [];
  return {
    posts,
    recorded,
    known: (keys) => Promise.resolve(new Map(keys.map(postId).flatMap((id) => (posts.has(id) ? [[id, posts.get(id) as PostState]] : [])))),
    add(added, at) {
      for (const post of added)
        posts.set(postId(post), { ...post, status: 'due', next_due_at: at, comment_count: 0, failures: 0, expires_at: 1e12 });
      return Promise.resolve();
    },
    hasten(key, at) {
      const post = posts.get(postId(key));
      if (post) posts.set(postId(key), { ...post, status: 'due', next_due_at: at });
      return Promise.resolve();
    },
    due: (site, until) =>
      Promise.resolve(
        [...posts.values()]
          .filter((post) => post.site === site && post.next_due_at !== undefined && post.next_due_at <= until)
          .sort((a, b) => ((a.next_due_at ?? '') < (b.next_due_at ?? '') ? -1 : 1)),
      ),
    record(change) {
      recorded.push(change);
      posts.set(postId(change), { ...change, expires_at: 1e12 });
      return Promise.resolve();
    },
  };
}

/** For tests: a post of the crawl state. */
export function statePost(post_id: string, change: Partial<PostState> = {}): PostState {
  return {
    site: 'bobaedream',
    board: 'national',
    post_id,
    url: `http://127.0.0.1:9/view?code=national&No=${post_id}`,
    status: 'due',
    next_due_at: '2026-11-20T05:00:00Z',
    comment_count: 0,
    failures: 0,
    matched: false,
    expires_at: 1e12,
    ...change,
  };
}
