import {
  LayoutChangedError,
  PostGoneError,
  RefusedByRobotsError,
  RetryableError,
  SkipItemError,
} from '../../../common/errors.ts';

type Loss = 'gone' | 'skipped' | 'refused' | 'layoutChanged' | 'commentsMissing' | 'invalid' | 'banned' | 'stopped';

/** How the line of each kind of loss begins. */
const WORDS: Readonly<Record<Loss, string>> = {
  gone: 'gone',
  skipped: 'skipped',
  refused: 'refused by robots.txt',
  layoutChanged: 'layout changed',
  commentsMissing: 'comments missing',
  invalid: 'refused by our contract',
  banned: 'banned',
  stopped: 'stopped',
};

/** What a crawl brought, and what it lost. */
export interface CollectReport {
  lists: number;
  posts: number;
  comments: number;
  readonly losses: Map<Loss, { count: number; readonly first: string }>;
}

export function emptyReport(): CollectReport {
  return { lists: 0, posts: 0, comments: 0, losses: new Map() };
}

/** Counts a loss; the first of each kind is told. `message`: without a person's name. */
export function addLoss({ losses }: CollectReport, kind: Loss, message: string): void {
  const known = losses.get(kind);
  if (known) known.count += 1;
  else losses.set(kind, { count: 1, first: message });
}

/** What an error means for a crawl: the kind of loss, and whether anything else may still be asked. Null for what is no loss but a fault. */
export function lossOf(error: unknown): { kind: Loss; endsCrawl: boolean } | null {
  if (error instanceof PostGoneError) return { kind: 'gone', endsCrawl: false };
  if (error instanceof RefusedByRobotsError) return { kind: 'refused', endsCrawl: false };
  if (error instanceof LayoutChangedError) return { kind: 'layoutChanged', endsCrawl: false };
  if (error instanceof SkipItemError) return { kind: 'skipped', endsCrawl: false };
  if (error instanceof RetryableError && error.name === 'HostBannedError') return { kind: 'banned', endsCrawl: true };
  if (error instanceof RetryableError) return { kind: 'stopped', endsCrawl: true };
  return null;
}

/** One line for each kind of loss: how many, and the first of them. */
export function lossLines({ losses }: CollectReport): string[] {
  return [...losses].map(([kind, { count, first }]) => `${WORDS[kind]}: ${count > 1 ? `${count}, first: ` : ''}${first}`);
}
