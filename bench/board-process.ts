import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { Threads } from './bench-board.ts';

const openedSchema = z.object({ url: z.url(), posts: z.number(), comments: z.number() });
const servedSchema = z.object({ requests: z.number(), bytes: z.number(), faults: z.number() });

/** The board, served by a process of its own, so that its work is in nobody's figures. */
export interface BoardProcess extends z.infer<typeof openedSchema> {
  /** What was served since the last call. */
  served(): Promise<z.infer<typeof servedSchema>>;
  close(): Promise<void>;
}

/** `cut`: the share of pages (0–1) that end in their middle as if they were whole. */
export async function openBoard({ posts, threads, cut }: { posts: number; threads: Threads; cut: number }): Promise<BoardProcess> {
  const main = join(import.meta.dirname, 'serve-board.ts');
  const options = ['--posts', String(posts), '--threads', threads, '--cut', String(cut)];
  const child = spawn(process.execPath, [main, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('The process that serves the board has ended');
    return JSON.parse(value) as unknown;
  };
  const opened = openedSchema.parse(await nextLine());
  return {
    ...opened,
    async served() {
      child.stdin.write('\n');
      return servedSchema.parse(await nextLine());
    },
    async close() {
      const closed = once(child, 'close');
      child.stdin.end();
      await closed;
    },
  };
}
