import { Temporal } from 'temporal-polyfill';
import type { PlanEvent } from '../../../common/contracts/events.ts';
import { manifestSchema } from '../../../common/contracts/manifest.ts';
import { partSchema } from '../../../common/contracts/plan.ts';
import type { CommentRecord, PostRecord } from '../../../common/contracts/records.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { ndjson } from '../../../common/object-store.ts';
import type { PostState } from '../crawl/crawl-state.ts';
import { memoryPosts } from '../crawl/memory-posts.ts';
import { memoryStore, type MemoryStore } from '../memory-store.ts';
import { sitesAt } from '../sites/registry.ts';
import type { PlanDependencies } from './dependencies.ts';
import { planParts } from './plan-parts.ts';

export const BATCH = '20261120T050000Z';

/** For tests: two communities, what is known of their posts, and a bucket. */
export function planWorld(initial: readonly PostState[] = [], budget = { requests: 1000, seconds: 10_000 }) {
  const posts = memoryPosts(...initial);
  const data = memoryStore();
  const sites = new Map([...sitesAt()].filter(([name]) => ['bobaedream', 'clien'].includes(name)));
  const clock = { now: () => Temporal.Instant.from('2026-11-20T05:00:20Z') };
  const deps: PlanDependencies = { sites, data, posts, hosts: { readRobots: () => Promise.resolve(null) }, budget, clock };
  const read = (key: string): unknown => JSON.parse(data.texts.get(key) ?? 'null');
  return {
    deps,
    data,
    posts,
    plan: (changes: Partial<PlanEvent> = {}) => planParts({ ...planEvent, ...changes }, deps),
    part: (name: string, batch = BATCH) => partSchema.parse(read(objectKeys.part(batch, name))),
    manifest: (stage: string, part: string, batch = BATCH) => manifestSchema.parse(read(objectKeys.manifest(batch, stage, part))),
  };
}

const planEvent: PlanEvent = { batch: BATCH, environment: 'PROD', backfill: null, detailBatchSize: 2, detailFunctions: ['read'] };

/** For tests: a reading as a collector makes it. */
export function postRecord(post_id: string, change: Partial<PostRecord> = {}): PostRecord {
  return {
    site: 'clien',
    board: 'park',
    post_id,
    url: `https://www.clien.net/service/board/park/${post_id}`,
    title: '제목',
    body: '',
    author_hash: '0'.repeat(32),
    created_at: '2026-11-20T04:00:00Z',
    collected_at: '2026-11-20T04:50:00Z',
    views: 1,
    likes: 0,
    comment_count: 1,
    keywords: [],
    may_alarm: false,
    list_rank: 3,
    ...change,
  };
}

export function commentRecord(post_id: string, comment_id: string, change: Partial<CommentRecord> = {}): CommentRecord {
  return {
    site: 'clien',
    board: 'park',
    post_id,
    comment_id,
    is_reply: false,
    author_hash: '1'.repeat(32),
    created_at: '2026-11-20T04:10:00Z',
    collected_at: '2026-11-20T04:50:00Z',
    body: '댓글',
    likes: 0,
    dislikes: null,
    ...change,
  };
}

/** For tests: brings an upload into the bucket, as the collector does. */
export async function bring(data: MemoryStore, upload: string, posts: readonly unknown[], comments: readonly unknown[]): Promise<void> {
  await data.write(objectKeys.collectedComments(upload), ndjson(comments));
  await data.write(objectKeys.collectedPosts(upload), ndjson(posts));
}

/** For tests: the records of raw/ in all batches, as `<table> <batch> <id>`. */
export function rawRecords(data: MemoryStore): string[] {
  return [...data.texts]
    .filter(([key]) => key.startsWith('raw/'))
    .flatMap(([key, text]) => {
      const [, table, batch] = /^raw\/(\w+)\/batch=(\w+)\//.exec(key) ?? [];
      const records = text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { post_id: string; comment_id?: string });
      return records.map(({ post_id, comment_id }) => `${table} ${batch} ${[post_id, comment_id].filter(Boolean).join('/')}`);
    })
    .sort();
}
