import { Temporal } from 'temporal-polyfill';
import type { SearchEvent } from '../../../common/contracts/events.ts';
import { manifestSchema } from '../../../common/contracts/manifest.ts';
import { LayoutChangedError } from '../../../common/errors.ts';
import { assetKeys } from '../../../common/object-keys.ts';
import { memoryPosts } from '../crawl/memory-posts.ts';
import { pageSeal } from '../crawl/page-seal.ts';
import type { ReaderTask } from '../crawl/polite-reader.ts';
import { memoryStore } from '../memory-store.ts';
import type { ListedPost, PageRequest, Site } from '../sites/site.ts';
import type { SearchDependencies } from './dependencies.ts';
import { findPosts } from './find-posts.ts';

export const BATCH = '20261120T050000Z';
export const AT = '2026-11-20T05:00:00Z';

export const board: SearchEvent = {
  batch: BATCH,
  keywordSetName: 'default',
  environment: 'PROD',
  backfill: null,
  dryRun: false,
  site: 'bobaedream',
  kind: 'board',
  term: 'national',
  part: 'bobaedream-board-national',
};
export const keyword: SearchEvent = { ...board, kind: 'keyword', term: '코나', part: 'bobaedream-keyword-1' };

/** For tests: a page of a list in the invented markup of `listSite`. A time, or a day alone; comments, when the list prints them. */
export type Row = readonly [id: string, postedAt: string, title?: string, comments?: number];
export type ScriptedPage = readonly Row[] | string | Error | { readonly status: number };

/** A board's page and a search's page by number. */
export const boardPage = (number: number) => `/board/national/${number}`;
export const searchPage = (term: string, number: number) => `/search/${encodeURIComponent(term)}/${number}`;

/** For tests: a site whose pages are JSON lists of rows. */
export function listSite(change: Partial<Site> = {}): Site {
  const page = (path: string): PageRequest => ({
    method: 'GET',
    url: `http://127.0.0.1:9${path}`,
    expects: 'html',
    encoding: 'utf-8',
    isWhole: () => true,
  });
  const notAsked = () => {
    throw new Error('a search reads lists only');
  };
  return {
    name: 'bobaedream',
    home: 'http://127.0.0.1:9',
    baseUrl: 'http://127.0.0.1:9',
    robotsSubject: 'hotpost',
    politeness: { delayMs: 1000, concurrency: 1 },
    encoding: 'utf-8',
    listOrder: 'newest-first',
    boardList: (name, number) => page(`/board/${name}/${number}`),
    search: (term, number) => page(searchPage(term, number)),
    parseBoardList: parseRows,
    parseSearch: parseRows,
    post: (key) => page(`/post/${key.board}/${key.post_id}`),
    placeOf: notAsked,
    parsePost: notAsked,
    otherCommentPages: notAsked,
    parseComments: notAsked,
    ...change,
  };
}

function parseRows(text: string): ListedPost[] {
  if (!text.startsWith('[')) throw new LayoutChangedError('the list is missing');
  return (JSON.parse(text) as Row[]).map(([postId, postedAt, title = `제목 ${postId}`, comments]) => {
    const exact = postedAt.includes('T') ? Temporal.Instant.from(postedAt) : null;
    const latest = exact ?? Temporal.Instant.from(`${postedAt}T23:59:59+09:00`);
    return { board: 'national', postId, title, commentCount: comments ?? null, postedAt: { exact, latest } };
  });
}

/** For tests: a search over scripted pages by path (404 for the others); each request takes a second of the invocation's time. */
export function searchOver(
  pages: Readonly<Record<string, ScriptedPage>>,
  { site = listSite(), posts = memoryPosts(), milliseconds = 120_000 } = {},
) {
  const asked: string[] = [];
  const opened: ReaderTask[] = [];
  const data = memoryStore();
  const set = {
    keywords: [{ name: '코나', spellings: ['코나 EV', '코나', 'KONA'] }],
    negative: ['코나커피'],
    boards: ['bobaedream/national'],
  };
  const seal = pageSeal('a key of more than sixteen characters');
  const deps: SearchDependencies = {
    data,
    posts,
    assets: memoryStore(new Map([[assetKeys.keywordSets, JSON.stringify({ default: set })]])),
    sites: new Map([[site.name, site]]),
    clock: { now: () => Temporal.Instant.from(AT) },
    windowHours: 72,
    boardPages: 5,
    seal,
    openReader(task) {
      opened.push(task);
      return {
        requests: () => asked.length,
        allows: () => Promise.resolve(true),
        read({ url }) {
          const path = new URL(url).pathname;
          asked.push(path);
          const page = pages[path] ?? { status: 404 };
          if (page instanceof Error) return Promise.reject(page);
          if (typeof page === 'object' && 'status' in page) return Promise.resolve({ status: page.status, text: '', encoding: 'utf-8' });
          return Promise.resolve({ status: 200, text: typeof page === 'string' ? page : JSON.stringify(page), encoding: 'utf-8' });
        },
      };
    },
  };
  return {
    asked,
    opened,
    data,
    posts,
    seal,
    /** Searches; pages that earlier searches asked for cost no time. */
    find: (event: SearchEvent) => {
      const before = asked.length;
      return findPosts(event, deps, { remainingMilliseconds: () => milliseconds - (asked.length - before) * 1000 });
    },
    /** The manifest of a part. */
    manifest: ({ part }: SearchEvent) => manifestSchema.parse(JSON.parse(data.texts.get(`manifest/${BATCH}/search-${part}.json`) ?? '')),
  };
}
