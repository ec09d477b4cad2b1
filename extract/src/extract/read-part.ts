import { utcText } from '../../../common/clock.ts';
import { HostBannedError, LayoutChangedError, PostGoneError, RetryableError, SkipItemError } from '../../../common/errors.ts';
import type { PostWatch } from '../../../common/keywords.ts';
import { problem } from '../../../common/manifests.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { postId, type PostState } from '../crawl/crawl-state.ts';
import type { PoliteReader } from '../crawl/polite-reader.ts';
import type { Site } from '../sites/site.ts';
import type { ExtractDependencies } from './dependencies.ts';
import { addLosses, type Loss } from './losses.ts';
import { addReading, nothingYet, type PartOutcome } from './part-outcome.ts';
import { readPost, type Fetched } from './read-post.ts';
import { recordsOf } from './records.ts';
import { subjectOf, type PlannedPost } from './state-changes.ts';

export interface PartTask {
  readonly batch: string;
  /** Each post once. */
  readonly posts: readonly PlannedPost[];
  readonly site: Site;
  readonly reader: PoliteReader;
  readonly watch: PostWatch;
  readonly known: ReadonlyMap<string, PostState>;
  readonly isBackfill: boolean;
  /** How long posts may still be read; what was read is written after that. */
  readonly remainingMilliseconds: () => number;
}

type Dependencies = Pick<ExtractDependencies, 'data' | 'clock' | 'authorHash' | 'seal'>;

/**
 * Reads a part's posts one after the other. A failing post is counted and the next one read; when time is over, or the host wants to
 * be left alone, the rest is undone. @throws everything that is no fault of a post or its host: then the part has not happened.
 */
export async function readPart(task: PartTask, deps: Dependencies): Promise<PartOutcome> {
  const outcome = nothingYet();
  const losses: Loss[] = [];
  let keeping: Promise<void> = Promise.resolve();
  for (const [index, post] of task.posts.entries()) {
    const fetched: Fetched = { collectedAt: deps.clock.now(), pages: [] };
    const asked = task.reader.requests();
    try {
      if (task.remainingMilliseconds() <= 0) throw new TimeOverError();
      const key = { site: post.site, board: post.board, post_id: post.post_id };
      // The first one would come no further the next time.
      const reading = await readPost(
        { key, site: task.site, reader: task.reader, clock: deps.clock, takesWhatComes: index === 0 },
        fetched,
      );
      const records = recordsOf(reading, post, deps.authorHash, task.watch);
      addReading(outcome, { post, reading, records, known: task.known.get(postId(post)), isBackfill: task.isBackfill });
    } catch (error) {
      if (error instanceof RetryableError) {
        // Who met the ban goes to the back of the queue: one post that a host answers so must not stop all others for ever.
        const met = error instanceof HostBannedError && task.reader.requests() > asked;
        if (met) losses.push({ post, error, at: fetched.collectedAt });
        else outcome.problems.push(problem(error.name, subjectOf(post), error.message));
        outcome.counts.undone = task.posts.length - index - (met ? 1 : 0);
        break;
      }
      if (!(error instanceof SkipItemError)) throw error;
      losses.push({ post, error, at: fetched.collectedAt });
      if (!isWorthKeeping(error)) continue;
    }
    // The next post is fetched meanwhile. When the bucket is away, that is known one post later.
    await keeping;
    keeping = keepPages(task.batch, post, fetched, deps);
    keeping.catch(() => undefined);
  }
  await keeping;
  addLosses(outcome, losses, task.known);
  return outcome;
}

/** What a better parser may read one day: not what certainly holds no post, nor half of one whose time was over. */
function isWorthKeeping(error: SkipItemError): boolean {
  return error instanceof LayoutChangedError || (error instanceof PostGoneError && !error.certain);
}

/** The pages exactly as fetched, so that a parser fix needs no new fetch; locked up, because they name people. */
async function keepPages(batch: string, { site, board, post_id }: PlannedPost, fetched: Fetched, deps: Dependencies): Promise<void> {
  if (fetched.pages.length === 0) return;
  const key = { site, board, post_id };
  const sealed = deps.seal.seal({ key, collected_at: utcText(fetched.collectedAt), pages: fetched.pages });
  await deps.data.writeBytes(objectKeys.rawPage(batch, key), sealed);
}

class TimeOverError extends RetryableError {
  override readonly name = 'TimeOverError';
  constructor() {
    super('The time of the invocation was over before this post and those after it; they stay due');
  }
}
