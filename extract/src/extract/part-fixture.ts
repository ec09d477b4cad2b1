import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type { ExtractEvent, ExtractResult } from '../../../common/contracts/events.ts';
import { manifestSchema } from '../../../common/contracts/manifest.ts';
import { assetKeys, objectKeys } from '../../../common/object-keys.ts';
import { authorHash } from '../crawl/author-hash.ts';
import { memoryPosts, statePost } from '../crawl/memory-posts.ts';
import { pageSeal } from '../crawl/page-seal.ts';
import { politeReader, type ReaderTask } from '../crawl/polite-reader.ts';
import { processHosts } from '../crawl/process-hosts.ts';
import { scriptedTransport, skippingTime, type Scripted } from '../crawl/reading-fixture.ts';
import { memoryStore } from '../memory-store.ts';
import { sitesAt } from '../sites/registry.ts';
import type { ExtractDependencies } from './dependencies.ts';
import { extractPart } from './extract-part.ts';

/** For tests: one part of bobaedream, its site answering from a script. robots.txt refuses posts whose number begins with 13. */
export const batch = '20261120T050000Z';
export const event: ExtractEvent = { batch, site: 'bobaedream', part: 'bobaedream-0001', keywordSetName: 'default', backfill: null };
/** A post with five comments, one of them deleted. */
export const page = readFileSync(join(__dirname, 'fixtures', 'bobaedream-post.html'), 'utf8');
/** A post that is blinded, or whose site has a new layout. */
export const bare = '<!DOCTYPE html><html><body>처리된 글</body></html>';
export const path = (id: string) => `/view?code=national&No=${id}`;
export const keys = {
  posts: objectKeys.rawPosts(batch, 'bobaedream', 'bobaedream-0001'),
  comments: objectKeys.rawComments(batch, 'bobaedream', 'bobaedream-0001'),
  manifest: objectKeys.manifest(batch, 'extract', 'bobaedream-0001'),
  part: objectKeys.part(batch, 'bobaedream-0001'),
  page: (post_id: string) => objectKeys.rawPage(batch, { site: 'bobaedream', board: 'national', post_id }),
};
export const seal = pageSeal('a key of more than sixteen characters');
export const keywordSet = { keywords: [{ name: '경고등', spellings: ['경고등'] }], negative: [], boards: [] };

export const robots = 'User-agent: *\nCrawl-delay: 0.1\nDisallow: /view?code=national&No=13';

/** The address of another page of comments of a post of the fixture. */
export function commentsPath(id: string, number: number): string {
  return `/board_renew/bulletin/comment_list.php?tb=uni_cmt_2611&code=national&No=${id}&page=${number}&strLimit=100&strOrder=&strMywrite=&focus=top&wid=a1b2c3`;
}

/** A row of comments. */
export function row(id: number): string {
  return `<li><dl><dt><span class="author">가</span><span class="date">26.11.20 11:00</span></dt><dd id="small_cmt_${id}">글</dd></dl></li>`;
}

/** Rows `from` to `to`, the last one left out. */
export function rows(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => row(from + index)).join('\n');
}

/** The fixture's post, printing another total; its own five rows are the last ones. */
export function pageWith(total: number): string {
  return page.replaceAll('[5]', `[${total}]`).replaceAll('(5)', `(${total})`);
}

export function setUp(answers: Readonly<Record<string, readonly Scripted[]>>, ids: readonly string[], { until = 60_000 } = {}) {
  const time = skippingTime();
  const start = time.now();
  const { transport, asked } = scriptedTransport({ '/robots.txt': [{ text: robots }], ...answers }, time);
  const posts = memoryPosts(...ids.map((id) => statePost(id)));
  const planned = ids.map((post_id) => ({ site: 'bobaedream', board: 'national', post_id, url: `http://127.0.0.1:9${path(post_id)}` }));
  const data = memoryStore(new Map([[keys.part, JSON.stringify({ batch, site: event.site, part: event.part, posts: planned })]]));
  const hosts = processHosts();
  const opened: ReaderTask[] = [];
  const deps: ExtractDependencies = {
    data,
    posts,
    assets: memoryStore(new Map([[assetKeys.keywordSets, JSON.stringify({ default: keywordSet })]])),
    sites: sitesAt({ bobaedream: 'http://127.0.0.1:9', clien: 'http://127.0.0.1:8' }),
    clock: { now: () => Temporal.Instant.from('2026-11-20T05:00:07Z') },
    authorHash: authorHash('a key of more than sixteen characters'),
    seal,
    openReader: (task: ReaderTask) => {
      opened.push(task);
      return politeReader({ hosts, transport, realTime: time }, task);
    },
  };
  const run = (changes: Partial<ExtractEvent> = {}, changed: Partial<ExtractDependencies> = {}): Promise<ExtractResult> =>
    extractPart({ ...event, ...changes }, { ...deps, ...changed }, { remainingMilliseconds: () => start + until + 10_000 - time.now() });
  const lines = (key: string) =>
    (data.texts.get(key) ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const manifest = () => manifestSchema.parse(JSON.parse(data.texts.get(keys.manifest) ?? 'null'));
  const problems = () => manifest().problems.map(({ kind, subject }) => [kind, subject]);
  const state = (id: string) => posts.posts.get(`post#bobaedream#national#${id}`);
  const kept = (id: string) => {
    const sealed = data.bytes.get(keys.page(id));
    return sealed === undefined ? undefined : seal.open(sealed, id);
  };
  return { run, deps, data, posts, asked, opened, lines, manifest, problems, state, kept, hosts, transport, time };
}
