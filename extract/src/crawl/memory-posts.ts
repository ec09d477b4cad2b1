import { isBackfillQueue, postId, type CrawlState, type PostState, type StateChange } from './crawl-state.ts';

/** For tests: the crawl state in memory, and the changes that were recorded. Nothing expires. */
export function memoryPosts(
  ...initial: PostState[]
): CrawlState & { posts: Map<string, PostState>; recorded: StateChange[]; cursors: Map<string, number> } {
  const posts = new Map(initial.map((post) => [postId(post), post]));
  const recorded: StateChange[] = [];
  const cursors = new Map<string, number>();
  const queueNow = (post: PostState) => post.due_site ?? post.site;
  return {
    posts,
    recorded,
    cursors,
    known: (keys) => Promise.resolve(new Map(keys.map(postId).flatMap((id) => (posts.has(id) ? [[id, posts.get(id) as PostState]] : [])))),
    add(added, at, queue) {
      for (const post of added) {
        const old = posts.get(postId(post));
        const isTakenOver =
          old?.last_checked_at === undefined && !isBackfillQueue(queue) && old !== undefined && isBackfillQueue(queueNow(old));
        if (old && !isTakenOver) continue;
        const fresh = { comment_count: 0, pace: 0, failures: 0, expires_at: 1e12 };
        posts.set(postId(post), { ...fresh, ...post, status: 'due', next_due_at: at, due_site: queue });
      }
      return Promise.resolve();
    },
    hasten(key, at) {
      const post = posts.get(postId(key));
      if (post && (post.next_due_at === undefined || post.next_due_at > at || queueNow(post) !== key.site))
        posts.set(postId(key), { ...post, status: 'due', next_due_at: at, due_site: key.site });
      return Promise.resolve();
    },
    due: (queue, until) =>
      Promise.resolve(
        [...posts.values()]
          .filter((post) => post.next_due_at !== undefined && queueNow(post) === queue && post.next_due_at <= until)
          .sort((a, b) => ((a.next_due_at ?? '') < (b.next_due_at ?? '') ? -1 : 1)),
      ),
    record(change, queue) {
      recorded.push(change);
      const old = posts.get(postId(change));
      const isOlder = (old?.last_checked_at ?? '') >= change.last_checked_at;
      const isTaken = isBackfillQueue(queue) && old?.next_due_at !== undefined && queueNow(old) !== queue;
      if (isOlder || isTaken) return Promise.resolve();
      const { created_at } = { ...old, ...change };
      posts.set(postId(change), {
        ...change,
        ...(created_at === undefined ? {} : { created_at }),
        ...(change.next_due_at === undefined ? {} : { due_site: queue }),
        expires_at: 1e12,
      });
      return Promise.resolve();
    },
    cursor: (id) => Promise.resolve(cursors.get(id) ?? null),
    setCursor(id, page) {
      cursors.set(id, Math.max(page, cursors.get(id) ?? page));
      return Promise.resolve();
    },
  };
}

/** For tests: a post of the crawl state, in the live queue of its site unless `due_site` says otherwise. */
export function statePost(post_id: string, change: Partial<PostState> = {}): PostState {
  return {
    site: 'bobaedream',
    board: 'national',
    post_id,
    url: `http://127.0.0.1:9/view?code=national&No=${post_id}`,
    status: 'due',
    next_due_at: '2026-11-20T05:00:00Z',
    comment_count: 0,
    pace: 0,
    failures: 0,
    matched: false,
    expires_at: 1e12,
    ...change,
  };
}
