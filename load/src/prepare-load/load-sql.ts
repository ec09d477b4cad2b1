import commentValues from '../../sql/gates/comment_values.sql';
import linesOfManifest from '../../sql/gates/lines_of_manifest.sql';
import postValues from '../../sql/gates/post_values.sql';
import refusedShare from '../../sql/gates/refused_share.sql';
import rowsOfJob from '../../sql/gates/rows_of_job.sql';
import clearHours from '../../sql/load/clear_hours.sql';
import clearOutcome from '../../sql/load/clear_outcome.sql';
import copy from '../../sql/load/copy.sql';
import copyGone from '../../sql/load/copy_gone.sql';
import dedupeComment from '../../sql/load/dedupe_comment.sql';
import dedupeOutcome from '../../sql/load/dedupe_outcome.sql';
import dedupePost from '../../sql/load/dedupe_post.sql';
import dedupeScore from '../../sql/load/dedupe_score.sql';
import dedupeSummary from '../../sql/load/dedupe_summary.sql';
import dropStaleComment from '../../sql/load/drop_stale_comment.sql';
import dropStalePost from '../../sql/load/drop_stale_post.sql';
import fillHours from '../../sql/load/fill_hours.sql';
import lockLedger from '../../sql/load/lock_ledger.sql';
import mergeComment from '../../sql/load/merge_comment.sql';
import mergeOutcome from '../../sql/load/merge_outcome.sql';
import mergePost from '../../sql/load/merge_post.sql';
import mergePostSnapshot from '../../sql/load/merge_post_snapshot.sql';
import mergeScore from '../../sql/load/merge_score.sql';
import mergeSummary from '../../sql/load/merge_summary.sql';
import noteCommentHours from '../../sql/load/note_comment_hours.sql';
import notePostHours from '../../sql/load/note_post_hours.sql';
import noteScoreHours from '../../sql/load/note_score_hours.sql';
import stageComment from '../../sql/load/stage_comment.sql';
import stageGone from '../../sql/load/stage_gone.sql';
import stageHours from '../../sql/load/stage_hours.sql';
import stageOutcome from '../../sql/load/stage_outcome.sql';
import stagePost from '../../sql/load/stage_post.sql';
import stageScore from '../../sql/load/stage_score.sql';
import stageSummary from '../../sql/load/stage_summary.sql';
import writeGone from '../../sql/load/write_gone.sql';
import writeLedger from '../../sql/load/write_ledger.sql';

/** The tables of a batch under processed/, in the order in which they are loaded: the hours need the summary's keywords. */
export const PROCESSED_TABLES = ['outcome', 'summary', 'post', 'comment', 'score'] as const;
export type ProcessedTable = (typeof PROCESSED_TABLES)[number];

interface TableLoad {
  readonly stage: string;
  readonly dedupe: string;
  /** From the table without duplicates into the warehouse. */
  readonly merge: readonly string[];
}

/** How each table is loaded; the hours are noted before stale rows are dropped. */
export const tableLoads: Readonly<Record<ProcessedTable, TableLoad>> = {
  outcome: { stage: stageOutcome, dedupe: dedupeOutcome, merge: [clearOutcome, mergeOutcome] },
  summary: { stage: stageSummary, dedupe: dedupeSummary, merge: [mergeSummary] },
  post: { stage: stagePost, dedupe: dedupePost, merge: [notePostHours, mergePostSnapshot, dropStalePost, mergePost] },
  comment: { stage: stageComment, dedupe: dedupeComment, merge: [noteCommentHours, dropStaleComment, mergeComment] },
  score: { stage: stageScore, dedupe: dedupeScore, merge: [noteScoreHours, mergeScore] },
};

export const loadSql = { lockLedger, copy, stageHours, clearHours, fillHours, stageGone, copyGone, writeGone, writeLedger } as const;

/** Each fails the transaction with its figures when the staged rows are not what they must be; `of`: the table that it needs staged. */
export const gates: readonly { readonly sql: string; readonly of: ProcessedTable | null }[] = [
  { sql: linesOfManifest, of: null },
  { sql: rowsOfJob, of: null },
  { sql: refusedShare, of: null },
  { sql: postValues, of: 'post' },
  { sql: commentValues, of: 'comment' },
];
