/*
 * What a report shows, as plain data. Instants are UTC text (`2026-11-20T05:00:00Z`), batches are batch ids
 * (`20261120T050000Z`), durations are milliseconds, ages are minutes since the post was written.
 */

export interface BatchReport {
  readonly batch: string;
  /** As Step Functions says it: SUCCEEDED, FAILED, TIMED_OUT, ABORTED, RUNNING. */
  readonly status: string;
  readonly executionName: string;
  /** Counts of the batch's manifests, summed over the parts of a stage: `{ extract: { posts: 31 } }`. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly milliseconds: number;
}

export interface MessageReport {
  /** Time of the batch that sent it. */
  readonly sentAt: string;
  /** Where it went besides the default webhook: a webhook's name, or `mail`; empty for the default. */
  readonly to: string;
  /** Slack's mrkdwn as it was sent. */
  readonly text: string;
  /** `hot`, `critical`, or what else the message is about: `digest`, `failure`, `notice`. */
  readonly level: string;
}

export interface HotPostReport {
  readonly site: string;
  readonly board: string;
  readonly postId: string;
  readonly title: string;
  readonly url: string;
  readonly createdAt: string;
  /** When a batch first read it. */
  readonly firstSeenAt?: string;
  /** It was deleted or blinded since its latest reading. */
  readonly isGone: boolean;
  readonly keywords: readonly string[];
  readonly commentsSeen: number;
  /** K of the site: as many comments as make a post big there. */
  readonly threshold: number;
  /** Log likelihood ratio against the base rate. */
  readonly impact: number;
  /** 0–1. */
  readonly probability: number;
  /** critical, hot or watch. */
  readonly level: string;
  readonly reasons: readonly string[];
  readonly alertedAt: readonly { readonly level: string; readonly batch: string }[];
  /** Age of the post at each comment, in minutes, in any order. */
  readonly arrivals: readonly number[];
}

/** Cuts are exceedances: shares of the training posts that ever scored as high. */
export interface SiteCutReport {
  readonly site: string;
  /** Posts that the cut is taken from. */
  readonly finishedPosts: number;
  readonly hotCut: number;
  readonly watchCut: number;
  /** Population stability of comments, recent comments and score; null for too few posts. */
  readonly stability: readonly (number | null)[];
}

export interface AlarmReport {
  readonly sentLastDay: number;
  readonly maxAlertsPerDay: number;
  /** Hot posts that the last batch kept back. */
  readonly withheld: number;
  /** Share of posts, 0–1. */
  readonly hotShare: number;
  readonly postsPerDay: number;
  readonly modelVersion: string;
  readonly sites: readonly SiteCutReport[];
}

/** One state of the last execution; a state inside a Map comes once an item. */
export interface StateReport {
  readonly name: string;
  /** Since the execution started. */
  readonly startedMs: number;
  readonly milliseconds: number;
  /** SUCCEEDED, CAUGHT, FAILED, ABORTED, RUNNING. */
  readonly status: string;
  readonly retries: number;
}

/** A problem that came again is one line. */
export interface ProblemReport {
  /** The first batch that had it. */
  readonly batch: string;
  readonly times: number;
  readonly stage: string;
  readonly kind: string;
  readonly subject: string;
  readonly message: string;
}

export interface ReportData {
  readonly generatedAt: string;
  readonly batches: readonly BatchReport[];
  readonly messages: readonly MessageReport[];
  /** Strongest first; those to watch after the hot ones. */
  readonly hotPosts: readonly HotPostReport[];
  readonly alarm: AlarmReport | null;
  readonly states: readonly StateReport[];
  readonly problems: readonly ProblemReport[];
}
