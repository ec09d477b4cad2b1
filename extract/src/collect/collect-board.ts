import type { Clock } from '../../../common/clock.ts';
import type { PostKey } from '../../../common/contracts/records.ts';
import type { PostWatch } from '../../../common/keywords.ts';
import type { AuthorHash } from '../crawl/author-hash.ts';
import type { PoliteReader } from '../crawl/polite-reader.ts';
import { readPost, type Fetched } from '../extract/read-post.ts';
import { recordsOf } from '../extract/records.ts';
import { addLoss, emptyReport, isWorthKeeping, lossOf, type CollectReport } from './collect-report.ts';
import { listedPosts, type BoardList, type RankedPost } from './listed-posts.ts';
import type { RecordSink } from './record-sink.ts';

export interface CollectTask extends BoardList {
  /** Posts that are read at the same time; the host's own limit holds besides. */
  readonly workers: number;
}

export interface CollectDependencies {
  readonly reader: PoliteReader;
  readonly clock: Clock;
  readonly authorHash: AuthorHash;
  readonly watch: PostWatch;
  readonly sink: RecordSink;
  /** Keeps the pages that were fetched of a post; null: they are not kept. */
  readonly keepPages: ((key: PostKey, fetched: Fetched) => Promise<void>) | null;
  /** Hears of each post that arrives. */
  readonly onPost?: (report: CollectReport) => void;
  /** Aborted when somebody wants it to end: what is under way is finished, nothing new begins. */
  readonly signal: AbortSignal;
}

/**
 * Scrapes a board: list pages, then each post with all its comments, into the sink as they arrive. A post that cannot be read is
 * counted and left out; a host that wants to be left alone ends the crawl. The sink is closed in any case, so what was read is kept.
 * @throws what is nobody's loss but a fault: a disk that is full, an address that may not be asked.
 */
export async function collectBoard(task: CollectTask, deps: CollectDependencies): Promise<CollectReport> {
  const report = emptyReport();
  const failed = new AbortController();
  const signal = AbortSignal.any([deps.signal, failed.signal]);

  const settle = (error: unknown, subject: string) => {
    const loss = lossOf(error);
    if (!loss || loss.endsCrawl) failed.abort();
    if (!loss) throw error;
    // What was told to stop is not the site's doing.
    if (loss.endsCrawl && deps.signal.aborted) return;
    addLoss(report, loss.kind, `${subject}: ${loss.message}`);
  };
  const listed = listedPosts(task, deps.reader, deps.clock, {
    read: () => (report.lists += 1),
    lost(error, page) {
      settle(error, `${task.site.name}/${task.board}, page ${page} of the list`);
      return !signal.aborted;
    },
  });
  const work = async () => {
    // Workers share one generator: who asks for a post while a page is read waits for it, and who leaves ends it for all.
    for await (const post of listed) {
      if (signal.aborted) break;
      try {
        await collectPost(post, task, deps, report);
      } catch (error) {
        settle(error, `${task.site.name}/${post.board}/${post.postId}`);
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: task.workers }, work));
  await deps.sink.close();
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return report;
}

async function collectPost({ board, postId, rank }: RankedPost, { site }: CollectTask, deps: CollectDependencies, report: CollectReport) {
  const key = { site: site.name, board, post_id: postId };
  const fetched: Fetched = { collectedAt: deps.clock.now(), pages: [] };
  const reading = await readPost({ key, site, reader: deps.reader, clock: deps.clock }, fetched).catch(async (error: unknown) => {
    if (isWorthKeeping(error) && fetched.pages.length > 0) await deps.keepPages?.(key, fetched);
    throw error;
  });
  const { post, comments, refused } = recordsOf(reading, { url: site.post(key).url, list_rank: rank }, deps.authorHash, deps.watch);
  await Promise.all([deps.keepPages?.(key, fetched), post ? deps.sink.write({ post, comments }) : undefined]);

  const subject = `${site.name}/${board}/${postId}`;
  for (const { table, reason } of refused) addLoss(report, 'invalid', `${subject}, ${table}: ${reason}`);
  if (reading.missingRows > 0) {
    const why = reading.refusal === null ? '' : ` (${reading.refusal})`;
    addLoss(report, 'commentsMissing', `${subject}: ${reading.missingRows} of ${reading.post.commentCount} comments did not come${why}`);
  }
  report.posts += post ? 1 : 0;
  report.comments += comments.length;
  deps.onPost?.(report);
}
