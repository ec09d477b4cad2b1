import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { postKeySchema, postRecordSchema, utcInstantSchema } from '../../../common/contracts/records.ts';
import { LayoutChangedError, PostGoneError } from '../../../common/errors.ts';
import { utcText } from '../../../common/clock.ts';
import { TEST_SEED } from '../../../common/seed-fixture.ts';
import { authorHash } from '../crawl/author-hash.ts';
import { putTogether } from '../extract/post-reading.ts';
import { recordsOf } from '../extract/records.ts';
import { fixturesOf, parse, type Fixture } from './fixture.ts';
import { mutated, mutations } from './mutations-fixture.ts';
import { definitions, siteAt } from './registry.ts';
import type { CommentList, ListedPost, PostPage, Site } from './site.ts';

/** Mutated pages a parser; every parser of every site has its turn. */
const RUNS = 1200;
/** No page of this size takes a hundredth of it; a machine may be busy. */
const LONGEST_MS = 3000;

const now = Temporal.Instant.from('2026-11-20T14:00:00+09:00');
const hash = authorHash('a key of more than sixteen characters');
const listedSchema = z.strictObject({
  board: postKeySchema.shape.board,
  postId: postKeySchema.shape.post_id,
  title: postRecordSchema.shape.title,
  commentCount: z.int().nonnegative().nullable(),
  exact: utcInstantSchema.nullable(),
  latest: utcInstantSchema,
});

beforeAll(() => {
  process.stdout.write(`Mutated pages: seed ${TEST_SEED}\n`);
});

const parsers = definitions.flatMap((definition) => {
  const fixtures = fixturesOf(definition.name);
  const kinds = (['list', 'search', 'post', 'comments'] as const).filter((kind) => fixtures.some((page) => page.kind === kind));
  return kinds.map((kind) => ({
    name: `${definition.name}’s ${kind}`,
    kind,
    site: siteAt(definition),
    // A page that says that a post is gone is a page of a post, too.
    texts: fixtures.filter((page) => page.kind === kind || (kind === 'post' && page.kind === 'gone')).map(({ text }) => text),
  }));
});

it.each(parsers.map((parser) => [parser.name, parser] as const))(
  'makes of a mutated page of %s records that the contracts take, or throws a named error',
  (_, { kind, site, texts }) => {
    let longest = 0;
    let read = 0;
    const property = fc.property(fc.constantFrom(...texts), mutations, (page, changes) => {
      const text = mutated(page, changes);
      const started = performance.now();
      const found = named(() => parse(site, { kind, text }, now));
      longest = Math.max(longest, performance.now() - started);
      if (found === null) return;
      read += 1;
      expect(refused(kind, site, text, found)).toEqual([]);
    });

    fc.assert(property, { seed: TEST_SEED, numRuns: RUNS });

    // Most changes leave most of a page alone: were nothing read, nothing would have been tried.
    expect(read).toBeGreaterThan(RUNS / 20);
    expect(longest).toBeLessThan(LONGEST_MS);
  },
  60_000,
);

/** What the parser gives; null when it throws one of the errors that it may throw. */
function named<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof LayoutChangedError || error instanceof PostGoneError) return null;
    throw error;
  }
}

/** What the contracts refuse of a parser's records. */
function refused(kind: Fixture['kind'], site: Site, text: string, found: ReturnType<typeof parse>): unknown[] {
  if (Array.isArray(found)) return found.flatMap(refusedRow);
  if (kind === 'comments') return refusedRecords(site, A_POST, found);
  return [...refusedRecords(site, found as PostPage, found), ...refusedRequests(site, text, found as PostPage)];
}

function refusedRow({ postedAt, ...row }: ListedPost): unknown[] {
  const times = { exact: postedAt.exact && utcText(postedAt.exact), latest: utcText(postedAt.latest) };
  return listedSchema.safeParse({ ...row, ...times }).error?.issues ?? [];
}

const A_POST: PostPage = {
  title: '글',
  body: '',
  author: '작은 배',
  createdAt: now,
  views: 0,
  likes: 0,
  commentCount: 0,
  comments: [],
  rows: 0,
};

function refusedRecords(site: Site, post: PostPage, list: CommentList): unknown[] {
  const key = { site: site.name, board: 'board', post_id: '1' };
  const reading = putTogether({ key, collectedAt: now, post, refusal: null }, [{ ...list, address: 'page' }]);
  const { refused: records } = recordsOf(reading, { url: site.post(key).url, list_rank: null }, hash, {
    match: () => [],
    mayAlarm: () => false,
  });
  return list.rows >= list.comments.length ? [...records] : [...records, `${list.comments.length} comments in ${list.rows} rows`];
}

/** Where the rest of the comments is: on the site, and on no boundless number of pages. */
function refusedRequests(site: Site, text: string, post: PostPage): unknown[] {
  const pages = named(() => site.otherCommentPages({ board: 'board', post_id: '1' }, text, post)) ?? [];
  const foreign = pages.filter(({ request }) => new URL(request.url).origin !== site.baseUrl).map(({ request }) => request.url);
  return pages.length <= 1000 ? foreign : [`${pages.length} further pages of comments`];
}
