import { domainClock } from '../../common/clock.ts';
import type { PostKey } from '../../common/contracts/records.ts';
import { LayoutChangedError, PostGoneError } from '../../common/errors.ts';
import type { PostWatch } from '../../common/keywords.ts';
import { recordLines } from '../../extract/src/collect/record-sink.ts';
import { authorHash, type AuthorHash } from '../../extract/src/crawl/author-hash.ts';
import { decodePage } from '../../extract/src/crawl/charset.ts';
import { parsedBy, putTogether } from '../../extract/src/extract/post-reading.ts';
import { commentRecords, recordsOf, type RefusedRecord } from '../../extract/src/extract/records.ts';
import { siteAt } from '../../extract/src/sites/registry.ts';
import type { Site } from '../../extract/src/sites/site.ts';
import { runDirectories } from '../run/directories.ts';
import { UserError } from '../run/user-error.ts';
import { localHashKey } from './author-hash-key.ts';
import { keywordsOfSet } from './keywords-of-set.ts';
import type { ParseOptions } from './parse.ts';
import { savedPage, type SavedPage } from './saved-page.ts';
import { siteNamed } from './site-named.ts';

interface Parsing {
  readonly site: Site;
  readonly text: string;
  readonly savedAt: SavedPage['savedAt'];
  readonly hash: AuthorHash;
  readonly watch: PostWatch;
}

/** See `parseCommand`. */
export function runParse(options: ParseOptions): number {
  const site = siteAt(siteNamed(options.site));
  const { bytes, savedAt } = savedPage(options.page, options.savedAt, domainClock);
  const { text } = decodePage(bytes, null, site.encoding);
  const hash = authorHash(localHashKey(runDirectories().data, process.env));
  const parsing: Parsing = { site, text, savedAt, hash, watch: keywordsOfSet(options.keywordSet) };
  try {
    const { lines, refused } = options.kind === 'list' ? listOf(parsing) : recordsIn(parsing, options.kind, keyOf(site, options.url));
    process.stdout.write(lines);
    for (const { table, reason } of refused) console.error(`${table} refused by the contract: ${reason}`);
    return lines === '' ? 1 : 0;
  } catch (error) {
    if (!(error instanceof LayoutChangedError || error instanceof PostGoneError)) throw error;
    console.error(error.message);
    return 1;
  }
}

/** Rows as they are: their times are the last moment that the row allows, and the exact one where it prints it. */
function listOf({ site, text, savedAt }: Parsing): { lines: string; refused: readonly RefusedRecord[] } {
  const rows = parsedBy(site, () => site.parseBoardList(text, savedAt));
  if (rows.length === 0) console.error(`${site.name}: the list has no post`);
  return { lines: rows.map((row) => `${JSON.stringify({ type: 'row', ...row })}\n`).join(''), refused: [] };
}

function recordsIn({ site, text, savedAt, hash, watch }: Parsing, kind: 'post' | 'comments', key: PostKey) {
  if (kind === 'comments') {
    const { comments } = parsedBy(site, () => site.parseComments(text, savedAt));
    const { accepted, refused } = commentRecords({ key, collectedAt: savedAt, comments }, hash);
    if (comments.length === 0) console.error(`${site.name}: the page has no comment`);
    return { lines: accepted.map((comment) => `${JSON.stringify({ type: 'comment', ...comment })}\n`).join(''), refused };
  }
  const post = parsedBy(site, () => site.parsePost(text, savedAt));
  const reading = putTogether({ key, collectedAt: savedAt, post, refusal: null }, [{ ...post, address: site.post(key).url }]);
  const records = recordsOf(reading, { url: site.post(key).url, list_rank: null }, hash, watch);
  if (reading.missingRows > 0) console.error(`${reading.missingRows} of ${post.commentCount} comments are on other pages`);
  return { lines: records.post ? recordLines({ post: records.post, comments: records.comments }) : '', refused: records.refused };
}

/** @throws UserError when the address is missing, or is none of a post of this site. */
function keyOf(site: Site, url: string | undefined): PostKey {
  if (url === undefined) throw new UserError('A record needs its post: give the address of the post with --url.');
  const place = site.placeOf(url);
  if (place) return { site: site.name, ...place };
  throw new UserError(
    `--url ${url} is no post of ${site.name}; give one like ${site.post({ board: '<board>', post_id: '<number>' }).url}.`,
  );
}
