import {
  HostBannedError,
  LayoutChangedError,
  PostGoneError,
  RefusedByRobotsError,
  RetryableError,
  SkipItemError,
} from '../../../common/errors.ts';

/** How the line of each kind of loss begins. */
const WORDS = {
  gone: 'gone',
  looksGone: 'gone, or the layout has changed',
  layoutChanged: 'layout changed',
  skipped: 'skipped',
  refused: 'refused by robots.txt',
  commentsMissing: 'comments missing',
  invalid: 'refused by our contract',
  banned: 'banned',
  stopped: 'stopped',
} as const;
type LossKind = keyof typeof WORDS;

/** What a crawl brought, and what it lost. */
export interface CollectReport {
  /** Pages of the list that were read. */
  lists: number;
  posts: number;
  comments: number;
  readonly losses: Map<LossKind, { count: number; readonly first: string }>;
}

/** Nothing read and nothing missed yet. */
/** The report of a crawl that has not begun. */
export function emptyReport(): CollectReport {
  return { lists: 0, posts: 0, comments: 0, losses: new Map() };
}

/** Counts a loss; the first of each kind is told. `message`: without a person's name. */
export function addLoss({ losses }: CollectReport, kind: LossKind, message: string): void {
  const known = losses.get(kind);
  if (known) known.count += 1;
  else losses.set(kind, { count: 1, first: message });
}

/** What an error means for a crawl, and whether it may still ask for anything; null for a fault, which is nobody's loss. */
export function lossOf(error: unknown): { kind: LossKind; message: string; endsCrawl: boolean } | null {
  if (!(error instanceof SkipItemError || error instanceof RetryableError)) return null;
  return { kind: kindOf(error), message: error.message, endsCrawl: error instanceof RetryableError };
}

function kindOf(error: SkipItemError | RetryableError): LossKind {
  if (error instanceof PostGoneError) return error.certain ? 'gone' : 'looksGone';
  if (error instanceof LayoutChangedError) return 'layoutChanged';
  if (error instanceof RefusedByRobotsError) return 'refused';
  if (error instanceof HostBannedError) return 'banned';
  return error instanceof RetryableError ? 'stopped' : 'skipped';
}

/** True when a better parser may read these pages one day: not for what certainly holds no post. */
export function isWorthKeeping(error: unknown): boolean {
  return error instanceof LayoutChangedError || (error instanceof PostGoneError && !error.certain);
}

/** One line for each kind of loss: how many, and the first of them. */
export function lossLines({ losses }: CollectReport): string[] {
  return [...losses].map(([kind, { count, first }]) => `${WORDS[kind]}: ${count > 1 ? `${count}, first ` : ''}${first}`);
}
