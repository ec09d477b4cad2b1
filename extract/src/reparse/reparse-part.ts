import type { ReparseResult } from '../../../common/contracts/events.ts';
import type { Part } from '../../../common/contracts/plan.ts';
import type { CommentRecord, PostRecord } from '../../../common/contracts/records.ts';
import { LayoutChangedError, SkipItemError } from '../../../common/errors.ts';
import type { PostWatch } from '../../../common/keywords.ts';
import { problem, replaceManifest } from '../../../common/manifests.ts';
import { objectKeys } from '../../../common/object-keys.ts';
import { ifThere, ndjson } from '../../../common/object-store.ts';
import { postId } from '../crawl/crawl-state.ts';
import type { KeptPages } from '../crawl/page-seal.ts';
import { judged, type Failure } from '../extract/losses.ts';
import { shortcomings } from '../extract/part-outcome.ts';
import { quarantineKey, recordsOf, type RefusedRecord } from '../extract/records.ts';
import { eachOnce, subjectOf, type PlannedPost } from '../extract/state-changes.ts';
import type { Site } from '../sites/site.ts';
import type { ReparseDependencies } from './dependencies.ts';
import { manifestOf, refusalOf, type Fates } from './part-fates.ts';
import { parseKept } from './parse-kept.ts';
import { storedPart, type StoredPart } from './stored-part.ts';

/** What today's parsers make of a part. */
interface Parsed {
  readonly posts: PostRecord[];
  readonly comments: CommentRecord[];
  readonly refused: RefusedRecord[];
  readonly fates: Fates;
}

/**
 * Replaces a part's records by what its kept pages hold. A post whose page is kept no longer, or cannot be read today, keeps its record;
 * keywords are matched anew for all. A part without a page and without records stays as it is: it may still be extracted.
 */
export async function reparsePart(
  part: Part,
  site: Site,
  watch: PostWatch,
  deps: ReparseDependencies,
): Promise<Omit<ReparseResult, 'parts'>> {
  const posts = eachOnce(part.posts);
  const [stored, pages] = await Promise.all([storedPart(part, deps), Promise.all(posts.map((post) => keptOf(part.batch, post, deps)))]);
  if (!stored.isCommitted && pages.every((kept) => kept === null)) return { posts: 0, comments: 0, failed: 0, missingPages: 0 };

  const parsed = parseAll(posts, pages, stored, (post, kept) => {
    const reading = parseKept(keyOf(post), kept, site, refusalOf(stored.manifest, post));
    return { ...recordsOf(reading, withRank(post, stored), deps.authorHash, watch), shortcomings: shortcomings(reading, subjectOf(post)) };
  });
  const read = { posts: parsed.posts.length, comments: parsed.comments.length };
  keepStored(parsed, stored, watch);
  await replaceRecords(part, parsed, deps);
  await replaceManifest(deps.data, manifestOf(part, stored.manifest, parsed));
  const { failed, missing } = parsed.fates;
  return { ...read, failed: failed.length, missingPages: missing.filter((post) => stored.posts.has(postId(post))).length };
}

async function keptOf(batch: string, post: PlannedPost, { data, seal }: ReparseDependencies): Promise<KeptPages | null> {
  const name = objectKeys.rawPage(batch, keyOf(post));
  const sealed = await ifThere(data.readBytes(name));
  return sealed && seal.open(sealed, name);
}

type ParsedPost = ReturnType<typeof recordsOf> & { shortcomings: ReturnType<typeof shortcomings> };

function parseAll(
  posts: readonly PlannedPost[],
  pages: readonly (KeptPages | null)[],
  stored: StoredPart,
  parse: (post: PlannedPost, kept: KeptPages) => ParsedPost,
): Parsed {
  const parsed: Parsed = {
    posts: [],
    comments: [],
    refused: [],
    fates: { missing: [], failed: [], gone: [], problems: [], layoutChanged: 0 },
  };
  const failures: (Failure & { post: PlannedPost })[] = [];
  for (const [index, post] of posts.entries()) {
    const kept = pages[index];
    try {
      if (!kept) parsed.fates.missing.push(post);
      else add(parsed, post, parse(post, kept));
    } catch (error) {
      if (!(error instanceof SkipItemError)) throw error;
      failures.push({ post, error });
    }
  }
  for (const { post, error } of judged(failures, parsed.posts.length)) {
    const hasChanged = error instanceof LayoutChangedError;
    parsed.fates[hasChanged ? 'failed' : 'gone'].push(post);
    if (!hasChanged) continue;
    if (!stored.posts.has(postId(post))) parsed.fates.layoutChanged += 1;
    parsed.fates.problems.push(problem(error.name, subjectOf(post), error.message));
  }
  return parsed;
}

function add({ posts, comments, refused, fates }: Parsed, post: PlannedPost, records: ParsedPost): void {
  if (records.post) posts.push(records.post);
  else fates.failed.push(post);
  comments.push(...records.comments);
  refused.push(...records.refused);
  fates.problems.push(...records.shortcomings);
}

/** The plan knows the rank; a collector's record brought its own. */
function withRank(post: PlannedPost, stored: StoredPart): { url: string; list_rank: number | null } {
  return { url: post.url, list_rank: post.list_rank ?? stored.posts.get(postId(post))?.list_rank ?? null };
}

/** Nothing that is stored is lost, but for what turns out to be no post. */
function keepStored({ posts, comments, fates }: Parsed, stored: StoredPart, watch: PostWatch): void {
  for (const post of [...fates.missing, ...fates.failed]) {
    const record = stored.posts.get(postId(post));
    if (!record) continue;
    const keywords = watch.match(record.title, record.body);
    posts.push({ ...record, keywords, may_alarm: watch.mayAlarm(record, keywords) });
    comments.push(...(stored.comments.get(postId(post)) ?? []));
  }
}

/** Comments, then posts, as Extract writes them; here they may replace what is there. */
async function replaceRecords(
  { batch, site, part }: Part,
  { posts, comments, refused }: Parsed,
  { data }: ReparseDependencies,
): Promise<void> {
  await data.write(objectKeys.rawComments(batch, site, part), ndjson(comments));
  await data.write(objectKeys.rawPosts(batch, site, part), ndjson(posts));
  if (refused.length > 0) await data.write(quarantineKey(batch, part), ndjson(refused));
  else await data.remove(quarantineKey(batch, part));
}

function keyOf({ site, board, post_id }: PlannedPost) {
  return { site, board, post_id };
}
