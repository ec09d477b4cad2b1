import { createHash } from 'node:crypto';
import createPost from '../../sql/migrations/0001_create_post.sql';
import createPostSnapshot from '../../sql/migrations/0002_create_post_snapshot.sql';
import createComment from '../../sql/migrations/0003_create_comment.sql';
import createScore from '../../sql/migrations/0004_create_score.sql';
import createSummary from '../../sql/migrations/0005_create_summary.sql';
import createSummaryHourly from '../../sql/migrations/0006_create_summary_hourly.sql';
import createAlert from '../../sql/migrations/0007_create_alert.sql';
import createLoadLedger from '../../sql/migrations/0008_create_load_ledger.sql';
import addPostSignals from '../../sql/migrations/0009_add_post_signals.sql';
import addSnapshotSignals from '../../sql/migrations/0010_add_snapshot_signals.sql';
import addScoreExceedance from '../../sql/migrations/0011_add_score_exceedance.sql';
import createAlarmCut from '../../sql/migrations/0012_create_alarm_cut.sql';
import createCalibration from '../../sql/migrations/0013_create_calibration.sql';
import createStability from '../../sql/migrations/0014_create_stability.sql';
import createFeedback from '../../sql/migrations/0015_create_feedback.sql';
import createOutcome from '../../sql/migrations/0016_create_outcome.sql';
import createPostGone from '../../sql/migrations/0017_create_post_gone.sql';

/** One numbered file of load/sql/migrations/. Applied once; never edited afterwards. */
export interface Migration {
  readonly version: number;
  /** The file's name without `.sql`. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hexadecimal; line ends do not count. */
  readonly checksum: string;
}

/** @throws RangeError when the name is not `NNNN_words`. */
export function migration(name: string, sql: string): Migration {
  if (!/^\d{4}_[a-z0-9_]+$/.test(name)) throw new RangeError(`Migration ${name}: the name must be like 0001_create_post`);
  const checksum = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
  return { version: Number(name.slice(0, 4)), name, sql, checksum };
}

/** All migrations, in order. A test fails when a file of the folder is missing here. */
export const migrations: readonly Migration[] = [
  migration('0001_create_post', createPost),
  migration('0002_create_post_snapshot', createPostSnapshot),
  migration('0003_create_comment', createComment),
  migration('0004_create_score', createScore),
  migration('0005_create_summary', createSummary),
  migration('0006_create_summary_hourly', createSummaryHourly),
  migration('0007_create_alert', createAlert),
  migration('0008_create_load_ledger', createLoadLedger),
  migration('0009_add_post_signals', addPostSignals),
  migration('0010_add_snapshot_signals', addSnapshotSignals),
  migration('0011_add_score_exceedance', addScoreExceedance),
  migration('0012_create_alarm_cut', createAlarmCut),
  migration('0013_create_calibration', createCalibration),
  migration('0014_create_stability', createStability),
  migration('0015_create_feedback', createFeedback),
  migration('0016_create_outcome', createOutcome),
  migration('0017_create_post_gone', createPostGone),
];
