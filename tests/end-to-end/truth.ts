import { createHmac } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { CommentTruth, PostTruth } from '../../local/community/world/truth.ts';
import type { Laptop } from '../../local/run/laptop.ts';
import type { CommunityLogEntry } from '../../local/community/server-log.ts';
import { rowsOf } from './laptop-fixture.ts';

const INEXACT_TIMES = ['fmkorea'];

type Row = Readonly<Record<string, string | number | boolean | null>>;

/**
 * When each post's page was last answered with its content, by `site/board/post_id`. `isWhole`: whether an answer was. A batch in which a
 * page of the post's comments never came whole has not read it: a host that asks to be left alone in between ends the part.
 */
export function lastReadings(
  log: readonly CommunityLogEntry[],
  isWhole: (entry: CommunityLogEntry) => boolean = () => true,
): Map<string, string> {
  const requestOf = ({ community_time: time, site, path, form }: CommunityLogEntry) => JSON.stringify([time, site, path, form]);
  const answered = new Set(log.filter(isWhole).map(requestOf));
  const missing = log.filter((entry) => entry.kind === 'comments' && !answered.has(requestOf(entry)));
  const isRead = ({ community_time: time, site, post_id: id = '' }: CommunityLogEntry) =>
    !missing.some((entry) => entry.community_time === time && entry.site === site && requestOf(entry).includes(id));
  const readings = new Map<string, string>();
  for (const entry of log) {
    if (entry.kind === 'post' && entry.status === 200 && isWhole(entry) && isRead(entry))
      readings.set(`${entry.site}/${entry.board}/${entry.post_id}`, entry.community_time);
  }
  return readings;
}

/** What the warehouse should hold, given when each post was last read: the community's state at that time. */
export function expectedRows(laptop: Laptop, readings: ReadonlyMap<string, string>): { posts: Row[]; comments: Row[] } {
  const hash = hashOf(laptop);
  const posts: Row[] = [];
  const comments: Row[] = [];
  for (const [time, names] of Map.groupBy(readings.keys(), (name) => readings.get(name) ?? '')) {
    const wanted = new Set(names);
    for (const post of laptop.world.truthAt(Temporal.Instant.from(time))) {
      if (!wanted.has(nameOf(post)) || post.state !== 'there') continue;
      posts.push(postRow(laptop, post, hash));
      comments.push(...post.comments.filter(({ deleted }) => !deleted).map((comment) => commentRow(post, comment, hash)));
    }
  }
  return { posts: sorted(posts), comments: sorted(comments) };
}

/** The posts that were deleted or blinded when they were asked for, by `site/board/post_id`. */
export function goneWhenAsked(laptop: Laptop, log: readonly CommunityLogEntry[]): string[] {
  const asked = Map.groupBy(
    log.filter(({ kind }) => kind === 'post'),
    (entry) => entry.community_time,
  );
  const gone = [...asked].flatMap(([time, entries]) => {
    const names = new Set(entries.map((entry) => `${entry.site}/${entry.board ?? ''}/${entry.post_id ?? ''}`));
    return laptop.world
      .truthAt(Temporal.Instant.from(time))
      .filter((post) => post.state !== 'there')
      .map(nameOf)
      .filter((name) => names.has(name));
  });
  return [...new Set(gone)].sort();
}

/** What the warehouse holds, in the same shape. */
export async function storedRows(laptop: Laptop): Promise<{ posts: Row[]; comments: Row[] }> {
  const posts = await rowsOf(
    laptop,
    'select site, board, post_id, url, title, body, author_hash, created_at, views, likes, comment_count, keywords from community.post',
  );
  const comments = await rowsOf(
    laptop,
    'select site, board, post_id, comment_id, is_reply, author_hash, created_at, body, likes, dislikes from community.comment',
  );
  return { posts: sorted(posts.map(withUtc)), comments: sorted(comments.map(withUtc).map(withoutInexactTime)) };
}

function postRow(laptop: Laptop, post: PostTruth, hash: (name: string) => string): Row {
  const base = laptop.community.urls[post.site];
  const { site, board, post_id, title, body, created_at, views, likes, comment_count } = post;
  const keywords = JSON.stringify(post.keywords);
  return {
    site,
    board,
    post_id,
    url: base + post.url_path,
    title,
    body,
    author_hash: hash(`${site}:${post.author_id ?? post.author}`),
    created_at,
    views,
    likes,
    comment_count,
    keywords,
  };
}

function commentRow({ site, board, post_id }: PostTruth, comment: CommentTruth, hash: (name: string) => string): Row {
  const { comment_id, is_reply, created_at, body, likes, dislikes } = comment;
  return {
    site,
    board,
    post_id,
    comment_id,
    is_reply,
    author_hash: hash(`${site}:${comment.author_id ?? comment.author}`),
    created_at: INEXACT_TIMES.includes(site) ? null : created_at,
    body,
    likes,
    dislikes,
  };
}

function hashOf(laptop: Laptop): (name: string) => string {
  const key = laptop.functionNamed('ExtractFunction').environment['AUTHOR_HASH_KEY'] ?? '';
  return (name) => createHmac('sha256', key).update(name).digest('hex').slice(0, 32);
}

function withUtc(row: Row): Row {
  return { ...row, created_at: `${String(row['created_at']).slice(0, 19).replace(' ', 'T')}Z` };
}

/** A page that says `9 분 전` tells the time no closer than that, and it is another one at each reading. */
function withoutInexactTime(row: Row): Row {
  return INEXACT_TIMES.includes(String(row['site'])) ? { ...row, created_at: null } : row;
}

export function nameOf({ site, board, post_id: postId }: Pick<PostTruth, 'site' | 'board' | 'post_id'>): string {
  return `${site}/${board}/${postId}`;
}

function sorted(rows: Row[]): Row[] {
  const keyOf = (row: Row) => ['site', 'board', 'post_id', 'comment_id'].map((name) => String(row[name] ?? '')).join(' ');
  return rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
