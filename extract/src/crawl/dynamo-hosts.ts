import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { HostTable } from './host-table.ts';

const hostSchema = z.object({
  not_before: z.number().default(0),
  not_before_status: z.number().default(0),
  is_ban: z.boolean().default(false),
  next_free_at: z.number().default(0),
});
const robotsSchema = z.object({
  batch: z.string(),
  status: z.number(),
  fetched_at: z.number(),
  text: z.instanceof(Uint8Array),
  etag: z.string().nullable(),
  last_modified: z.string().nullable(),
});

/**
 * The hosts in the crawl state table: `host#…` holds slots, seats and bans, which every request writes; `robots#…` the file, so that
 * those writes stay small. Each change is one conditional update.
 */
export function dynamoHosts(table: string, client: DynamoDBDocumentClient): HostTable {
  async function item(pk: string): Promise<Record<string, unknown> | undefined> {
    return (await client.send(new GetCommand({ TableName: table, Key: { pk }, ConsistentRead: true }))).Item;
  }

  /** The updated attributes, or null when the condition did not hold. */
  async function update(pk: string, expression: string, condition: string | null, values: Record<string, unknown>) {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk },
          UpdateExpression: expression,
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

  const later = 'attribute_not_exists(not_before) OR not_before < :until';
  const hold = 'SET not_before = :until, not_before_status = :status, is_ban = :isBan';

  return {
    async read(host) {
      const { not_before, not_before_status, is_ban } = hostSchema.parse((await item(`host#${host}`)) ?? {});
      return { notBefore: not_before, status: not_before_status, isBan: is_ban };
    },

    async takeSlot(host, from, stepMs, latest) {
      const pk = `host#${host}`;
      // Either somebody's slot lies ahead and ours comes after it, or the host is free by then. A lost race only changes which.
      for (;;) {
        const ahead = 'next_free_at > :from AND next_free_at <= :latest';
        const queued = await update(pk, 'SET next_free_at = next_free_at + :step', ahead, {
          ':step': stepMs,
          ':from': from,
          ':latest': latest,
        });
        if (queued) return z.number().parse(queued['next_free_at']) - stepMs;
        const free = 'attribute_not_exists(next_free_at) OR next_free_at <= :from';
        if (await update(pk, 'SET next_free_at = :next', free, { ':next': from + stepMs, ':from': from })) return from;
        const { next_free_at } = hostSchema.parse((await item(pk)) ?? {});
        if (next_free_at > latest) return next_free_at;
      }
    },

    async takeIdleSlot(host, from, stepMs) {
      const idle =
        '(attribute_not_exists(next_free_at) OR next_free_at <= :from) AND (attribute_not_exists(idle_after) OR idle_after <= :from)';
      const values = { ':next': from + stepMs, ':after': from + 2 * stepMs, ':from': from };
      return (await update(`host#${host}`, 'SET next_free_at = :next, idle_after = :after', idle, values)) ? from : null;
    },

    async takeSeat(host, seats, at, until) {
      const holder = randomUUID();
      const first = Math.floor(Math.random() * seats);
      for (let offset = 0; offset < seats; offset += 1) {
        const index = (first + offset) % seats;
        const taken = await update(
          `host#${host}`,
          `SET seat_${index}_until = :until, seat_${index}_holder = :holder, bans = if_not_exists(bans, :none)`,
          `(attribute_not_exists(seat_${index}_until) OR seat_${index}_until <= :at) AND (attribute_not_exists(not_before) OR not_before <= :at)`,
          { ':until': until, ':holder': holder, ':none': 0, ':at': at },
        );
        if (taken) return { index, holder, bans: z.number().parse(taken['bans']) };
      }
      return null;
    },

    async leaveSeat(host, { index, holder, bans }, isGood) {
      const pk = `host#${host}`;
      if (isGood && bans > 0) await update(pk, 'SET bans = :none', 'bans = :known', { ':none': 0, ':known': bans });
      await update(pk, `REMOVE seat_${index}_until, seat_${index}_holder`, `seat_${index}_holder = :holder`, { ':holder': holder });
    },

    async holdOff(host, until, status) {
      const pk = `host#${host}`;
      await update(pk, hold, later, { ':until': until, ':status': status, ':isBan': false });
      const sooner = 'attribute_not_exists(next_free_at) OR next_free_at < :until';
      await update(pk, 'SET next_free_at = :until', sooner, { ':until': until });
    },

    async ban(host, until, status, { bans }) {
      const pk = `host#${host}`;
      const isFirst = await update(pk, 'SET bans = :next', 'bans = :known', { ':next': bans + 1, ':known': bans });
      if (isFirst) await update(pk, hold, later, { ':until': until, ':status': status, ':isBan': true });
    },

    async readRobots(host) {
      const found = robotsSchema.safeParse(await item(`robots#${host}`));
      if (!found.success) return null;
      const { batch, status, text, fetched_at, etag, last_modified } = found.data;
      return { batch, status, text: gunzipSync(text).toString('utf8'), fetchedAt: fetched_at, etag, lastModified: last_modified };
    },

    async claimRobots(host, batch, now, until) {
      const open = 'attribute_not_exists(claim) OR claim <> :batch OR claim_until <= :now';
      const values = { ':batch': batch, ':until': until, ':now': now };
      return (await update(`robots#${host}`, 'SET claim = :batch, claim_until = :until', open, values)) !== null;
    },

    async leaveRobots(host, batch) {
      await update(`robots#${host}`, 'SET claim_until = :past', 'claim = :batch', { ':past': 0, ':batch': batch });
    },

    async storeRobots(host, { batch, status, text, fetchedAt, etag, lastModified }) {
      // The claim stays: who has just missed this answer must not take it.
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: `robots#${host}` },
          UpdateExpression:
            'SET #batch = :batch, #status = :status, #text = :text, fetched_at = :at, etag = :etag, last_modified = :modified',
          ExpressionAttributeNames: { '#batch': 'batch', '#status': 'status', '#text': 'text' },
          ExpressionAttributeValues: {
            ':batch': batch,
            ':status': status,
            ':text': gzipSync(text),
            ':at': fetchedAt,
            ':etag': etag,
            ':modified': lastModified,
          },
        }),
      );
    },
  };
}
