import { Temporal } from 'temporal-polyfill';
import { authorHash } from '../crawl/author-hash.ts';
import { politeReader } from '../crawl/polite-reader.ts';
import { processHosts } from '../crawl/process-hosts.ts';
import { scriptedTransport, skippingTime, type Scripted } from '../crawl/reading-fixture.ts';
import { bobaedream } from '../sites/bobaedream/site.ts';
import { siteAt } from '../sites/registry.ts';
import type { CollectDependencies, CollectTask } from './collect-board.ts';
import type { ReadRecords } from './record-sink.ts';

/** For tests: the address of a page of the board's list. */
export const listPath = (page: number) => `/list?code=national&page=${page}`;

/** For tests: a page of the board's list in bobaedream's markup. */
export function listPage(ids: readonly string[]): Scripted {
  const rows = ids.map(
    (id) => `<tr itemscope itemtype="http://schema.org/Article"><td class="num01">1</td>
<td class="pl14"><a class="bsubject" href="/view?code=national&amp;No=${id}&amp;bm=1" title="글 ${id}">글 ${id}</a></td>
<td class="author02"><span class="author">졸린 감자</span></td><td class="date">11/19</td>
<td class="recomm"><font>0</font></td><td class="count">10</td></tr>`,
  );
  const notice =
    '<tr itemscope class="notice"><td class="num01">공지</td><td><a class="bsubject" href="/view?code=notice&amp;No=1">공지</a></td></tr>';
  return { text: `<!DOCTYPE html><html><body><table><tbody>${notice}${rows.join('\n')}</tbody></table></body></html>` };
}

/** For tests: a crawl of bobaedream's board, its site answering from a script; `written` and `kept` fill with what it brings. */
export function scriptedCrawl(answers: Readonly<Record<string, readonly Scripted[]>>, change: Partial<CollectTask> = {}) {
  const time = skippingTime();
  const { transport, asked } = scriptedTransport(
    { '/robots.txt': [{ text: 'User-agent: *\nDisallow: /view?code=national&No=13' }], ...answers },
    time,
  );
  const written: ReadRecords[] = [];
  const kept: string[] = [];
  const ends: string[] = [];
  const stop = new AbortController();
  const task: CollectTask = { site: siteAt(bobaedream), board: 'national', pages: 'all', workers: 1, ...change };
  const deps: CollectDependencies = {
    reader: politeReader(
      { hosts: processHosts(), transport, realTime: time },
      { batch: '20261120T050000Z', site: bobaedream, remainingMilliseconds: () => (stop.signal.aborted ? 0 : 60_000), inBackground: false },
    ),
    clock: { now: () => Temporal.Instant.from('2026-11-20T05:00:00Z') },
    authorHash: authorHash('a key of more than sixteen characters'),
    watch: { match: () => [], mayAlarm: () => false },
    sink: {
      write(records) {
        written.push(records);
        return Promise.resolve();
      },
      close() {
        ends.push('closed');
        return Promise.resolve();
      },
    },
    keepPages(key) {
      kept.push(key.post_id);
      return Promise.resolve();
    },
    signal: stop.signal,
  };
  return { task, deps, written, kept, ends, asked, stop };
}
