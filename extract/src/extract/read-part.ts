import type { Temporal } from 'temporal-polyfill';
import type { Problem } from '../../../common/contracts/manifest.ts';
import type { Part } from '../../../common/contracts/plan.ts';
import type { CommentRecord, PostRecord } from '../../../common/contracts/records.ts';
import { PostGoneError, RefusedByRobotsError, RetryableError, SkipItemError } from '../../../common/errors.ts';
import type { KeywordMatcher } from '../../../common/keywords.ts';
import { problem } from '../../../common/manifests.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { withoutNames } from '../crawl/author-hash.ts';
import { postId, type PostState, type StateChange } from '../crawl/crawl-state.ts';
import type { PoliteReader } from '../crawl/polite-reader.ts';
import type { Site } from '../sites/site.ts';
import type { ExtractDependencies } from './dependencies.ts';
import { readPost, type PostReading } from './read-post.ts';
import { recordsOf, type RefusedRecord } from './records.ts';
import { afterFailure, afterLoss, afterReading, type PlannedPost } from './state-changes.ts';

/** What became of a part's posts. `undone` are those that time did not reach; they stay due. */
export interface PartOutcome {
  readonly posts: PostRecord[];
  readonly comments: CommentRecord[];
  readonly refusedRecords: RefusedRecord[];
  readonly changes: StateChange[];
  readonly problems: Problem[];
  readonly counts: { gone: number; failed: number; refused: number; undone: number };
}

export interface PartTask {
  readonly part: Part;
  readonly site: Site;
  readonly reader: PoliteReader;
  readonly match: KeywordMatcher;
  readonly known: ReadonlyMap<string, PostState>;
}

type Dependencies = Pick<ExtractDependencies, 'data' | 'clock' | 'authorHash'>;

/** Reads a part's posts one after the other. A failing post is counted and goes on; a host that wants to be left alone ends it. */
export async function readPart(task: PartTask, deps: Dependencies): Promise<PartOutcome> {
  const outcome: PartOutcome = {
    posts: [],
    comments: [],
    refusedRecords: [],
    changes: [],
    problems: [],
    counts: { gone: 0, failed: 0, refused: 0, undone: 0 },
  };
  const keeping: Promise<void>[] = [];
  for (const [index, post] of task.part.posts.entries()) {
    const at = deps.clock.now();
    try {
      const reading = await readPost({ site: post.site, board: post.board, post_id: post.post_id }, task.site, task.reader, deps.clock);
      const kept = keepPages(task, reading, deps);
      // It is awaited at the end; a failure until then must not count as unhandled.
      kept.catch(() => undefined);
      keeping.push(kept);
      addReading(outcome, reading, post, task, deps);
    } catch (error) {
      if (error instanceof RetryableError) {
        outcome.counts.undone = task.part.posts.length - index;
        outcome.problems.push(problem(error.name, subjectOf(post), error.message));
        break;
      }
      addLoss(outcome, error, post, at, task);
    }
  }
  await Promise.all(keeping);
  return outcome;
}

function addReading(outcome: PartOutcome, reading: PostReading, post: PlannedPost, task: PartTask, deps: Dependencies): void {
  const records = recordsOf(reading, post.url, deps.authorHash, task.match);
  if (records.post) {
    outcome.posts.push(records.post);
    outcome.changes.push(afterReading(records.post, task.known.get(postId(post))));
  } else {
    outcome.counts.failed += 1;
    outcome.changes.push(afterFailure({ post, at: reading.collectedAt, known: task.known.get(postId(post)) }));
  }
  outcome.comments.push(...records.comments);
  outcome.refusedRecords.push(...records.refused);
  if (reading.missingRows > 0)
    outcome.problems.push(
      problem('comments_missing', subjectOf(post), `${reading.missingRows} of ${reading.post.commentCount} comments did not come`),
    );
}

/** @throws everything that is no fault of this one post. */
function addLoss(outcome: PartOutcome, error: unknown, post: PlannedPost, at: Temporal.Instant, task: PartTask): void {
  if (!(error instanceof SkipItemError)) throw error;
  const attempt = { post, at, known: task.known.get(postId(post)) };
  if (error instanceof PostGoneError) {
    outcome.counts.gone += 1;
    outcome.changes.push(afterLoss(attempt, 'gone'));
  } else if (error instanceof RefusedByRobotsError) {
    outcome.counts.refused += 1;
    outcome.changes.push(afterLoss(attempt, 'refused'));
    outcome.problems.push(problem('refused', subjectOf(post), error.message));
  } else {
    outcome.counts.failed += 1;
    outcome.changes.push(afterFailure(attempt));
    outcome.problems.push(problem(error.name, subjectOf(post), error.message));
  }
}

/** The pages as fetched but for the names, so that a parser fix needs no new fetch. Fragments follow the post's own page. */
async function keepPages({ part, site }: PartTask, reading: PostReading, deps: Dependencies): Promise<void> {
  const hash = (author: string) => deps.authorHash(site.name, author);
  const texts = reading.pages.map((page) => withoutNames(page, site.namesIn(page), hash));
  await deps.data.write(objectKeys.rawPage(part.batch, reading.key), texts.join('\n<!-- hotpost: next page -->\n'));
}

function subjectOf({ site, board, post_id }: PlannedPost): string {
  return `${site}/${board}/${post_id}`;
}
