import type { CollectReport } from '../../extract/src/collect/collect-report.ts';

const EVERY_MS = 30_000;

/** Says from time to time how far a crawl is, on the error stream, and at the end what it brought. */
export function crawlProgress(board: string) {
  const startedAt = performance.now();
  let toldAt = startedAt;
  const elapsed = () => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  };
  return {
    /** Called with each post that arrives. */
    onPost({ posts, comments }: CollectReport): void {
      if (performance.now() - toldAt < EVERY_MS) return;
      toldAt = performance.now();
      console.error(`${board}: ${posts} posts, ${comments} comments so far, ${elapsed()}`);
    },
    summary: ({ posts, comments, lists }: CollectReport, requests: number, target: string): string =>
      `${board}: ${posts} posts and ${comments} comments from ${lists} list pages in ${elapsed()}, ${requests} requests → ${target}`,
  };
}
