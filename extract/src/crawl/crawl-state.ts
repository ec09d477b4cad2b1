import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, BatchWriteCommand, paginateQuery, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Clock } from '../../../common/clock.ts';
import { postKeySchema, utcInstantSchema, type PostKey } from '../../../common/contracts/records.ts';

/** What the crawl state knows of a post. Times are UTC text of domain time. */
const postStateSchema = z.object({
  ...postKeySchema.shape,
  url: z.url(),
  status: z.enum(['due', 'done', 'gone', 'refused', 'failed']),
  next_due_at: utcInstantSchema.optional(),
  last_checked_at: utcInstantSchema.optional(),
  created_at: utcInstantSchema.optional(),
  comment_count: z.number(),
  failures: z.number(),
  matched: z.boolean(),
  expires_at: z.number(),
});
export type PostState = z.infer<typeof postStateSchema>;

/** What a reading (or a failed attempt at `last_checked_at`) makes of a post's state. */
export type StateChange = Omit<PostState, 'expires_at' | 'last_checked_at'> & { last_checked_at: string };

/** The posts in the crawl state table. */
export interface CrawlState {
  /** By `postId`; posts that are absent or expired are left out. */
  known(keys: readonly PostKey[]): Promise<Map<string, PostState>>;
  /** Adds posts that are absent, due at `at`. Adding one twice only makes it due once more. */
  add(posts: readonly (PostKey & Pick<PostState, 'url' | 'matched'>)[], at: string): Promise<void>;
  /** Makes a post due at `at` unless it already is by then. */
  hasten(key: PostKey, at: string): Promise<void>;
  /** Posts of a site that are due by `until`, most overdue first. */
  due(site: string, until: string): Promise<PostState[]>;
  /** Records a reading, unless a later one (or the same) is recorded already. */
  record(change: StateChange): Promise<void>;
}

const DUE_INDEX = 'due';
const KEPT_SECONDS = 14 * 24 * 3600;

/** The text that stands for a post's key in maps and in the table. */
export function postId({ site, board, post_id }: PostKey): string {
  return `post#${site}#${board}#${post_id}`;
}

/** The posts in DynamoDB, single conditional writes; posts expire 14 days (domain time) after they were last written. */
export function crawlState(table: string, client: DynamoDBDocumentClient, clock: Clock): CrawlState {
  const now = () => Math.floor(clock.now().epochMilliseconds / 1000);
  const isAlive = (post: PostState) => post.expires_at > now();

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

    async add(posts, at) {
      const fresh = { status: 'due', next_due_at: at, comment_count: 0, failures: 0, expires_at: now() + KEPT_SECONDS };
      const byId = new Map(posts.map((post) => [postId(post), post]));
      let writes = [...byId].map(([pk, post]) => ({ PutRequest: { Item: { ...fresh, ...post, pk, due_site: post.site } } }));
      while (writes.length > 0) {
        const answer = await client.send(new BatchWriteCommand({ RequestItems: { [table]: writes.splice(0, 25) } }));
        writes = writes.concat((answer.UnprocessedItems?.[table] ?? []) as typeof writes);
      }
    },

    hasten: (key, at) =>
      ignoringConditions(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: postId(key) },
            UpdateExpression: 'SET next_due_at = :at, due_site = :site, #status = :due',
            ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(next_due_at) OR next_due_at > :at)',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':at': at, ':site': key.site, ':due': 'due' },
          }),
        ),
      ),

    async due(site, until) {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: DUE_INDEX,
          KeyConditionExpression: 'due_site = :site AND next_due_at <= :until',
          ExpressionAttributeValues: { ':site': site, ':until': until },
        },
      );
      const posts: PostState[] = [];
      for await (const page of pages) posts.push(...z.array(postStateSchema).parse(page.Items ?? []));
      return posts.filter(isAlive);
    },

    async record({ site, board, post_id, next_due_at, created_at, ...rest }) {
      const set: Record<string, unknown> = { site, board, post_id, ...rest, expires_at: now() + KEPT_SECONDS };
      if (created_at !== undefined) set['created_at'] = created_at;
      if (next_due_at !== undefined) Object.assign(set, { next_due_at, due_site: site });
      const names = Object.keys(set);
      await ignoringConditions(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: postId({ site, board, post_id }) },
            UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}${next_due_at === undefined ? ' REMOVE next_due_at, due_site' : ''}`,
            ConditionExpression: 'attribute_not_exists(last_checked_at) OR last_checked_at < :last_checked_at',
            ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
            ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, set[name]])),
          }),
        ),
      );
    },
  };
}

/** A condition that does not hold means that the table already knows as much or more. */
async function ignoringConditions(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
