import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';

/** robots.txt as one batch found it. `status` 0 stands for no answer. `fetchedAt` in epoch milliseconds of real time. */
export interface StoredRobots {
  readonly batch: string;
  readonly status: number;
  readonly text: string;
  readonly fetchedAt: number;
}

/** What is known of a host (`name:port`). Times in epoch milliseconds of real time. */
export interface HostState {
  readonly notBefore: number;
  readonly crawlDelayMs: number | null;
  readonly robots: StoredRobots | null;
}

/** The hosts in the crawl state table. Each method is one conditional update of one item, so that it holds across functions. */
export interface HostTable {
  read(host: string): Promise<HostState>;
  /** Takes the next free slot, at `from` or later: the time at which the caller may ask the host once. The next one comes `stepMs` after it. */
  takeSlot(host: string, from: number, stepMs: number): Promise<number>;
  /** Nobody asks the host before `until`. */
  holdOff(host: string, until: number): Promise<void>;
  /** True for the one caller that shall fetch robots.txt for this batch; the claim ends at `until`. */
  claimRobots(host: string, batch: string, now: number, until: number): Promise<boolean>;
  /** Keeps what the claim's holder found. The others wait for it, so after an answer the host is free again one delay later. */
  storeRobots(host: string, robots: StoredRobots, crawlDelayMs: number): Promise<void>;
}

const itemSchema = z.object({
  not_before: z.number().default(0),
  crawl_delay_ms: z.number().nullable().default(null),
  robots_batch: z.string().optional(),
  robots_status: z.number().default(0),
  robots_txt: z.string().default(''),
  robots_fetched_at: z.number().default(0),
});

/** The hosts in DynamoDB, the same table as the posts. */
export function hostTable(table: string, client: DynamoDBDocumentClient): HostTable {
  /** The updated attributes, or null when the condition did not hold. */
  async function update(host: string, set: string, condition: string | null, values: Record<string, string | number>) {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: `host#${host}` },
          UpdateExpression: `SET ${set}`,
          ...(condition === null ? {} : { ConditionExpression: condition }),
          ExpressionAttributeValues: values,
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return Attributes ?? {};
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return null;
      throw error;
    }
  }

  return {
    async read(host) {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk: `host#${host}` }, ConsistentRead: true }));
      const item = itemSchema.parse(Item ?? {});
      const { robots_batch: batch, robots_status: status, robots_txt: text, robots_fetched_at: fetchedAt } = item;
      return {
        notBefore: item.not_before,
        crawlDelayMs: item.crawl_delay_ms,
        robots: batch === undefined ? null : { batch, status, text, fetchedAt },
      };
    },
    async takeSlot(host, from, stepMs) {
      // Either somebody's slot lies ahead and ours comes after it, or the host is free by then. A lost race only changes which.
      for (;;) {
        const queued = await update(host, 'next_free_at = next_free_at + :step', 'next_free_at > :from', {
          ':step': stepMs,
          ':from': from,
        });
        if (queued) return z.number().parse(queued['next_free_at']) - stepMs;
        const free = 'attribute_not_exists(next_free_at) OR next_free_at <= :from';
        if (await update(host, 'next_free_at = :next', free, { ':next': from + stepMs, ':from': from })) return from;
      }
    },
    async holdOff(host, until) {
      const later = 'attribute_not_exists(not_before) OR not_before < :until';
      await update(host, 'not_before = :until', later, { ':until': until });
      const sooner = 'attribute_not_exists(next_free_at) OR next_free_at < :until';
      await update(host, 'next_free_at = :until', sooner, { ':until': until });
    },
    async claimRobots(host, batch, now, until) {
      const open = 'attribute_not_exists(robots_claim) OR robots_claim <> :batch OR robots_claim_until < :now';
      const values = { ':batch': batch, ':until': until, ':now': now };
      return (await update(host, 'robots_claim = :batch, robots_claim_until = :until', open, values)) !== null;
    },
    async storeRobots(host, robots, crawlDelayMs) {
      const set = 'robots_batch = :batch, robots_status = :status, robots_txt = :text, robots_fetched_at = :at, crawl_delay_ms = :delay';
      const isAnswered = robots.status > 0;
      await update(host, isAnswered ? `${set}, next_free_at = :free` : set, null, {
        ':batch': robots.batch,
        ':status': robots.status,
        ':text': robots.text,
        ':at': robots.fetchedAt,
        ':delay': crawlDelayMs,
        ...(isAnswered ? { ':free': robots.fetchedAt + crawlDelayMs } : {}),
      });
    },
  };
}
