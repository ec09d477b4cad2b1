import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../run/directories.ts';
import { warehouseQueries, type WarehouseQueries } from '../run/warehouse-queries.ts';
import { withLaptop } from '../run/with-laptop.ts';
import type { GlobalOptions } from './global-options.ts';
import { ownPosts, type OwnPost } from './own-posts.ts';
import { runTrainingScript } from './training-script.ts';

/** What a site must have recorded to be learnt from: fewer posts leave its 97th percentile, and with it what hot means, to chance. */
export interface OwnLimits {
  readonly posts: number;
  readonly hot: number;
}
export const OWN_LIMITS: OwnLimits = { posts: 300, hot: 10 };
const RECORDED = join(repository, 'data', 'comment-arrivals', 'kona-fire.ndjson.gz');
const HOT_QUANTILE = 0.97;
const WINDOW_MINUTES = 4320;

export interface SiteRecord {
  readonly site: string;
  readonly posts: readonly OwnPost[];
  /** The 97th percentile of comments within 72 hours, at least 1. */
  readonly level: number;
  readonly hot: number;
}

/** `npm start -- train --own …`: the recorded arrivals and the local warehouse's finished posts. Returns the exit status. */
export function trainWithOwn(global: GlobalOptions, options: readonly string[]): Promise<number> {
  return withLaptop(global, ({ laptop }) => trainOwn(options, warehouseQueries(laptop)));
}

/**
 * Exports the posts of every site that has enough to a file of its own, gives it to train.py beside the recorded arrivals (or those that
 * --arrivals names), and returns the exit status; 1 with a sentence, and nothing is written, when no site has enough.
 */
export async function trainOwn(
  options: readonly string[],
  queries: WarehouseQueries,
  train: (options: readonly string[]) => Promise<number> = (given) => runTrainingScript('train.py', given),
  limits = OWN_LIMITS,
): Promise<number> {
  const records = recordsOf(await ownPosts(queries));
  const enough = records.filter((record) => isEnough(record, limits));
  for (const record of records) console.log(described(record, isEnough(record, limits)));
  if (enough.length === 0) {
    console.error(`No model: ${needed(records.length, limits)}`);
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'hotpost-own-'));
  try {
    const file = join(folder, 'own.ndjson');
    writeFileSync(file, enough.flatMap(({ posts }) => posts.map((post) => `${JSON.stringify(post)}\n`)).join(''), { mode: 0o600 });
    const given = options.filter((option) => option !== '--own');
    const hasArrivals = given.some((option) => option === '--arrivals' || option.startsWith('--arrivals='));
    return await train([...(hasArrivals ? [] : ['--arrivals', RECORDED]), ...given, '--arrivals', file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function recordsOf(posts: readonly OwnPost[]): SiteRecord[] {
  return [...Map.groupBy(posts, ({ site }) => site)].map(([site, ofSite]) => {
    const totals = ofSite.map(({ commentMinutes }) => commentMinutes.filter((minute) => minute <= WINDOW_MINUTES).length);
    const level = Math.max(1, totals.toSorted((a, b) => a - b)[Math.ceil(HOT_QUANTILE * (totals.length - 1))] ?? 1);
    return { site, posts: ofSite, level, hot: totals.filter((total) => total >= level).length };
  });
}

function isEnough({ posts, hot }: SiteRecord, limits: OwnLimits): boolean {
  return posts.length >= limits.posts && hot >= limits.hot;
}

function described({ site, posts, hot, level }: SiteRecord, isUsed: boolean): string {
  return `${site}: ${posts.length} finished posts, ${hot} hot (${level} comments or more)${isUsed ? '' : ': too few, left out'}`;
}

function needed(sites: number, { posts, hot }: OwnLimits): string {
  const found = sites === 0 ? 'the warehouse has no finished post (72 hours old when the newest batch was read)' : 'no site has enough';
  return `${found}; a site needs at least ${posts} finished posts and ${hot} hot ones (97th percentile). Let more batches run, then train again.`;
}
