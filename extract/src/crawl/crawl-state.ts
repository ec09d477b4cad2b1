import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, GetCommand, paginateQuery, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Clock } from '../../../common/clock.ts';
import { postKeySchema, utcInstantSchema, type PostKey } from '../../../common/contracts/records.ts';
import type { Backfill } from '../../../common/contracts/settings.ts';

/** What the crawl state knows of a post. Times are UTC text of domain time. */
const postStateSchema = z.object({
  ...postKeySchema.shape,
  url: z.url(),
  status: z.enum(['due', 'done', 'gone', 'refused', 'failed']),
  next_due_at: utcInstantSchema.optional(),
  /** The queue that the post waits in (queueOf); absent when it waits for nothing. */
  due_site: z.string().optional(),
  last_checked_at: utcInstantSchema.optional(),
  created_at: utcInstantSchema.optional(),
  /** As last read, or as the list printed it when the post was found. */
  comment_count: z.number(),
  /** Comments an hour between the last two readings; between its beginning and its reading when there was one; else 0. */
  pace: z.number().nonnegative().default(0),
  failures: z.number(),
  matched: z.boolean(),
  expires_at: z.number(),
});
export type PostState = z.infer<typeof postStateSchema>;

/** What a reading (or a failed attempt at `last_checked_at`) makes of a post's state. */
export type StateChange = Omit<PostState, 'expires_at' | 'last_checked_at' | 'due_site'> & { last_checked_at: string };

/** A post as a list shows it. `created_at` and `comment_count` where the list prints them. */
export type FoundPost = PostKey & Pick<PostState, 'url' | 'matched'> & Partial<Pick<PostState, 'created_at' | 'comment_count'>>;

/** The posts in the crawl state table, and how far backfills have come. Each write is one conditional update of one item. */
export interface CrawlState {
  /** By `postId`; posts that are absent or expired are left out. */
  known(keys: readonly PostKey[]): Promise<Map<string, PostState>>;
  /** Adds posts that are absent, due at `at`. The live queue also takes over posts that only a backfill waits for, unread. */
  add(posts: readonly FoundPost[], at: string, queue: string): Promise<void>;
  /** Makes a post due at `at` in the live queue of its site, unless it is due there by then already. */
  hasten(key: PostKey, at: string): Promise<void>;
  /** Posts of a queue that are due by `until`, most overdue first. */
  due(queue: string, until: string): Promise<PostState[]>;
  /**
   * Records a reading, unless a later one (or the same) is recorded already; a post that is due again waits in `queue`. What a
   * backfill read is not recorded when the live queue has taken the post meanwhile.
   */
  record(change: StateChange, queue: string): Promise<void>;
  /** The page that setCursor remembered, or null. */
  cursor(id: string): Promise<number | null>;
  /** Remembers for 14 days how far a list was paged; never goes back. */
  setCursor(id: string, page: number): Promise<void>;
}

const DUE_INDEX = 'due';
const KEPT_SECONDS = 14 * 24 * 3600;
const BACKFILL = 'backfill#';

/** The text that stands for a post's key in maps and in the table. */
export function postId({ site, board, post_id }: PostKey): string {
  return `post#${site}#${board}#${post_id}`;
}

/** The queue that a run reads from and adds to: a site's own for live runs, one of its own for each range of a backfill. */
export function queueOf(site: string, backfill: Backfill | null): string {
  return backfill === null ? site : `${BACKFILL}${backfill.from}#${backfill.to}#${site}`;
}

/** Whether a queue belongs to a backfill. */
export function isBackfillQueue(queue: string): boolean {
  return queue.startsWith(BACKFILL);
}

/** The crawl state in DynamoDB; items expire 14 days (domain time) after they were last written. */
export function crawlState(table: string, client: DynamoDBDocumentClient, clock: Clock): CrawlState {
  const now = () => Math.floor(clock.now().epochMilliseconds / 1000);
  const isAlive = (item: { expires_at: number }) => item.expires_at > now();

  /** Sets attributes of one item, and removes others. A condition that does not hold means that the table knows as much or more. */
  async function update(
    pk: string,
    set: Readonly<Record<string, unknown>>,
    remove: readonly string[],
    condition: Condition,
  ): Promise<void> {
    const names = Object.keys(set);
    const removed = remove.length > 0 ? ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}` : '';
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk },
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}${removed}`,
          ConditionExpression: condition.text,
          ExpressionAttributeNames: Object.fromEntries([...names, ...remove].map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: { ...Object.fromEntries(names.map((name) => [`:${name}`, set[name]])), ...condition.values },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  return {
    async known(keys) {
      const found = new Map<string, PostState>();
      for (let wanted = [...new Set(keys.map(postId))]; wanted.length > 0;) {
        const request = { [table]: { Keys: wanted.splice(0, 100).map((pk) => ({ pk })), ConsistentRead: true } };
        const answer = await client.send(new BatchGetCommand({ RequestItems: request }));
        const posts = z.array(postStateSchema).parse(answer.Responses?.[table] ?? []);
        for (const post of posts.filter(isAlive)) found.set(postId(post), post);
        wanted = wanted.concat((answer.UnprocessedKeys?.[table]?.Keys ?? []).map(({ pk }) => z.string().parse(pk)));
      }
      return found;
    },

    async add(posts, at, queue) {
      const fresh = { status: 'due', next_due_at: at, due_site: queue, comment_count: 0, pace: 0, failures: 0 };
      const byId = new Map(posts.map((post) => [postId(post), post]));
      // What an expired item still holds must not be taken for this post's.
      const stale = (post: FoundPost) => ['last_checked_at', ...(post.created_at === undefined ? ['created_at'] : [])];
      const isAbsent = 'attribute_not_exists(pk) OR expires_at <= :now';
      const isTakenOver = isBackfillQueue(queue)
        ? { text: '', values: {} }
        : { text: ' OR (begins_with(due_site, :backfill) AND attribute_not_exists(last_checked_at))', values: { ':backfill': BACKFILL } };
      const condition = { text: isAbsent + isTakenOver.text, values: { ':now': now(), ...isTakenOver.values } };
      await Promise.all(
        [...byId].map(([pk, post]) => update(pk, { ...fresh, ...defined(post), expires_at: now() + KEPT_SECONDS }, stale(post), condition)),
      );
    },

    hasten: (key, at) =>
      update(postId(key), { next_due_at: at, due_site: key.site, status: 'due' }, [], {
        text: 'expires_at > :now AND (attribute_not_exists(next_due_at) OR next_due_at > :next_due_at OR due_site <> :due_site)',
        values: { ':now': now() },
      }),

    async due(queue, until) {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: DUE_INDEX,
          KeyConditionExpression: 'due_site = :queue AND next_due_at <= :until',
          ExpressionAttributeValues: { ':queue': queue, ':until': until },
        },
      );
      const posts: PostState[] = [];
      for await (const page of pages) posts.push(...z.array(postStateSchema).parse(page.Items ?? []));
      return posts.filter(isAlive);
    },

    async record(change, queue) {
      const isDue = change.next_due_at !== undefined;
      const set = { ...defined(change), expires_at: now() + KEPT_SECONDS, ...(isDue ? { due_site: queue } : {}) };
      const isLater = '(attribute_not_exists(last_checked_at) OR last_checked_at < :last_checked_at)';
      const condition = isBackfillQueue(queue)
        ? { text: `${isLater} AND (attribute_not_exists(due_site) OR due_site = :queue)`, values: { ':queue': queue } }
        : { text: isLater, values: {} };
      await update(postId(change), set, isDue ? [] : ['next_due_at', 'due_site'], condition);
    },

    async cursor(id) {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk: cursorId(id) }, ConsistentRead: true }));
      const item = cursorSchema.optional().parse(Item);
      return item !== undefined && isAlive(item) ? item.page : null;
    },

    setCursor: (id, page) =>
      update(cursorId(id), { page, expires_at: now() + KEPT_SECONDS }, [], {
        text: 'attribute_not_exists(#page) OR #page < :page OR expires_at <= :now',
        values: { ':now': now() },
      }),
  };
}

type Condition = { readonly text: string; readonly values: Readonly<Record<string, unknown>> };

const cursorSchema = z.object({ page: z.number().int(), expires_at: z.number() });

function cursorId(id: string): string {
  return `cursor#${id}`;
}

/** DynamoDB takes no undefined values. */
function defined(item: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}
