import { createReadStream, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { BoardProcess } from './board-process.ts';
import { measureCommand, type CommandCost } from './measure-command.ts';

/** One of the compared crawlers: the command that crawls a board into a file. */
export interface Crawler {
  readonly name: string;
  command(baseUrl: string, output: string): readonly string[];
  /** Where it runs. */
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What one crawl took and brought. */
export interface Measurement extends CommandCost {
  readonly requests: number;
  readonly posts: number;
  /** Different ones; a crawler may bring a comment twice. */
  readonly comments: number;
  /** What it printed. */
  readonly said: string;
}

const LIMIT_SECONDS = 300;
const lineSchema = z.object({ type: z.enum(['post', 'comment']), post_id: z.string(), comment_id: z.string().optional() });

/** Runs a crawler once on the board. @throws Error when it fails, with what it said. */
export async function measureCrawler(crawler: Crawler, board: BoardProcess, python: string): Promise<Measurement> {
  const scratch = await mkdtemp(join(tmpdir(), 'hotpost-bench-'));
  try {
    const output = join(scratch, 'records.ndjson');
    const command = crawler.command(board.url, output);
    await board.served();
    const figures = await measureCommand(
      {
        name: crawler.name,
        command,
        folder: crawler.folder,
        environment: { ...crawler.environment, HOTPOST_DATA: scratch },
        limitSeconds: LIMIT_SECONDS,
      },
      python,
    );
    const { requests } = await board.served();
    return { ...figures, requests, ...(await countRecords(output)) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function countRecords(file: string): Promise<{ posts: number; comments: number }> {
  const posts = new Set<string>();
  const comments = new Set<string>();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { type, post_id, comment_id } = lineSchema.parse(JSON.parse(line));
    if (type === 'post') posts.add(post_id);
    else comments.add(`${post_id} ${comment_id ?? ''}`);
  }
  return { posts: posts.size, comments: comments.size };
}
